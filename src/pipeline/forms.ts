import type { ItemDiff, VersionChange } from '../core/diff/items.ts';
import type { Capture } from '../domain/capture.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Line } from './context.ts';

/**
 * A page and its twin say the same in other words and other markup: what differs from an entry that was read from the
 * other address may differ by that alone, and is technical. What is added is news in any form.
 */
export async function markOtherForms(
  { store }: Pick<Line, 'store'>,
  watcher: Pick<Watcher, 'twin'>,
  { url }: Pick<Capture, 'url'>,
  diff: ItemDiff,
): Promise<ItemDiff> {
  if (watcher.twin === undefined) return diff;
  const known = new Map<string, string | null>();
  const changes: VersionChange[] = [];
  for (const one of diff.changes) {
    const from = one.before?.snapshot;
    if (from !== undefined && !known.has(from)) {
      known.set(from, (await store.snapshots.get(from))?.capture.url ?? null);
    }
    const was = from === undefined ? null : (known.get(from) ?? null);
    const isOther = was !== null && was !== url;
    changes.push(isOther ? { ...one, change: { ...one.change, technical: true } } : one);
  }
  return { ...diff, changes };
}
