import { parse } from 'tldts';
import type { Item } from '../../domain/item.ts';

/** Words that say an address is where the page has it from, in some languages. */
const NAMES_SOURCE =
  /^\W*(?:original\s+)?(?:sources?|via|quellen?|fuentes?|fontes?|fonti|références|出典|参考|来源|來源|источники?)\s*[:：(]/iu;
export const SOURCES_HEADING =
  /^\W*(?:sources?|references|citations|quellen?|fuentes|fontes|fonti|références|出典|参考文献|来源|источники)\W*$/iu;
/** A site named without its scheme (`Source: example.com`). */
const BARE_SITE = /(?<![\w@/.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w.-]|\/\/)/gi;
const SOURCE_LINK =
  /^\W*(?:original\s+)?(?:source|quelle|fuente|fonte|出典|来源)(?:\s+link)?\W*$/iu;
const BEFORE_SOURCE =
  /(?:^|[\s([])(?:source|via|h\/t|hat tip|(?:originally|first)\s+(?:published|appeared|posted|reported)(?:\s+(?:on|at|in|by))?|quelle|fuente|fonte|出典|来源|источник)\s*[:：]?\s*\W{0,2}$/iu;
/** Bounded, so that a text full of brackets takes no longer than any other. */
const LINK = /\[([^[\]\n]{0,400})\]\((https?:[^)\s]{1,2000})\)/g;
const ADDRESS = /https?:\/\/[^\s<>"'()\]]+/g;
/** A list of sources longer than this is a directory. */
const MOST_SOURCES = 20;

/** Hosts where everybody writes: who has a page there is told by an account, not by the host. */
const PLATFORMS = new Set(
  `x.com twitter.com t.co facebook.com fb.com instagram.com threads.net linkedin.com reddit.com redd.it youtube.com
youtu.be tiktok.com medium.com github.com gitlab.com githubusercontent.com huggingface.co t.me discord.com discord.gg
bsky.app mastodon.social ycombinator.com wikipedia.org archive.org archive.ph archive.is google.com bing.com
web.archive.org pinterest.com quora.com stackoverflow.com weibo.com zhihu.com qq.com bilibili.com vk.com`.split(
    /\s+/,
  ),
);

/**
 * The addresses a page names as its source: those its extractor found to be named so, the page it declares itself a
 * copy of, and in its text the addresses of a line that begins with `Source:` and of a list under such a heading.
 */
export function sourcesNamed(item: Item, url: string): readonly string[] {
  const own = siteOf(url);
  const addresses = [
    ...listed(item, 'sources'),
    ...listed(item, 'canonical'),
    ...inText(item.text),
  ];
  const outside = addresses.filter((address) => {
    const site = siteOf(address);
    return site !== null && site !== own;
  });
  return [...new Set(outside)].sort().slice(0, MOST_SOURCES);
}

/** Whether the text of a link says that it leads to the source (`Source link`, `[source]`). */
export function namesSource(text: string): boolean {
  return SOURCE_LINK.test(text);
}

/** Whether the words before a link say that it leads to the source. */
export function leadsToSource(before: string): boolean {
  return BEFORE_SOURCE.test(before);
}

/** Whether an address alone says whose it is. */
export function isPlatform(address: string): boolean {
  const site = siteOf(address);
  return site === null || PLATFORMS.has(site);
}

function listed(item: Item, name: string): readonly string[] {
  const value = item.fields[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

function inText(text: string): readonly string[] {
  const found: string[] = [];
  let isList = false;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const addresses = line.match(ADDRESS) ?? [];
    isList = SOURCES_HEADING.test(line) || (isList && addresses.length > 0);
    if (isList) found.push(...addresses);
    else if (NAMES_SOURCE.test(line)) found.push(...addresses, ...sitesIn(line));
    else if (addresses.length > 0) found.push(...linkedSources(line));
  }
  return found.map((address) => address.replace(/[.,;:!?]+$/, ''));
}

function linkedSources(line: string): readonly string[] {
  const links = [...line.matchAll(LINK)].filter(
    ({ index, 1: text }) =>
      namesSource(text ?? '') || leadsToSource(line.slice(0, index).slice(-60)),
  );
  return links.map(([, , address]) => address ?? '');
}

function sitesIn(line: string): readonly string[] {
  const names = line.replace(ADDRESS, ' ').match(BARE_SITE) ?? [];
  return names
    .filter((name) => parse(name).isIcann)
    .map((name) => `https://${name.toLowerCase()}/`);
}

function siteOf(address: string): string | null {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null;
  return parse(address).domain;
}
