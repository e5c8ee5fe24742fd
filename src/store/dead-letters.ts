import type { Delivery } from '../domain/alert.ts';
import type { Instant } from '../domain/time.ts';
import { fromText, moment, toText } from './codec.ts';
import { atomically, type Database } from './database.ts';
import type { Hold, ReviveFilter } from './ports/outbox.ts';
import { DELIVERY } from './records.ts';

export async function hold(
  db: Database,
  channel: string,
  until: Instant,
  because: string,
): Promise<void> {
  const row = { until, because: toText(because) };
  await db
    .insertInto('holds')
    .values({ channel, ...row })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(row))
    .execute();
}

export async function holdsAt(db: Database, at: Instant): Promise<readonly Hold[]> {
  const rows = await db
    .selectFrom('holds')
    .selectAll()
    .where('until', '>', moment(at))
    .orderBy('channel')
    .execute();
  return rows.map((row) => ({ ...row, because: fromText(row.because) }));
}

/** A channel on hold is tried again at once: somebody has just mended it, and asks. */
export function revive(
  db: Database,
  { id, alert, channel }: ReviveFilter,
  dueAt: Instant,
): Promise<readonly Delivery[]> {
  return atomically(db, async (tx) => {
    let dead = tx
      .updateTable('deliveries')
      .set({ state: 'queued', attempts: 0, due_at: dueAt })
      // What a fallback has is sent a second time only when somebody asks for just that.
      .where('state', 'in', id === undefined ? ['dead'] : ['dead', 'handed-over']);
    if (id !== undefined) dead = dead.where('id', '=', id);
    if (alert !== undefined) dead = dead.where('alert', '=', alert);
    if (channel !== undefined) dead = dead.where('channel', '=', channel);
    const rows = await dead.returningAll().execute();
    for (const name of new Set(rows.map((row) => row.channel))) {
      await tx
        .updateTable('holds')
        .set({ until: dueAt })
        .where('channel', '=', name)
        .where('until', '>', dueAt)
        .execute();
    }
    return rows.map(DELIVERY.recordOf);
  });
}
