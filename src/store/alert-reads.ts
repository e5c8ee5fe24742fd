import type { SelectQueryBuilder } from 'kysely';
import type { Delivery } from '../domain/alert.ts';
import type { AlertId } from '../domain/ids.ts';
import { fromTextOrNull } from './columns.ts';
import { before, consistently, type Database, inChunks, pageOf } from './database.ts';
import type { AlertFilter, OutboxTally, Reads } from './ports/reads.ts';
import { ALERT, DELIVERY } from './records.ts';
import type { Tables } from './tables.ts';

export function alerts(db: Database, filter: AlertFilter): ReturnType<Reads['alerts']> {
  const { subject, kind, limit, cursor } = filter;
  return consistently(db, async (tx) => {
    let query = tx
      .selectFrom('alerts')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (subject !== undefined) {
      // An alert is about every subject of its story that it tells of.
      query = query.where((row) =>
        row.or([
          row('subject', '=', subject),
          row(
            'id',
            'in',
            tx
              .selectFrom('story_events')
              .select('alert')
              .where('subject', '=', subject)
              .where('alert', 'is not', null)
              .$narrowType<{ alert: AlertId }>(),
          ),
        ]),
      );
    }
    if (filter.alert !== undefined) query = query.where('id', '=', filter.alert);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    const wanted = deliveriesLike(filter);
    if (wanted !== null) query = query.where('id', 'in', wanted(tx));
    if (cursor !== undefined) query = query.where(before(cursor));
    const rows = await query.execute();
    const { rows: page, next } = pageOf(rows, limit, ({ at, id }) => [at, id]);
    const ids = page.map(({ id }) => id);
    const deliveries = await deliveriesOf(tx, ids);
    return {
      rows: page.map((row) => ({
        alert: ALERT.recordOf(row),
        deliveries: deliveries.filter(({ alert }) => alert === row.id),
      })),
      next,
    };
  });
}

/** Asks for the alerts with a delivery of some sort; null when any alert will do. */
function deliveriesLike({
  delivery,
  channel,
  state,
}: AlertFilter): ((db: Database) => AlertIds) | null {
  if (delivery === undefined && channel === undefined && state === undefined) return null;
  return (db) => {
    let query = db.selectFrom('deliveries').select('alert');
    if (delivery !== undefined) query = query.where('id', '=', delivery);
    if (channel !== undefined) query = query.where('channel', '=', channel);
    if (state !== undefined) query = query.where('state', '=', state);
    return query;
  };
}

type AlertIds = SelectQueryBuilder<Tables, 'deliveries', { alert: AlertId }>;

async function deliveriesOf(
  db: Database,
  alertIds: readonly AlertId[],
): Promise<readonly Delivery[]> {
  const rows = await inChunks(alertIds, (chunk) =>
    db
      .selectFrom('deliveries')
      .selectAll()
      .where('alert', 'in', chunk)
      .orderBy('channel')
      .orderBy('id')
      .execute(),
  );
  return rows.map(DELIVERY.recordOf);
}

export async function outboxDepth(db: Database): ReturnType<Reads['outboxDepth']> {
  const rows = await db
    .selectFrom('deliveries')
    .select(({ fn, eb }) => [
      'state',
      fn.countAll().as('count'),
      // Each try that fails puts it off again; it waits since its alert.
      fn
        .min(
          eb.case().when('attempts', '=', 0).then(eb.ref('due_at')).else(eb.ref('queued_at')).end(),
        )
        .as('oldest'),
    ])
    .where('state', 'in', ['queued', 'dead'])
    .groupBy('state')
    .execute();
  const queued = rows.find(({ state }) => state === 'queued');
  const dead = rows.find(({ state }) => state === 'dead');
  return {
    queued: Number(queued?.count ?? 0),
    dead: Number(dead?.count ?? 0),
    waitingSince: queued?.oldest ?? null,
  };
}

/** What waits and what is given up, by channel, with what its latest failure said. */
export async function outboxTallies(db: Database): Promise<readonly OutboxTally[]> {
  const counts = await db
    .selectFrom('deliveries')
    .select(({ fn }) => ['channel', 'state', fn.countAll().as('count'), fn.min('due_at').as('due')])
    .where('state', 'in', ['queued', 'dead'])
    .groupBy(['channel', 'state'])
    .orderBy('channel')
    .execute();
  const tallies: OutboxTally[] = [];
  for (const channel of new Set(counts.map((row) => row.channel))) {
    const of = (state: 'queued' | 'dead') =>
      counts.find((row) => row.channel === channel && row.state === state);
    tallies.push({
      channel,
      queued: Number(of('queued')?.count ?? 0),
      dead: Number(of('dead')?.count ?? 0),
      nextAt: of('queued')?.due ?? null,
      error: await latestError(db, channel),
    });
  }
  return tallies;
}

async function latestError(db: Database, channel: string): Promise<string | null> {
  const row = await db
    .selectFrom('deliveries')
    .select('error')
    .where('channel', '=', channel)
    .where('state', 'in', ['queued', 'dead'])
    .where('error', 'is not', null)
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return fromTextOrNull(row?.error ?? null);
}
