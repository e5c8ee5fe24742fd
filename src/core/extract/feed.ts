import type { Item } from '../../domain/item.ts';
import { remembered } from '../../domain/remembered.ts';
import { PLAIN } from '../document/layout.ts';
import { itemText, lineBlock, plainText } from '../document/text.ts';
import { dayPoint } from './dates.ts';
import { unreadable } from './failure.ts';
import { distinctEntries, type FeedEntry, readable } from './feed-entry.ts';
import { isJsonFeed } from './feed-source.ts';
import { jsonFeedEntries } from './json-feed.ts';
import { oneLine } from './tidy.ts';
import { xmlEntries } from './xml-feed.ts';

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
    .map(reading.exactTime === true ? exactPost : dayPost);
}

/** The items of entries that are still known, with the time of day and without. */
const exactPost = remembered((entry: FeedEntry) => postOf(entry, true));
const dayPost = remembered((entry: FeedEntry) => postOf(entry, false));

function postOf(entry: FeedEntry, isExact: boolean): Item {
  const { categories, author, published, title } = entry;
  const isRepeated = oneLine(plainText(entry.body)) === title;
  return {
    key: entry.key,
    kind: 'post',
    title,
    ...itemText([lineBlock(title, 'heading'), ...(isRepeated ? [] : entry.body)], POST),
    url: entry.url,
    published: published === null || isExact ? published : dayPoint(published.from.slice(0, 10)),
    fields: {
      ...(categories.length > 0 ? { categories } : {}),
      ...(author === '' ? {} : { author }),
    },
  };
}
