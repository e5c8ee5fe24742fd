import Parser from 'rss-parser';
import * as z from 'zod';
import { sha256Hex } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { Interval } from '../../domain/time.ts';
import { plainText } from '../document/text.ts';
import { canonicalUrl, webUrl } from './canonical-url.ts';
import { dateOf, dayPoint } from './dates.ts';
import { unreadable } from './failure.ts';
import { openPage, readHtml } from './html.ts';
import { oneLine, tidyLines } from './tidy.ts';

/** One entry of an RSS or Atom feed. */
export interface FeedEntry {
  /** guid, else the canonical address, else a hash of title and date. */
  key: string;
  title: string;
  /** The summary or body without markup. */
  body: string;
  /** The address of the entry, absolute; empty when it has none. */
  url: string;
  published: Interval | null;
  categories: readonly string[];
  author: string;
}

const text = z.preprocess((value) => textIn(value), z.string());

const ENTRY = z.object({
  title: text,
  link: text,
  guid: text,
  id: text,
  content: text,
  summary: text,
  'content:encoded': text,
  pubDate: text,
  date: text,
  published: text,
  updated: text,
  creator: text,
  author: text,
  categories: z.preprocess(
    (value) => (Array.isArray(value) ? value.map(textIn) : []),
    z.array(z.string()),
  ),
});

/**
 * The entries of a feed, in its order. A body that is empty or no feed at all (a page, a cut-off document) is an
 * `ExtractError`; a valid feed without entries gives none, and the shape check makes that a drift.
 */
async function readFeed(source: string, base: string): Promise<readonly FeedEntry[]> {
  if (source.trim() === '') throw unreadable('empty', 'The feed is empty.');
  const parser = new Parser({ customFields: { item: ['published', 'updated', 'guid', 'id'] } });
  try {
    const feed = await parser.parseString(withoutBadDates(source.replace(/^\uFEFF/, '')));
    return distinct(feed.items.map((item) => entryOf(ENTRY.parse(item), base)));
  } catch (cause) {
    const isPage = /^\s*(<!doctype html|<html)/i.test(source);
    throw unreadable(
      'malformed',
      isPage
        ? 'A page came where a feed was expected.'
        : 'The feed is not well-formed, or it was cut off.',
      cause,
    );
  }
}

/** How a watcher's feed entries become items. */
export interface FeedReading {
  /** Keeps the time of day of an entry; without it only the day counts, as editors set the time by hand. */
  exactTime?: boolean;
  /** Entries it refuses are left out. */
  keep?: (entry: FeedEntry) => boolean;
}

/** A feed as items of kind `post`. The text opens with the title on a line of its own. */
export async function feedItems(
  source: string,
  base: string,
  reading: FeedReading = {},
): Promise<readonly Item[]> {
  const entries = await readFeed(source, base);
  return entries
    .filter((entry) => reading.keep?.(entry) ?? true)
    .map((entry) => postOf(entry, reading));
}

function postOf(entry: FeedEntry, reading: FeedReading): Item {
  const isRepeated = oneLine(entry.body) === entry.title;
  const { categories, author, published } = entry;
  return {
    key: entry.key,
    kind: 'post',
    title: entry.title,
    text: isRepeated || entry.body === '' ? entry.title : `${entry.title}\n\n${entry.body}`,
    url: entry.url,
    published:
      published === null || reading.exactTime === true
        ? published
        : dayPoint(published.from.slice(0, 10)),
    fields: {
      ...(categories.length > 0 ? { categories } : {}),
      ...(author === '' ? {} : { author }),
    },
  };
}

function entryOf(entry: z.output<typeof ENTRY>, base: string): FeedEntry {
  const title = withoutMarkup(entry.title).replace(/\n+/g, ' ');
  const url = linkOf(entry, base);
  const published = dateOf(entry.published || entry.pubDate || entry.date || entry.updated);
  const guid = oneLine(entry.guid || entry.id);
  const identity = webUrl(guid) === null ? guid : canonicalUrl(guid);
  return {
    key: identity || url || sha256Hex(`${title}\n${published?.from ?? ''}`).slice(0, 20),
    title,
    body: withoutMarkup(entry['content:encoded'] || entry.content || entry.summary),
    url,
    published,
    categories: entry.categories.map(oneLine).filter((category) => category !== ''),
    author: oneLine(entry.creator || entry.author),
  };
}

function linkOf(entry: z.output<typeof ENTRY>, base: string): string {
  const link = webUrl(entry.link, base) ?? webUrl(entry.guid);
  return link === null ? '' : canonicalUrl(link.href);
}

/** Titles and bodies may hold markup, escaped or not; what is read is the text. */
function withoutMarkup(source: string): string {
  if (!/[<&]/.test(source)) return tidyLines(source);
  return tidyLines(plainText(readHtml(openPage(source.trim() === '' ? ' .' : source))));
}

/** The parser hands out strings, or objects with the text under `_`. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object' && '_' in value) return textIn(value._);
  return '';
}

/** One date nobody can read would sink the whole feed; it is left out, and the entry has none. */
function withoutBadDates(source: string): string {
  return source.replace(
    /<(published|updated)>([^<]{0,200})<\/\1>/g,
    (whole, _name, date: string) => (Number.isNaN(Date.parse(date)) ? '' : whole),
  );
}

/** Feeds repeat entries; the first of each identity counts. */
function distinct(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const seen = new Map<string, FeedEntry>();
  for (const entry of entries) if (!seen.has(entry.key)) seen.set(entry.key, entry);
  return [...seen.values()];
}
