import Parser from 'rss-parser';
import * as z from 'zod';
import { knownTexts } from '../text/known-texts.ts';
import { unreadable } from './failure.ts';
import { type FeedEntry, type FeedText, type RawEntry, readable } from './feed-entry.ts';
import { baseIn, entriesApart, feedSource, PASSED_ON } from './feed-source.ts';
import { isHtml } from './html.ts';

/** Entries of feeds with their items, by the address their links are relative to and their text; 8 MB of it. */
const KNOWN_ENTRIES = knownTexts<FeedEntry>(8_000_000);
/** More new entries than this, and the feed is parsed as a whole. */
const FEW = 20;

/** The entries of a feed of XML, RSS or Atom, in its order. Throws an `ExtractError` when it is none, or was cut off. */
export async function xmlEntries(source: string, base: string): Promise<readonly FeedEntry[]> {
  const prepared = feedSource(source);
  if (prepared === null) throw notAFeed(source);
  const address = baseIn(prepared, base);
  const apart = entriesApart(prepared);
  const known = await mostlyKnown(apart, address);
  if (known !== null) return known;
  try {
    const entries = readable(await parsed(prepared), address);
    // Where one was left out nobody knows which text is whose.
    if (entries.length === apart.length) {
      for (const [at, entry] of entries.entries()) remember(apart[at] ?? '', entry, address);
    }
    return entries;
  } catch (cause) {
    const read = await Promise.allSettled(apart.map(parsed));
    const whole = read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (whole.length === 0) throw notAFeed(source, cause);
    return readable(whole, address);
  }
}

/** The entries of a feed of which nearly all were read before; null when it must be read as a whole. */
async function mostlyKnown(
  apart: readonly string[],
  address: string,
): Promise<readonly FeedEntry[] | null> {
  const before = apart.map((text) => KNOWN_ENTRIES.get(keyOf(text, address)));
  const fresh = before.filter((entry) => entry === undefined).length;
  if (apart.length === 0 || fresh > FEW || fresh === apart.length) return null;
  const entries: FeedEntry[] = [];
  for (const [at, text] of apart.entries()) {
    const known = before[at];
    const entry = known ?? (await entryAlone(text, address));
    if (entry === null) return null;
    if (known === undefined) remember(text, entry, address);
    entries.push(entry);
  }
  return entries;
}

async function entryAlone(text: string, address: string): Promise<FeedEntry | null> {
  try {
    const [entry, more] = readable(await parsed(text), address);
    return entry === undefined || more !== undefined ? null : entry;
  } catch {
    // What is wrong with it is found, and told, with the whole.
    return null;
  }
}

function remember(text: string, entry: FeedEntry, address: string): void {
  KNOWN_ENTRIES.put(keyOf(text, address), entry, 4 * text.length);
}

function keyOf(text: string, address: string): string {
  return `${address}\n${text}`;
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
  links: z.unknown().optional(),
  atomLinks: z.unknown().optional(),
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

/** Elements that the parser is to hand out as they are, and under what name. */
const CUSTOM = [
  ...['encoded', ...PASSED_ON].map((name) => [`x-${name}`, name]),
  ...[
    ['title', 'titles'],
    ['guid', 'guid'],
    ['id', 'id'],
    ['link', 'links'],
    ['atom:link', 'atomLinks'],
  ],
  ...[
    ['category', 'categories'],
    ['$', 'attributes'],
  ],
].map((names) => [...names, { keepArray: true }]);

async function parsed(source: string): Promise<readonly RawEntry[]> {
  const parser = new Parser({ customFields: { item: CUSTOM as never }, defaultRSS: 2 });
  const feed = await parser.parseString(source);
  const isAtom = /^<feed[\s>]/.test(source);
  return feed.items.map((item) => rawEntry(ENTRY.parse(item), isAtom));
}

function rawEntry(entry: z.output<typeof ENTRY>, isAtom: boolean): RawEntry {
  const bodies = [entry.encoded, entry.content, entry.description, entry.summary];
  const body = bodies.find(({ source }) => source.trim() !== '') ?? entry.summary;
  const link = pageLink(entry.links) ?? pageLink(entry.atomLinks);
  const bases = [attributeIn({ $: entry.attributes }, 'xml:base'), attributeIn(link, 'xml:base')];
  return {
    title: feedText(entry.titles, isAtom),
    body: feedText(body, isAtom),
    link: attributeIn(link, 'href') || entry.link,
    id: entry.guid || entry.id,
    dates: [
      ...[entry.published, entry.issued, entry.pubDate, entry.date],
      ...[entry.updated, entry.modified],
    ],
    categories: entry.categories,
    author: entry.creator || entry.author,
    bases: bases.filter((base) => base !== ''),
  };
}

/** The link of an entry that leads to its page: one that says nothing of its relation does. */
function pageLink(links: unknown): unknown {
  const all: readonly unknown[] = Array.isArray(links) ? links : [links];
  const pages = all.filter(
    (link) => attributeIn(link, 'href') !== '' && /^(alternate)?$/.test(attributeIn(link, 'rel')),
  );
  return pages.find((link) => /^$|html/.test(attributeIn(link, 'type'))) ?? pages[0];
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
