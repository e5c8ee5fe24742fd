import { blocksOfMarkdown } from '../src/core/document/markdown.ts';
import { itemText, lineBlock, linksOf } from '../src/core/document/text.ts';
import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { unreadable } from '../src/core/extract/failure.ts';
import { isHtml, openPage, type Page } from '../src/core/extract/html.ts';
import { whole } from '../src/core/extract/read-blocks.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const BLOG = 'https://developers.openai.com/blog';
const POST = /^https:\/\/developers\.openai\.com\/blog\/(?!topic\/)[\w-]+$/;

/** A card that shows markup as text was packed once too often, and may hold the title of another. */
const SHOWS_MARKUP = /<\/?[a-z]|&(amp;)*lt;/i;

interface Card {
  url: string;
  title: string;
  about: string;
  /** `Feb 26`: the page gives no year, so it is kept as it stands and is no date. */
  shown: string;
}

export default defineWatcher({
  version: 1,
  about:
    'The blog for developers, mostly how-tos that name many models: a title that introduces a model proves that it was announced, and the rest proves nothing.',
  kind: 'developer-blog',
  vendor: 'openai',
  facets: ['announced'],
  every: '30m',
  coverage: 'rolling',
  shape: { landmarks: [/\/blog\/[\w-]+/], share: 0.5 },
  targets: ({ pages }) => [BLOG, ...pages].map((url) => ({ url })),
  owns: (url) =>
    url.hostname === 'developers.openai.com' && /^\/blog(\/llms\.txt|\.md|\/)?$/.test(url.pathname),
  async extract(capture) {
    const text = textOf(capture.body, capture.contentType);
    const cards = isHtml(capture.contentType, text)
      ? cardsOf(openPage(whole(text)), capture.finalUrl)
      : listed(text, capture.finalUrl);
    const posts = new Map(
      cards
        .filter(({ url, title }) => POST.test(url) && title !== '')
        .map((card) => [card.url, card]),
    );
    if (posts.size === 0)
      throw unreadable('no-match', 'The blog shows no post. Its layout may have changed.');
    return [...posts.values()].map(postOf);
  },
});

function cardsOf(page: Page, base: string): readonly Card[] {
  return page('a[href*="/blog/"]')
    .get()
    .filter((anchor) => !SHOWS_MARKUP.test(page(anchor).text()))
    .map((anchor) => {
      const card = page(anchor);
      const one = (selector: string): string => oneLine(card.find(selector).first().text());
      return {
        url: canonicalUrl(card.attr('href') ?? '', base),
        title: one('div.line-clamp-2') || one('h2, h3'),
        about: one('p.line-clamp-3') || one('p'),
        shown: one('div.text-secondary') || one('time'),
      };
    });
}

/** The index for agents: `- [title](address): what it is about`. */
function listed(source: string, base: string): readonly Card[] {
  return blocksOfMarkdown(source).flatMap((block) => {
    const [link] = linksOf(block);
    if (block.kind !== 'item' || link === undefined) return [];
    const { text, address } = link;
    const about = block.text.slice(text.length).replace(/^\s*[:–—-]\s*/, '');
    return [{ url: canonicalUrl(address, base), title: text, about, shown: '' }];
  });
}

function postOf({ url, title, about, shown }: Card): Item {
  return {
    key: url,
    kind: 'post',
    title,
    ...itemText([lineBlock(title, 'heading'), lineBlock(about === title ? '' : about)]),
    url,
    published: null,
    fields: shown === '' ? {} : { shown },
  };
}
