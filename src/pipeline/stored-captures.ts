import { isSameItem } from '../core/diff/items.ts';
import { type Extraction, NO_COUNT } from '../core/extract/extraction.ts';
import { type Capture, isGone, type Snapshot } from '../domain/capture.ts';
import { Bug, type ExtractError, type FetchError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { TargetState } from '../domain/target.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Store } from '../store/store.ts';
import type { PipelineContext } from './context.ts';

/** An entry with the answer that first held it as it stands. */
export interface FirstSeen {
  item: Item;
  snapshot: Snapshot;
}

export interface StoredCaptures {
  seen: ReadonlyMap<string, FirstSeen>;
  /** Answers that were read. */
  snapshots: number;
  last: Snapshot;
  /** Entries in the last answer. */
  items: number;
}

/** What an explicit 404 or 410 holds. */
const NO_ENTRIES: Extraction = { kind: 'items', items: [] };

/** The answers of a target up to its last good one, the oldest first; what stood in the way then is left out. */
async function goodAnswers(
  { snapshots }: Pick<Store, 'snapshots'>,
  { id, subject, bodyHash }: TargetState,
): Promise<readonly Snapshot[]> {
  const isAnswer = ({ status }: Snapshot['capture']) =>
    (status >= 200 && status < 300) || (subject !== null && isGone(status));
  const kept = (await snapshots.list(id)).filter(({ capture }) => isAnswer(capture));
  const last = kept.findLastIndex(({ capture }) => capture.bodyHash === bodyHash);
  return kept.slice(0, last + 1);
}

/**
 * Goes through the stored answers of a target as they came, and notes which of them first held each entry as it now
 * stands. An old layout that today's watcher does not read is passed over; the last answer must be readable. Null when
 * there is no answer.
 */
export async function readStoredCaptures(
  { store, reader }: Pick<PipelineContext, 'store' | 'reader'>,
  target: TargetState,
  watcher: Watcher,
): Promise<StoredCaptures | { unreadable: FetchError | ExtractError } | null> {
  const answers = await goodAnswers(store, target);
  const last = answers.at(-1);
  if (last === undefined) return null;
  const seen = new Map<string, FirstSeen>();
  // What holds back a list that lost too much is asked again, answer by answer, as it was when they came.
  let before = NO_COUNT;
  let read = 0;
  for (const snapshot of answers) {
    const found = isGone(snapshot.capture.status)
      ? NO_ENTRIES
      : await reader.extract(watcher, await captureOf(store, snapshot), before);
    if (found.kind === 'unreadable') {
      if (snapshot === last) return { unreadable: found.error };
      before = { ...before, suspectHash: found.suspect };
      continue;
    }
    read += 1;
    before = { itemCount: found.items.length, suspectHash: null };
    note(seen, found.items, snapshot, watcher.coverage);
  }
  return { seen, snapshots: read, last, items: before.itemCount ?? 0 };
}

function note(
  seen: Map<string, FirstSeen>,
  items: readonly Item[],
  snapshot: Snapshot,
  coverage: Watcher['coverage'],
): void {
  const keys = new Set(items.map(({ key }) => key));
  if (coverage !== 'rolling') for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key);
  // A source that lists one key twice is taken at its first word.
  for (const item of [...items].reverse()) {
    const known = seen.get(item.key);
    if (known === undefined || !isSameItem(known.item, item))
      seen.set(item.key, { item, snapshot });
  }
}

/** A snapshot with its body, as it was captured. */
export async function captureOf(
  { snapshots }: Pick<Store, 'snapshots'>,
  { id, capture }: Snapshot,
): Promise<Capture> {
  const body = await snapshots.body(capture.bodyHash);
  if (body === null) throw new Bug(`The snapshot ${id} has no body.`);
  return { ...capture, body };
}
