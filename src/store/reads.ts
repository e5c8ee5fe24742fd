import { sql } from 'kysely';
import type { Delivery } from '../domain/alert.ts';
import { UsageError } from '../domain/errors.ts';
import type { AlertId, TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { chunksOf, consistently, type Database, moment } from './database.ts';
import { alertOf, deliveryOf } from './deliveries.ts';
import { changeOf } from './items.ts';
import type { PageOf, Reads } from './reads-seam.ts';
import { transitionOf } from './verdicts.ts';

export function readsIn(db: Database): Reads {
  return {
    activity: () => activity(db),
    transitions: (filter) => transitions(db, filter),
    changes: (filter) => changes(db, filter),
    firstSightings: (subject, until) => firstSightings(db, subject, until),
    alerts: (filter) => alerts(db, filter),
    outboxDepth: () => outboxDepth(db),
    async levels() {
      const rows = await db
        .selectFrom('verdicts')
        .select(({ fn }) => ['level', 'status', fn.countAll().as('count')])
        .groupBy(['level', 'status'])
        .orderBy('level')
        .orderBy('status')
        .execute();
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
  };
}

async function activity(db: Database): ReturnType<Reads['activity']> {
  const rows = await db
    .selectFrom((query) => query.selectFrom('claims').select('subject').distinct().as('known'))
    .leftJoin(
      (query) =>
        query
          .selectFrom('evidence')
          .select(({ fn }) => ['subject', fn.countAll().as('pieces')])
          .groupBy('subject')
          .as('heard'),
      (join) => join.onRef('heard.subject', '=', 'known.subject'),
    )
    .leftJoin(
      (query) =>
        query
          .selectFrom('transitions')
          .select(({ fn }) => ['subject', fn.max('at').as('at')])
          .where('quiet', '=', 0)
          .groupBy('subject')
          .as('moved'),
      (join) => join.onRef('moved.subject', '=', 'known.subject'),
    )
    .select(['known.subject', 'heard.pieces', 'moved.at'])
    .orderBy('known.subject')
    .execute();
  return rows.map(({ subject, pieces, at }) => ({
    subject,
    evidence: Number(pieces ?? 0),
    lastTransitionAt: at,
  }));
}

async function transitions(
  db: Database,
  { subject, since, until }: Parameters<Reads['transitions']>[0],
): ReturnType<Reads['transitions']> {
  let query = db.selectFrom('transitions').selectAll().orderBy('at').orderBy('id');
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (since !== undefined) query = query.where('at', '>=', moment(since));
  if (until !== undefined) query = query.where('at', '<=', moment(until));
  return (await query.execute()).map(transitionOf);
}

async function changes(
  db: Database,
  filter: Parameters<Reads['changes']>[0],
): ReturnType<Reads['changes']> {
  const { target, since, until, limit } = filter;
  let query = db
    .selectFrom('changes')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (target !== undefined) query = query.where('target', '=', target as TargetId);
  if (since !== undefined) query = query.where('at', '>=', moment(since));
  if (until !== undefined) query = query.where('at', '<=', moment(until));
  // Written out, so that the index on it can be used.
  if (filter.includeBaseline !== true) query = query.where('baseline', '=', sql.lit(0));
  if (filter.cursor !== undefined) query = query.where(before(filter.cursor));
  const rows = await query.execute();
  return pageOf(rows.map(changeOf), limit, ({ at, id }) => [at, id]);
}

async function firstSightings(
  db: Database,
  subject: string,
  until: Instant,
): ReturnType<Reads['firstSightings']> {
  return db
    .selectFrom((query) =>
      query
        .selectFrom('evidence')
        .select(({ fn }) => [
          'target',
          'publisher',
          'observed_at as at',
          'id as evidence',
          fn
            .agg<number>('row_number')
            .over((window) => window.partitionBy('target').orderBy('observed_at').orderBy('id'))
            .as('place'),
        ])
        .where('subject', '=', subject)
        .where('known_at', '<=', moment(until))
        .as('seen'),
    )
    .select(['target', 'publisher', 'at', 'evidence'])
    .where('place', '=', sql.lit(1))
    .orderBy('at')
    .orderBy('target')
    .execute();
}

function alerts(db: Database, filter: Parameters<Reads['alerts']>[0]): ReturnType<Reads['alerts']> {
  const { subject, limit, cursor } = filter;
  return consistently(db, async (tx) => {
    let query = tx
      .selectFrom('alerts')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (subject !== undefined) query = query.where('subject', '=', subject);
    if (cursor !== undefined) query = query.where(before(cursor));
    const rows = await query.execute();
    const { rows: page, next } = pageOf(rows, limit, ({ at, id }) => [at, id]);
    const deliveries = await deliveriesOf(
      tx,
      page.map(({ id }) => id),
    );
    return {
      rows: page.map((row) => ({
        alert: alertOf(row),
        deliveries: deliveries.filter(({ alert }) => alert === row.id),
      })),
      next,
    };
  });
}

async function deliveriesOf(
  db: Database,
  alertIds: readonly AlertId[],
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const chunk of chunksOf(alertIds)) {
    const rows = await db
      .selectFrom('deliveries')
      .selectAll()
      .where('alert', 'in', chunk)
      .orderBy('channel')
      .orderBy('id')
      .execute();
    deliveries.push(...rows.map(deliveryOf));
  }
  return deliveries;
}

async function outboxDepth(db: Database): ReturnType<Reads['outboxDepth']> {
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

/** The rows of one page out of one row more than fit on it, and where the next page starts. */
function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => readonly [Instant, string],
): PageOf<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(placeOf(last)) : null;
  return { rows: page, next };
}

function cursorOf(place: readonly [Instant, string]): string {
  return Buffer.from(place.join(' ')).toString('base64url');
}

/** What lies behind a cursor, newest first: compared as a pair, which both databases look up in one index. */
function before(cursor: string) {
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (at?.length !== 24 || id === undefined || rest.length > 0) {
    throw new UsageError(`There is no page at ${cursor}: start again without a cursor.`);
  }
  return sql<boolean>`(at, id) < (${at}, ${id})`;
}
