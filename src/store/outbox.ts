import type { Alert, Delivery } from '../domain/alert.ts';
import { Bug, StoreError } from '../domain/errors.ts';
import type { AlertId, DeliveryId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, fromTextOrNull, toJson, toText, toTextOrNull } from './codec.ts';
import { atomically, chunksOf, type Database, moment } from './database.ts';
import type { DeliveryLease, Outbox } from './store.ts';
import type { AlertRow, DeliveryRow } from './tables.ts';

export function outboxIn(db: Database): Outbox {
  return {
    enqueue: (alert, deliveries) => enqueue(db, alert, deliveries),
    leaseDue: (now, until, owner, limit) => leaseDue(db, now, until, owner, limit),
    sent: (id, owner, at) => settle(db, id, owner, { state: 'sent', sent_at: at, error: null }),
    failed: (id, owner, error, dueAt) =>
      settle(db, id, owner, {
        error: toText(error),
        ...(dueAt === null ? { state: 'dead' } : { due_at: dueAt }),
      }),
    async get(id) {
      const row = await db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : alertOf(row);
    },
  };
}

function enqueue(db: Database, alert: Alert, deliveries: readonly Delivery[]): Promise<void> {
  return atomically(db, async (tx) => {
    await tx
      .insertInto('alerts')
      .values(alertRow(alert))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const chunk of chunksOf(deliveries)) {
      await tx
        .insertInto('deliveries')
        .values(chunk.map((delivery) => deliveryRow(delivery, alert)))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}

async function leaseDue(
  db: Database,
  now: Instant,
  until: Instant,
  owner: string,
  limit: number,
): Promise<readonly DeliveryLease[]> {
  const rows = await db
    .updateTable('deliveries')
    .set({ lease_owner: owner, lease_until: until })
    .where('id', 'in', (due) =>
      due
        .selectFrom('deliveries')
        .select('id')
        .where('state', '=', 'queued')
        .where('due_at', '<=', moment(now))
        .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
        // By age, not by the next try: after an outage people read the oldest news first.
        .orderBy('queued_at')
        .limit(limit),
    )
    // Said again for the row itself: on Postgres another process may have taken it since the inner query saw it.
    .where('state', '=', 'queued')
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
    .returningAll()
    .execute();
  rows.sort((a, b) => (age(a) < age(b) ? -1 : 1));
  const alerts = await alertsById(
    db,
    rows.map(({ alert }) => alert),
  );
  return rows.map((row) => {
    const alert = alerts.get(row.alert);
    if (alert === undefined) throw new Bug(`The delivery ${row.id} has no alert ${row.alert}.`);
    return { delivery: deliveryOf(row), alert, owner };
  });
}

function age(row: DeliveryRow): string {
  return `${row.queued_at} ${row.id}`;
}

async function settle(
  db: Database,
  id: DeliveryId,
  owner: string,
  update: Partial<DeliveryRow>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ ...update, lease_owner: null, lease_until: null })
    .set((row) => ({ attempts: row('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  throw new StoreError(
    'conflict',
    `The lease of delivery ${id} is no longer held by ${owner}: it ran out and another runner took it`,
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

function alertRow(alert: Alert): AlertRow {
  return {
    id: alert.id,
    kind: alert.kind,
    subject: alert.subject,
    at: alert.at,
    transitions: toJson(alert.transitions),
    message: toJson(alert.message),
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
  };
}

function deliveryRow(delivery: Delivery, alert: Alert): DeliveryRow {
  return {
    id: delivery.id,
    alert: delivery.alert,
    channel: delivery.channel,
    state: delivery.state,
    queued_at: alert.at,
    attempts: delivery.attempts,
    due_at: delivery.dueAt,
    error: toTextOrNull(delivery.error),
    sent_at: delivery.sentAt,
    lease_owner: null,
    lease_until: null,
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
    error: fromTextOrNull(row.error),
    sentAt: row.sent_at,
  };
}
