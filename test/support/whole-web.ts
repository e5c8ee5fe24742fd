import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/domain/clock.ts';
import { HOUR, plus } from '../../src/domain/time.ts';
import { openRegistry } from '../../src/watch/registry.ts';
import { FIXTURES, type GoldenCase, goldenCases, WATCHERS } from '../golden/watcher-cases.ts';
import type { ScriptedAnswer } from './http-site.ts';
import { modelPage, NEWS, newsFeed, OLD_POSTS } from './pages.ts';

/** Pages whose text a script draws from what it asks for, as a browser shows them and a plain fetch does not. */
const DRAWN = 'help.openai.com';

const ARTICLES: Readonly<Record<string, string>> = {
  '11128753': 'image-api.html',
  '9624314': 'model-notes.html',
  '6825453': 'chatgpt-notes.html',
};

const registry = await openRegistry(WATCHERS);
const sound = goldenCases().filter(({ fails }) => fails === null);

/**
 * Everything the default config reads, on one machine: each address answers with the golden capture of its watcher in
 * the shape that the real host serves. The help centre is an application without text that draws its articles.
 */
export function wholeWeb(url: URL): ScriptedAnswer | null {
  if (url.pathname === '/robots.txt') {
    return { type: 'text/plain', body: 'User-agent: *\nDisallow: /private/\nCrawl-delay: 1\n' };
  }
  if (url.host === DRAWN) return drawn(url);
  if (url.href === NEWS)
    return { type: 'application/rss+xml', conditional: true, body: freshNews() };
  const watcher = registry.ownerOf(url)?.id ?? 'reports';
  if (watcher === 'openai-model-pages') return documented(url);
  if (watcher === 'trackers' && url.pathname.startsWith('/term/') && !/image-2$/.test(url.pathname))
    return null;
  return answerOf(chosen(watcher, url));
}

const THIS_HOUR = new Date(plus(systemClock.now(), -HOUR)).toUTCString();

/** A feed with an entry of today, which leads to its article. */
function freshNews(): string {
  const text = 'GPT-5.5 is available today in ChatGPT.';
  const fresh = {
    title: 'Introducing GPT-5.5',
    slug: 'introducing-gpt-5-5',
    text,
    date: THIS_HOUR,
  };
  return newsFeed([fresh, ...OLD_POSTS]);
}

function documented(url: URL): ScriptedAnswer {
  const id = /\/models\/([\w.-]+?)(\.md)?$/.exec(url.pathname)?.[1] ?? '';
  const type = 'text/markdown; charset=utf-8';
  return { type, conditional: true, body: modelPage(id, id.toUpperCase()) };
}

/** The shell of an article, and the text it asks for. */
function drawn(url: URL): ScriptedAnswer {
  if (url.pathname !== '/text') return { conditional: true, body: shellOf(url) };
  const number = /\d{5,}/.exec(url.searchParams.get('of') ?? '')?.[0] ?? '';
  const file = ARTICLES[number] ?? '';
  return { type: 'text/plain', body: readFileSync(join(FIXTURES, 'openai-help', file)) };
}

function shellOf({ pathname }: URL): string {
  return `<!doctype html><html><head><title>Help</title></head><body><div id="root"></div><script>
fetch('/text?of=${pathname}').then((answer) => answer.text()).then((html) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  document.title = page.title;
  document.getElementById('root').replaceChildren(...page.body.childNodes);
});
</script></body></html>`;
}

/** The capture of this very address, else one of the same host and ending, else any that its watcher reads. */
function chosen(watcher: string, url: URL): GoldenCase {
  const own = sound.filter((golden) => golden.watcher === watcher);
  const ending = /\.\w+$/.exec(url.pathname)?.[0] ?? '';
  const fits = (golden: GoldenCase) => {
    const known = new URL(golden.capture.url);
    if (known.host !== url.host) return 0;
    if (known.pathname === url.pathname) return 3;
    return known.pathname.endsWith(ending) ? 2 : 1;
  };
  const [best] = [...own].sort((a, b) => fits(b) - fits(a));
  if (best === undefined) throw new Error(`${watcher} has no golden capture.`);
  if (watcher !== 'reports') return best;
  const isFeed = /(feed|rss|atom|\.xml)/.test(url.pathname);
  return own.find(({ file }) => file === (isFeed ? 'feed.xml' : 'mirror.html')) ?? best;
}

function answerOf({ capture }: GoldenCase): ScriptedAnswer {
  return { type: capture.contentType, conditional: true, body: capture.body };
}
