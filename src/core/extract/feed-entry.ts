import type { Block } from '../../domain/document.ts';
import { asError } from '../../domain/errors.ts';
import { sha256Hex } from '../../domain/ids.ts';
import type { Interval } from '../../domain/time.ts';
import { lineBlock, plainText } from '../document/text.ts';
import { canonicalUrl, webUrl } from './canonical-url.ts';
import { dateOf } from './dates.ts';
import { unreadable } from './failure.ts';
import { openPage, readHtml } from './html.ts';
import { headline, oneLine, tidyLines } from './tidy.ts';

/** A text of a feed, and whether it is markup or means every character as it stands. */
export interface FeedText {
  source: string;
  isMarkup: boolean;
}

/** An entry as its feed gives it, whatever the format. */
export interface RawEntry {
  title: FeedText;
  body: FeedText;
  link: string;
  id: string;
  /** What may be the day it was published, the surest first. */
  dates: readonly string[];
  categories: readonly string[];
  author: string;
  /** What its link is relative to, where the entry or the link says so itself: each relative to the one before. */
  bases: readonly string[];
}

/** One entry of a feed. */
export interface FeedEntry {
  /** guid, else the canonical address, else a hash of title and date. */
  key: string;
  title: string;
  /** The summary or body. */
  body: readonly Block[];
  /** The address of the entry, absolute; empty when it has none. */
  url: string;
  published: Interval | null;
  categories: readonly string[];
  author: string;
}

/** Reads an entry; `base` is what its links are relative to. */
function entryOf(raw: RawEntry, base: string): FeedEntry {
  const body = blocksOf(raw.body);
  const title = titleOf(raw.title) || headline(plainText(body));
  const url = linkOf(raw, raw.bases.reduce(baseWithin, base));
  const published = firstDate(raw.dates);
  const guid = oneLine(raw.id);
  const identity = webUrl(guid) === null ? guid : canonicalUrl(guid);
  return {
    key: identity || url || hashOf(title, published),
    ...{ title, body, url, published },
    categories: raw.categories.map(oneLine).filter((category) => category !== ''),
    author: oneLine(raw.author),
  };
}

/** What links are relative to within an element that says so. */
export function baseWithin(base: string, said: string): string {
  return URL.canParse(said, base) ? new URL(said, base).href : base;
}

function firstDate(dates: readonly string[]): Interval | null {
  for (const date of dates) {
    const read = dateOf(date);
    if (read !== null) return read;
  }
  return null;
}

function hashOf(title: string, published: Interval | null): string {
  return sha256Hex(`${title}\n${published?.from ?? ''}`).slice(0, 20);
}

function linkOf({ link, id }: RawEntry, base: string): string {
  const address = webUrl(link, base) ?? webUrl(id);
  return address === null ? '' : canonicalUrl(address.href);
}

/** Markup that stands in titles; any other word between angle brackets is meant as it stands. */
const TITLE_TAG =
  /<(?!\/?(?:a|b|i|em|strong|code|span|sup|sub|small|mark|u|s|del|ins|br|p|div|font|q|abbr|cite|h\d|img|tt|kbd)\b[^<>]{0,500}>)/gi;

/** Letters, figures and usual signs, with nothing that markup would make of them: most titles, and a page need not be opened. */
const PLAIN_TITLE = /^[ !-%'-;=-~¡-¬®-ɏ–-‟…]*$/u;

function titleOf({ source, isMarkup }: FeedText): string {
  if (PLAIN_TITLE.test(source)) return oneLine(source);
  const marked = isMarkup ? source.replace(TITLE_TAG, '&lt;') : source;
  return oneLine(isMarkup ? plainText(markupOf(marked)) : source);
}

function blocksOf({ source, isMarkup }: FeedText): readonly Block[] {
  if (isMarkup && /[<&]/.test(source)) return markupOf(source);
  return tidyLines(source)
    .split('\n\n')
    .map((paragraph) => lineBlock(paragraph));
}

function markupOf(source: string): readonly Block[] {
  return source.trim() === '' ? [] : readHtml(openPage(source));
}

/** Feeds repeat entries, and some give all of them one guid: then the address tells them apart. The first of each counts. */
export function distinctEntries(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const addresses = new Map<string, Set<string>>();
  for (const { key, url, title } of entries) {
    addresses.set(key, (addresses.get(key) ?? new Set()).add(url || title));
  }
  const seen = new Map<string, FeedEntry>();
  for (const entry of entries) {
    const isShared = (addresses.get(entry.key)?.size ?? 0) > 1;
    const key = isShared ? entry.url || hashOf(entry.title, entry.published) : entry.key;
    if (!seen.has(key)) seen.set(key, key === entry.key ? entry : { ...entry, key });
  }
  return [...seen.values()];
}

/** The entries that can be read. One whose markup nests too deep or is no text loses only itself. */
export function readable(entries: readonly RawEntry[], base: string): readonly FeedEntry[] {
  const read: FeedEntry[] = [];
  let failure: unknown;
  for (const entry of entries) {
    try {
      read.push(entryOf(entry, base));
    } catch (thrown) {
      failure = thrown;
    }
  }
  if (read.length > 0 || failure === undefined) return read;
  const message = `No entry of the feed can be read: ${asError(failure).message}`;
  throw unreadable('malformed', message, failure);
}
