import type { Document } from './document.ts';
import type { ChangeId, ItemVersionId, SnapshotId, TargetId } from './ids.ts';
import type { Instant, Interval } from './time.ts';

/**
 * What sort of entry an item is; it decides how the item is read. A `post` is an entry of a feed, an `entry` one of
 * a changelog, a `listing` one row of a machine-readable list, an `article` a vendor's prose page, and a `page` any
 * page of somebody else.
 */
export type ItemKind =
  | 'post'
  | 'entry'
  | 'model-page'
  | 'listing'
  | 'deprecation'
  | 'price'
  | 'article'
  | 'package'
  | 'address'
  | 'page';

/**
 * One normalised entry read out of a snapshot. Quotes are spans of `text`, which the extractor makes from the bytes
 * alone: the same bytes and the same extractor always give the same text.
 */
export interface Item {
  /** Stable identity within its target: guid, canonical URL, or date and ids. */
  key: string;
  kind: ItemKind;
  title: string;
  text: string;
  url: string;
  /** When the source says it was published; never the time of a registry, sitemap or "Updated" stamp. */
  published: Interval | null;
  /** What the source states in a field of its own (tags, ids, a shutdown date), by name. */
  fields: Readonly<Record<string, string | readonly string[]>>;
  /** The parts `text` was set from, as far as the extractor read any; for reading, and never kept. */
  document?: Document;
}

const KEPT: Readonly<Record<keyof Omit<Item, 'document'>, true>> = {
  key: true,
  kind: true,
  title: true,
  text: true,
  url: true,
  published: true,
  fields: true,
};

/** What is kept of an item and compared with what stood before, by name. */
export const KEPT_FIELDS = Object.keys(KEPT) as readonly (keyof typeof KEPT)[];

/** An item without what is never kept. */
export function keptItem({ document: _, ...kept }: Item): Item {
  return kept;
}

/** A stored item as it stood from one check on until it was revised or withdrawn. */
export interface ItemVersion {
  id: ItemVersionId;
  target: TargetId;
  item: Item;
  snapshot: SnapshotId;
  /** The subjects its title and text name: what it can serve as a positive control for. */
  mentions: readonly string[];
  firstSeenAt: Instant;
  supersededAt: Instant | null;
}

/** An item added, revised or withdrawn between two checks. A technical change comes from a new reading of old bytes. */
export interface Change {
  id: ChangeId;
  target: TargetId;
  at: Instant;
  kind: 'added' | 'revised' | 'withdrawn';
  key: string;
  title: string;
  before: ItemVersionId | null;
  after: ItemVersionId | null;
  snapshot: SnapshotId;
  technical: boolean;
  /** Set for everything the first good answer of a target held: known, and alerts nobody. */
  baseline: boolean;
}
