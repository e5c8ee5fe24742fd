import type { Happening } from '../core/alerts/compose.ts';
import { tell } from '../core/alerts/decide-alert.ts';
import type { ItemChange } from '../core/alerts/source-changes.ts';
import type { Alert } from '../domain/alert.ts';
import type { Store } from '../store/store.ts';
import type { OfflineContext } from './context.ts';

/** How many past alerts of a subject decide whether a new one joins their thread, waits or is dropped. */
const REMEMBERED = 20;

/** Queues what somebody is to be told, with its deliveries, in the same write as what it tells of. */
export async function queueAlert(
  context: OfflineContext,
  tx: Store,
  happening: Happening,
): Promise<Alert | null> {
  const { subject, transitions, changes, at } = happening;
  if (changes.length === 0 && transitions.every(({ quiet }) => quiet)) return null;
  if (!context.alertPolicy.isFollowed(subject.id)) return null;
  const { rows } = await tx.reads.alerts({ subject: subject.id, limit: REMEMBERED });
  const told = tell(happening, rows, {
    ...context.alertPolicy,
    silences: await tx.outbox.silences(at),
  });
  if (told === null) return null;
  for (const id of told.cancels)
    await tx.outbox.cancel(id, 'it stopped being true before it was sent');
  if (told.alert === null) return null;
  await tx.outbox.enqueue(told.alert, told.deliveries);
  return told.alert;
}

/**
 * A change is told with every subject whose verdict may have moved and which it names; one that moved nothing is told
 * once, with the first subject it names.
 */
export function changesBySubject({
  subjects,
  changes,
}: {
  subjects: readonly string[];
  changes: readonly ItemChange[];
}): ReadonlyMap<string, readonly ItemChange[]> {
  const moved = new Set(subjects);
  const grouped = new Map<string, ItemChange[]>();
  for (const change of changes) {
    const mentions = (change.after ?? change.before)?.mentions ?? [];
    const named = mentions.filter((id) => moved.has(id));
    for (const id of named.length > 0 ? named : mentions.slice(0, 1)) {
      const known = grouped.get(id);
      if (known === undefined) grouped.set(id, [change]);
      else known.push(change);
    }
  }
  return grouped;
}
