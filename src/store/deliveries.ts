import type { Alert, Delivery } from '../domain/alert.ts';
import { StoreError } from '../domain/errors.ts';
import type { AlertId, DeliveryId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { fromText, fromTextOrNull, moment } from './columns.ts';
import { atomically, type Database, inChunks } from './database.ts';
import type { Hold, ReviveFilter } from './ports/outbox.ts';
import { ALERT, DELIVERY } from './records.ts';
import type { DeliveryRow } from './tables.ts';

/** Ends a lease with an update. Throws `StoreError` of kind conflict when it is no longer the owner's. */
export async function endLease(
  db: Database,
  id: DeliveryId,
  owner: string,
  update: Partial<DeliveryRow>,
  attempts: 0 | 1,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ ...update, lease_owner: null, lease_until: null })
    .set((row) => ({ attempts: row('attempts', '+', attempts) }))
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  throw new StoreError(
    'conflict',
    `The lease of delivery ${id} is no longer held by ${owner}: it ran out, or the alert was taken back`,
  );
}

export async function alertsById(
  db: Database,
  ids: readonly AlertId[],
): Promise<ReadonlyMap<AlertId, Alert>> {
  const rows = await inChunks([...new Set(ids)], (chunk) =>
    db.selectFrom('alerts').selectAll().where('id', 'in', chunk).execute(),
  );
  return new Map(rows.map((row) => [row.id, ALERT.recordOf(row)]));
}

/** By thread, what the first message that a channel sent in it left behind. */
export async function firstReceipts(
  db: Database,
  channel: string,
  threads: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const receipts = new Map<string, string>();
  for (const thread of new Set(threads)) {
    const row = await db
      .selectFrom('deliveries')
      .select('receipt')
      .where('channel', '=', channel)
      .where('thread', '=', thread)
      .where('sent_at', 'is not', null)
      .where('receipt', 'is not', null)
      .orderBy('sent_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    const receipt = fromTextOrNull(row?.receipt ?? null);
    if (receipt !== null) receipts.set(thread, receipt);
  }
  return receipts;
}

export function deliveryRow(delivery: Delivery, alert: Alert, trace: string | null): DeliveryRow {
  const { thread } = alert.message;
  const unleased = { lease_owner: null, lease_until: null };
  return { ...DELIVERY.rowOf(delivery), thread, queued_at: alert.at, ...unleased, trace };
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
