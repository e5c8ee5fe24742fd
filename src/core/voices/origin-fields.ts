import type { Item } from '../../domain/item.ts';
import { type Page, readHtml } from '../extract/html.ts';
import { plainText } from '../extract/passages.ts';
import { oneLine } from '../extract/tidy.ts';
import { layoutOf } from './layout.ts';
import { leadsToSource, namesSource, SOURCES_HEADING } from './sources.ts';

/** Ids under which a site counts its visits or sells advertising space, as the services write them. */
const OWNER_IDS = [
  /\bG-[A-Z0-9]{8,12}\b/g,
  /\bUA-\d{4,10}(?=-\d)/g,
  /\bGTM-[A-Z0-9]{5,9}\b/g,
  /\bca-pub-\d{10,20}\b/g,
  /\bAW-\d{8,12}\b/g,
];
/** Calls that set such an id, with the service it belongs to. */
const OWNER_CALLS: readonly (readonly [string, RegExp])[] = [
  ['fb', /\bfbq\(\s*['"]init['"]\s*,\s*['"](\d{10,20})['"]/g],
  ['ym', /\bym\(\s*(\d{5,10})\s*,\s*['"]init['"]/g],
  ['hj', /\bhjid\s*[:=]\s*(\d{5,10})/g],
  ['clarity', /clarity\.ms\/tag\/(\w{6,14})/g],
];
const MOST_IDS = 12;
const MOST_FURNITURE = 80;

/**
 * What a page of somebody else shows of where it comes from, for the fields of its item: `byline`, `furniture` (the
 * lines its site puts around every page), `biography` (what it says of its author), `analytics`, `sources` (addresses
 * it names as its source) and `canonical`. Read from the whole page, because a good main text holds little of this.
 * Fields with nothing in them are left out.
 */
export function originFields(page: Page, url: string): Item['fields'] {
  const canonical = absolute(page('link[rel="canonical"]').first().attr('href'), url);
  const title = oneLine(page('h1').first().text() || page('title').first().text());
  const { template, biography } = layoutOf(plainText(readHtml(page)), title);
  const furniture = [...template, ...linesAround(page)];
  const fields = {
    byline: bylines(page),
    furniture: furniture.filter((line) => line.length <= 200).slice(0, MOST_FURNITURE),
    biography: biography === '' ? [] : [biography],
    analytics: ownerIds(page),
    sources: sources(page, url),
    canonical: canonical === null ? [] : [canonical],
  };
  return Object.fromEntries(Object.entries(fields).filter(([, values]) => values.length > 0));
}

function absolute(address: string | undefined, base: string): string | null {
  if (address === undefined || !URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return /^https?:$/.test(url.protocol) && !address.startsWith('#') ? url.href : null;
}

function bylines(page: Page): readonly string[] {
  const names = new Set<string>();
  const named = page('[rel="author"], [itemprop="author"], .byline, .author-name, .p-author');
  for (const element of named.get()) names.add(oneLine(page(element).text()));
  const meta = page('meta[name="author"], meta[property="article:author"]');
  for (const element of meta.get()) names.add(oneLine(page(element).attr('content') ?? ''));
  for (const element of page('script[type="application/ld+json"]').get()) {
    for (const name of authorsIn(page(element).text())) names.add(oneLine(name));
  }
  return [...names].filter((name) => name !== '' && name.length <= 80 && !/^https?:/.test(name));
}

/** The people named as `author` anywhere in linked data; text that is no JSON names nobody. */
function authorsIn(source: string): readonly string[] {
  const names: string[] = [];
  try {
    JSON.parse(source, (key, value: unknown) => {
      if (key === 'author') names.push(...namesIn(value));
      return value;
    });
  } catch {
    return [];
  }
  return names;
}

function namesIn(author: unknown): readonly string[] {
  if (typeof author === 'string') return [author];
  if (Array.isArray(author)) return author.flatMap(namesIn);
  if (author === null || typeof author !== 'object' || !('name' in author)) return [];
  return typeof author.name === 'string' ? [author.name] : [];
}

function linesAround(page: Page): readonly string[] {
  const lines: string[] = [];
  for (const element of page('nav, aside, footer').get()) {
    const passages = readHtml(page(element).contents() as never);
    lines.push(...plainText(passages).split('\n').map(oneLine));
  }
  return lines.filter((line) => line !== '');
}

function ownerIds(page: Page): readonly string[] {
  const scripts = page('script, ins[data-ad-client], meta[name="google-adsense-account"]');
  const ids = new Set<string>();
  for (const element of scripts.get()) {
    const { attribs } = element as { attribs?: Record<string, string> };
    const text = `${page(element).text()} ${Object.values(attribs ?? {}).join(' ')}`;
    for (const pattern of OWNER_IDS) for (const [id] of text.matchAll(pattern)) ids.add(id);
    for (const [service, pattern] of OWNER_CALLS) {
      for (const [, id] of text.matchAll(pattern)) ids.add(`${service}-${id}`);
    }
  }
  return [...ids].slice(0, MOST_IDS);
}

function sources(page: Page, url: string): readonly string[] {
  const found = new Set<string>();
  for (const link of page('a[href]').get()) {
    const element = page(link);
    const address = absolute(element.attr('href'), url);
    if (address === null) continue;
    const list = element.closest('ul, ol').prev('h1, h2, h3, h4, h5');
    const isSource =
      namesSource(element.text()) ||
      leadsToSource(textBefore(link as unknown as PageNode)) ||
      SOURCES_HEADING.test(oneLine(list.text()));
    if (isSource) found.add(address);
  }
  return [...found];
}

/** A node of the tree, as far as it is walked here. */
interface PageNode {
  type: string;
  data?: string;
  prev: PageNode | null;
  parent: PageNode | null;
  children?: readonly PageNode[];
}

/** As much text as the words before a source need. */
const ENOUGH = 60;

/** The text that stands before a link among its siblings, and before what it alone stands in. */
function textBefore(link: PageNode): string {
  let text = '';
  let node: PageNode | null = link;
  while (node !== null && text.trim() === '') {
    for (let before = node.prev; before !== null && text.length < ENOUGH; before = before.prev) {
      text = textIn(before) + text;
    }
    node = node.parent;
  }
  return oneLine(text).slice(-ENOUGH);
}

function textIn(node: PageNode): string {
  if (node.type === 'text') return node.data ?? '';
  return (node.children ?? []).map(textIn).join('');
}
