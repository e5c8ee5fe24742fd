import type { Interval } from '../../domain/time.ts';
import { attributeOf, elementsBelow, nodeText, type PageNode } from '../document/node.ts';
import { foldText } from '../text/characters.ts';
import { datesIn } from './dates-in-text.ts';

/** What a page says of itself beside its text. */
export interface PageHead {
  title: string;
  byline: string | null;
  published: Interval | null;
  updated: Interval | null;
  language: string | null;
  /** The address the page says it belongs at. */
  canonical: string | null;
}

/** Fields of `<meta>` and of structured data, lower case, the first value of each. */
type Fields = ReadonlyMap<string, string>;

/** Days in a head always give their year; the reference day is never used. */
const ANY_DAY = '2000-01-01';
const LONGEST_BYLINE = 80;
const MOST_DATA = 200_000;

/** Fields of `<meta>` that give a day, behind the surest. */
const PUBLISHED =
  'og:published_time datepublished date pubdate publish-date dc.date dc.date.issued citation_publication_date'.split(
    ' ',
  );
const UPDATED = ['og:updated_time', 'datemodified', 'last-modified'];

export function pageHead(document: PageNode): PageHead {
  const elements = [...elementsBelow([document])];
  const meta = metaFields(elements);
  const data = structuredFields(elements);
  return {
    title: titleOf(elements, meta, data),
    byline: bylineOf(elements, meta, data),
    published: firstDate([
      meta.get('article:published_time'),
      data.get('datepublished'),
      ...PUBLISHED.map((name) => meta.get(name)),
      markedTime(elements, 'datepublished'),
    ]),
    updated: firstDate([
      meta.get('article:modified_time'),
      data.get('datemodified'),
      ...UPDATED.map((name) => meta.get(name)),
      markedTime(elements, 'datemodified'),
    ]),
    language: languageOf(elements, meta),
    canonical: canonicalOf(elements),
  };
}

function metaFields(elements: readonly PageNode[]): Fields {
  const fields = new Map<string, string>();
  for (const node of elements) {
    if (node.name !== 'meta') continue;
    const name =
      attributeOf(node, 'property') || attributeOf(node, 'name') || attributeOf(node, 'itemprop');
    const key = name.toLowerCase();
    const content = attributeOf(node, 'content').trim();
    if (key !== '' && content !== '' && !fields.has(key)) fields.set(key, content);
  }
  return fields;
}

/** The plain fields of JSON-LD, wherever they stand in it; broken data says nothing. */
function structuredFields(elements: readonly PageNode[]): Fields {
  const fields = new Map<string, string>();
  for (const node of elements) {
    if (node.name !== 'script' || !/ld\+json/i.test(attributeOf(node, 'type'))) continue;
    const source = (node.children ?? []).map(({ data }) => data ?? '').join('');
    if (source.length <= MOST_DATA) collect(parsed(source), fields, 0);
  }
  return fields;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

const WANTED = new Set(['headline', 'datepublished', 'datemodified', 'author', 'inlanguage']);

function collect(value: unknown, fields: Map<string, string>, depth: number): void {
  if (depth > 6 || value === null || typeof value !== 'object') return;
  for (const [name, held] of Object.entries(value)) {
    const key = name.toLowerCase();
    const text = WANTED.has(key) ? textOf(held) : null;
    if (text !== null && !fields.has(key)) fields.set(key, text);
    else collect(held, fields, depth + 1);
  }
}

function textOf(held: unknown): string | null {
  if (typeof held === 'string') return held.trim() || null;
  if (Array.isArray(held)) return textOf(held[0]);
  if (held !== null && typeof held === 'object' && 'name' in held) return textOf(held.name);
  return null;
}

function titleOf(elements: readonly PageNode[], meta: Fields, data: Fields): string {
  const heading = elements.find(({ name }) => name === 'h1');
  const title = elements.find(({ name }) => name === 'title');
  const written =
    meta.get('og:title') ||
    data.get('headline') ||
    (heading && nodeText(heading)) ||
    meta.get('twitter:title') ||
    (title && nodeText(title)) ||
    '';
  return written.replaceAll(/\s+/g, ' ');
}

function bylineOf(elements: readonly PageNode[], meta: Fields, data: Fields): string | null {
  const marked = elements.find(isByline);
  const candidates = [
    data.get('author'),
    meta.get('author'),
    meta.get('article:author'),
    marked === undefined ? undefined : nodeText(marked),
  ];
  for (const candidate of candidates) {
    const byline = bylineIn(candidate ?? '');
    if (byline !== null) return byline;
  }
  return null;
}

function isByline(node: PageNode): boolean {
  if (attributeOf(node, 'rel') === 'author' || attributeOf(node, 'itemprop') === 'author')
    return true;
  return /(?:^|[\s_-])(?:byline|author(?:-name)?)(?:$|\s)/i.test(attributeOf(node, 'class'));
}

/** The name in "By Jane Doe, 3 May" or "Written by Jane Doe"; null for addresses and long texts. */
export function bylineIn(text: string): string | null {
  const name = text
    .replace(/^\s*(?:written |posted |published |reported |story )?by:?\s+/i, '')
    .split(/[,|·•\n]|\s[-–—]\s/)[0]
    ?.trim();
  if (name === undefined || name === '' || name.length > LONGEST_BYLINE) return null;
  return /^https?:|^@?\S+@\S+$/.test(name) ? null : name;
}

/** `<time>` elements that say what they stand for; an unmarked first one is the day of publication. */
function markedTime(elements: readonly PageNode[], property: string): string | undefined {
  const times = elements.filter(({ name }) => name === 'time');
  const marked = times.find((node) => attributeOf(node, 'itemprop').toLowerCase() === property);
  const node = marked ?? (property === 'datepublished' ? times[0] : undefined);
  if (node === undefined) return undefined;
  return attributeOf(node, 'datetime') || nodeText(node);
}

function firstDate(candidates: readonly (string | undefined)[]): Interval | null {
  for (const candidate of candidates) {
    if (candidate === undefined || candidate.length > 60) continue;
    const found = datesIn(foldText(candidate), ANY_DAY).find(({ hasYear }) => hasYear);
    if (found !== undefined) return found.interval;
  }
  return null;
}

function languageOf(elements: readonly PageNode[], meta: Fields): string | null {
  const html = elements.find(({ name }) => name === 'html');
  const said = html === undefined ? '' : attributeOf(html, 'lang') || attributeOf(html, 'xml:lang');
  const language = said || meta.get('og:locale') || meta.get('language') || '';
  return /^[a-z]{2,3}(?=$|[-_])/i.exec(language)?.[0].toLowerCase() ?? null;
}

function canonicalOf(elements: readonly PageNode[]): string | null {
  const link = elements.find(
    (node) => node.name === 'link' && attributeOf(node, 'rel').toLowerCase() === 'canonical',
  );
  return link === undefined ? null : attributeOf(link, 'href').trim() || null;
}
