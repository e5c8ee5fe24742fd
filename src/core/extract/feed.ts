import Parser from 'rss-parser';
import * as z from 'zod';
import { asError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import { PLAIN } from '../document/layout.ts';
import { itemText, lineBlock, plainText } from '../document/text.ts';
import { dayPoint } from './dates.ts';
import { unreadable } from './failure.ts';
import {
  distinctEntries,
  entryOf,
  type FeedEntry,
  type FeedText,
  type RawEntry,
} from './feed-entry.ts';
import { baseIn, entriesApart, feedSource, isJsonFeed, PASSED_ON } from './feed-source.ts';
import { isHtml } from './html.ts';
import { jsonFeedEntries } from './json-feed.ts';
import { oneLine } from './tidy.ts';

/** How a watcher's feed entries become items. */
export interface FeedReading {
  /** Keeps the time of day of an entry; without it only the day counts, as editors set the time by hand. */
  exactTime?: boolean;
  /** Entries it refuses are left out. */
  keep?: (entry: FeedEntry) => boolean;
}

/** The blocks of a post keep the lines their author set. */
const POST = { ...PLAIN, keepsLines: true };

/**
 * A feed (RSS, Atom or JSON Feed) as items of kind `post`, in its order. The text opens with the title on a line of its
 * own. An entry that cannot be read is left out; a body that is empty, no feed at all or cut off is an `ExtractError`. A
 * valid feed without entries gives none, and the shape check makes that a drift.
 */
export async function feedItems(
  source: string,
  base: string,
  reading: FeedReading = {},
): Promise<readonly Item[]> {
  if (source.trim() === '') throw unreadable('empty', 'The feed is empty.');
  const entries = isJsonFeed(source)
    ? readable(jsonFeedEntries(source), base)
    : await xmlEntries(source, base);
  return distinctEntries(entries)
    .filter((entry) => reading.keep?.(entry) ?? true)
    .map((entry) => postOf(entry, reading));
}

function postOf(entry: FeedEntry, reading: FeedReading): Item {
  const { categories, author, published, title } = entry;
  const isRepeated = oneLine(plainText(entry.body)) === title;
  return {
    key: entry.key,
    kind: 'post',
    title,
    ...itemText([lineBlock(title, 'heading'), ...(isRepeated ? [] : entry.body)], POST),
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

async function xmlEntries(source: string, base: string): Promise<readonly FeedEntry[]> {
  const prepared = feedSource(source);
  if (prepared === null) throw notAFeed(source);
  const address = baseIn(prepared, base);
  try {
    return readable(await parsed(prepared), address);
  } catch (cause) {
    const apart = await Promise.allSettled(entriesApart(prepared).map(parsed));
    const whole = apart.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (whole.length === 0) throw notAFeed(source, cause);
    return readable(whole, address);
  }
}

/** The entries that can be read. One whose markup nests too deep or is no text loses only itself. */
function readable(entries: readonly RawEntry[], base: string): readonly FeedEntry[] {
  const read: FeedEntry[] = [];
  let failure: unknown;
  for (const entry of entries) {
    try {
      read.push(entryOf(entry, base));
    } catch (thrown) {
      failure = thrown;
    }
  }
  if (read.length === 0 && failure !== undefined) {
    throw unreadable(
      'malformed',
      `No entry of the feed can be read: ${asError(failure).message}`,
      failure,
    );
  }
  return read;
}

function notAFeed(source: string, cause?: unknown): Error {
  return unreadable(
    'malformed',
    isHtml('', source)
      ? 'A page came where a feed was expected.'
      : 'The feed is not well-formed, or it was cut off.',
    cause,
  );
}

const text = z.preprocess((value) => textIn(value), z.string());
/** An element with what its attributes say of it. */
const element = z.preprocess(
  (value) => {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return { source: textIn(first), type: attributeIn(first, 'type') };
  },
  z.object({ source: z.string(), type: z.string() }),
);

const ENTRY = z.object({
  titles: element,
  link: text,
  guid: text,
  id: text,
  encoded: element,
  content: element,
  summary: element,
  description: element,
  pubDate: text,
  date: text,
  published: text,
  issued: text,
  updated: text,
  modified: text,
  creator: text,
  author: text,
  attributes: z.unknown().optional(),
  categories: z.preprocess(
    (value) => (Array.isArray(value) ? value.map(textIn) : []),
    z.array(z.string()),
  ),
});

const CUSTOM: [string, string, { keepArray: boolean }][] = [
  ...['encoded', ...PASSED_ON].map((name): [string, string, { keepArray: boolean }] => [
    `x-${name}`,
    name,
    { keepArray: true },
  ]),
  ['title', 'titles', { keepArray: true }],
  ['guid', 'guid', { keepArray: true }],
  ['id', 'id', { keepArray: true }],
  ['category', 'categories', { keepArray: true }],
  ['$', 'attributes', { keepArray: true }],
];

async function parsed(source: string): Promise<readonly RawEntry[]> {
  const parser = new Parser({ customFields: { item: CUSTOM as never }, defaultRSS: 2 });
  const feed = await parser.parseString(source);
  const isAtom = /^<feed[\s>]/.test(source);
  return feed.items.map((item) => rawEntry(ENTRY.parse(item), isAtom));
}

function rawEntry(entry: z.output<typeof ENTRY>, isAtom: boolean): RawEntry {
  const bodies = [entry.encoded, entry.content, entry.description, entry.summary];
  const body = bodies.find(({ source }) => source.trim() !== '') ?? entry.summary;
  return {
    title: feedText(entry.titles, isAtom),
    body: feedText(body, isAtom),
    link: entry.link,
    id: entry.guid || entry.id,
    dates: [
      ...[entry.published, entry.issued, entry.pubDate, entry.date],
      ...[entry.updated, entry.modified],
    ],
    categories: entry.categories,
    author: entry.creator || entry.author,
    base: attributeIn({ $: entry.attributes }, 'xml:base') || null,
  };
}

/** RSS means markup; Atom says what it means, and means text where it does not say. */
function feedText({ source, type }: { source: string; type: string }, isAtom: boolean): FeedText {
  if (type !== '' || !isAtom) return { source, isMarkup: !/^text(?:\/plain)?$/.test(type) };
  return {
    source,
    isMarkup: /&(?:amp|lt|gt|quot|nbsp|#\d+);|<\/?(?:p|b|i|em|strong|a|br|code)\b/i.test(source),
  };
}

/** The parser hands out strings, lists of them, or objects with the text under `_`. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return textIn(value[0]);
  if (value !== null && typeof value === 'object' && '_' in value) return textIn(value._);
  return '';
}

function attributeIn(value: unknown, name: string): string {
  if (value === null || typeof value !== 'object' || !('$' in value)) return '';
  const attributes = value.$;
  if (attributes === null || typeof attributes !== 'object') return '';
  const found: unknown = (attributes as Readonly<Record<string, unknown>>)[name];
  return typeof found === 'string' ? found : '';
}
