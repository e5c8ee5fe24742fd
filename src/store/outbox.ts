import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Alert, Delivery, Silence } from '../domain/alert.ts';
import { Bug } from '../domain/errors.ts';
import type { AlertId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { fromText, moment, toText, toTextOrNull } from './columns.ts';
import { addNew, atomically, type Database, putRow, rowById, unleased } from './database.ts';
import { alertsById, deliveryRow, endLease, firstReceipts, holdsAt, revive } from './deliveries.ts';
import type { DeliveryLease, Outbox } from './ports/outbox.ts';
import { ALERT, DELIVERY } from './records.ts';
import type { DeliveryRow, Tables } from './tables.ts';

export function outboxIn(db: Database): Outbox {
  return {
    enqueue: (alert, deliveries, trace = null) => enqueue(db, alert, deliveries, trace),
    dueChannels: (now) => dueChannels(db, now),
    leaseDue: (now, until, owner, limit, channel) =>
      leaseDue(db, { now, until, owner, channel }, limit),
    sent: (id, owner, at, { receipt, error }) =>
      endLease(
        db,
        id,
        owner,
        {
          state: 'sent',
          sent_at: at,
          receipt: toTextOrNull(receipt),
          error: toTextOrNull(error),
        },
        1,
      ),
    failed: (id, owner, error, dueAt, receipt) =>
      endLease(
        db,
        id,
        owner,
        {
          error: toText(error),
          ...(dueAt === null ? { state: 'dead' } : { due_at: dueAt }),
          ...(receipt === null ? {} : { receipt: toText(receipt) }),
        },
        1,
      ),
    handedOver: (id, owner, error) =>
      endLease(db, id, owner, { state: 'handed-over', error: toText(error) }, 1),
    release: (id, owner) => endLease(db, id, owner, {}, 0),
    hold: (channel, until, because) =>
      putRow(db, 'holds', 'channel', { channel, until, because: toText(because) }),
    holds: (at) => holdsAt(db, at),
    revive: (filter, dueAt) => revive(db, filter, dueAt),
    cancel: (alert, because) => cancel(db, alert, because),
    async givenAtOnce(since) {
      const rows = await db
        .selectFrom('alerts')
        .innerJoin('deliveries', 'deliveries.alert', 'alerts.id')
        .select(({ fn }) => ['channel', fn.countAll().as('count')])
        .where('alerts.at', '>', moment(since))
        .where('digest', 'is', null)
        .groupBy('channel')
        .execute();
      return new Map(rows.map(({ channel, count }) => [channel, Number(count)]));
    },
    async get(id) {
      const row = await rowById(db, 'alerts', id);
      return row === undefined ? null : ALERT.recordOf(row);
    },
    silence: (silence) =>
      putRow(db, 'silences', 'subject', { ...silence, because: toText(silence.because) }),
    silences: (at) => silencesAt(db, at),
  };
}

function enqueue(
  db: Database,
  alert: Alert,
  deliveries: readonly Delivery[],
  trace: string | null,
): Promise<void> {
  return atomically(db, async (tx) => {
    await addNew(tx, 'alerts', [ALERT.rowOf(alert)]);
    const rows = deliveries.map((delivery) => deliveryRow(delivery, alert, trace));
    await addNew(tx, 'deliveries', rows);
  });
}

type DeliveryExpression = ExpressionBuilder<Tables, 'deliveries'>;

/** Whether a delivery may be tried now: queued, due, leased by nobody, its channel not on hold. */
function isReady(row: DeliveryExpression, now: Instant): Expression<SqlBool> {
  const held = row.selectFrom('holds').select('holds.channel').where('holds.until', '>', now);
  return row.and([
    row('state', '=', 'queued'),
    row('due_at', '<=', now),
    unleased(now),
    row('channel', 'not in', held),
  ]);
}

/**
 * Said again for the row itself: on Postgres another process may have taken it since the inner query saw it. Its
 * channel's hold was seen; wrapped columns keep SQLite from going through all that is queued instead of the ids.
 */
function isStillReady(row: DeliveryExpression, now: Instant): Expression<SqlBool> {
  const { coalesce } = row.fn;
  return row.and([
    row(coalesce('state', row.val('')), '=', 'queued'),
    row(coalesce('due_at', row.val(now)), '<=', now),
    unleased(now),
  ]);
}

async function dueChannels(db: Database, now: Instant): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('channel')
    .distinct()
    .where((row) => isReady(row, moment(now)))
    .orderBy('channel')
    .execute();
  return rows.map(({ channel }) => channel);
}

interface LeaseQuestion {
  now: Instant;
  until: Instant;
  owner: string;
  channel: string;
}

function leaseDue(
  db: Database,
  question: LeaseQuestion,
  limit: number,
): Promise<readonly DeliveryLease[]> {
  return atomically(db, async (tx) => {
    const rows = await leaseOldest(tx, question, limit);
    for (const digest of new Set(rows.map((row) => row.digest))) {
      if (digest !== null) rows.push(...(await leaseDigest(tx, question, digest)));
    }
    rows.sort((a, b) => (age(a) < age(b) ? -1 : 1));
    return leasesOf(tx, question, rows);
  });
}

async function leaseOldest(
  db: Database,
  { now, until, owner, channel }: LeaseQuestion,
  limit: number,
): Promise<DeliveryRow[]> {
  return db
    .updateTable('deliveries')
    .set({ lease_owner: owner, lease_until: until })
    .where('id', 'in', (due) =>
      due
        .selectFrom('deliveries')
        .select('id')
        .where((row) => isReady(row, moment(now)))
        .where('channel', '=', channel)
        // By age, not by the next try: after an outage people read the oldest news first.
        .orderBy('queued_at')
        .limit(limit),
    )
    .where((row) => isStillReady(row, now))
    .returningAll()
    .execute();
}

/** The rest of a digest goes out in the same message, however much it is. */
async function leaseDigest(
  db: Database,
  { now, until, owner, channel }: LeaseQuestion,
  digest: string,
): Promise<readonly DeliveryRow[]> {
  return db
    .updateTable('deliveries')
    .set({ lease_owner: owner, lease_until: until })
    .where('digest', '=', digest)
    .where('channel', '=', channel)
    .where((row) => isStillReady(row, now))
    .returningAll()
    .execute();
}

function age(row: DeliveryRow): string {
  return `${row.queued_at} ${row.id}`;
}

async function leasesOf(
  db: Database,
  { owner, channel }: LeaseQuestion,
  rows: readonly DeliveryRow[],
): Promise<readonly DeliveryLease[]> {
  const [alertIds, threads] = [rows.map(({ alert }) => alert), rows.map(({ thread }) => thread)];
  const alerts = await alertsById(db, alertIds);
  const receipts = await firstReceipts(db, channel, threads);
  return rows.map((row) => {
    const alert = alerts.get(row.alert);
    if (alert === undefined) throw new Bug(`The delivery ${row.id} has no alert ${row.alert}.`);
    const replyTo = receipts.get(row.thread) ?? null;
    return { delivery: DELIVERY.recordOf(row), alert, owner, replyTo, trace: row.trace };
  });
}

/** A lease on it ends: whoever is sending it now cannot settle it any more. */
async function cancel(db: Database, alert: AlertId, because: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'cancelled', error: toText(because), lease_owner: null, lease_until: null })
    .where('alert', '=', alert)
    .where('state', '=', 'queued')
    .execute();
}

async function silencesAt(db: Database, at: Instant): Promise<readonly Silence[]> {
  const rows = await db
    .selectFrom('silences')
    .selectAll()
    .where('from', '<=', moment(at))
    .where('until', '>', at)
    .orderBy('subject')
    .execute();
  return rows.map((row) => ({ ...row, because: fromText(row.because) }));
}
