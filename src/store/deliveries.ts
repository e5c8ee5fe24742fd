import type { Alert, Delivery } from '../domain/alert.ts';
import { StoreError } from '../domain/errors.ts';
import type { AlertId, DeliveryId } from '../domain/ids.ts';
import {
  fromJson,
  fromJsonOrNull,
  fromTextOrNull,
  toJson,
  toJsonOrNull,
  toTextOrNull,
} from './codec.ts';
import { chunksOf, type Database } from './database.ts';
import type { AlertRow, DeliveryRow } from './tables.ts';

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
  const alerts = new Map<AlertId, Alert>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await db.selectFrom('alerts').selectAll().where('id', 'in', chunk).execute();
    for (const row of rows) alerts.set(row.id, alertOf(row));
  }
  return alerts;
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

export function alertRow(alert: Alert): AlertRow {
  return {
    id: alert.id,
    kind: alert.kind,
    subject: alert.subject,
    at: alert.at,
    transitions: toJson(alert.transitions),
    message: toJson(alert.message),
    routing: toJsonOrNull(alert.routing),
  };
}

export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    at: row.at,
    transitions: fromJson(row.transitions),
    message: fromJson(row.message),
    routing: fromJsonOrNull(row.routing),
  };
}

export function deliveryRow(delivery: Delivery, alert: Alert, trace: string | null): DeliveryRow {
  return {
    id: delivery.id,
    alert: delivery.alert,
    channel: delivery.channel,
    thread: alert.message.thread,
    state: delivery.state,
    queued_at: alert.at,
    attempts: delivery.attempts,
    due_at: delivery.dueAt,
    digest: delivery.digest,
    error: toTextOrNull(delivery.error),
    sent_at: delivery.sentAt,
    receipt: toTextOrNull(delivery.receipt),
    lease_owner: null,
    lease_until: null,
    trace,
  };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    alert: row.alert,
    channel: row.channel,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
    digest: row.digest,
    error: fromTextOrNull(row.error),
    sentAt: row.sent_at,
    receipt: fromTextOrNull(row.receipt),
  };
}
