import { sql } from 'kysely';
import type { TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { alerts, outboxDepth, outboxTallies } from './alert-reads.ts';
import { transitionOf } from './claims.ts';
import { moment } from './columns.ts';
import type { Database } from './database.ts';
import { before, pageOf } from './database.ts';
import type { ChangeFilter, Reads } from './ports/reads.ts';
import { CHANGE } from './records.ts';

export function readsIn(db: Database): Reads {
  return {
    activity: () => activity(db),
    transitions: (filter) => transitions(db, filter),
    changes: (filter) => changes(db, filter),
    firstSightings: (subject, until) => firstSightings(db, subject, until),
    alerts: (filter) => alerts(db, filter),
    outboxDepth: () => outboxDepth(db),
    outboxTallies: () => outboxTallies(db),
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

async function changes(db: Database, filter: ChangeFilter): ReturnType<Reads['changes']> {
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
  return pageOf(rows.map(CHANGE.recordOf), limit, ({ at, id }) => [at, id]);
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
