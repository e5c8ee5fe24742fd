import { sql } from 'kysely';
import { Bug } from '../domain/errors.ts';
import type { SnapshotId, TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { BodyPlace } from './bodies.ts';
import { removeSpare, removeUnheld } from './bodies.ts';
import { aheadOf, repairClockSkew } from './clock-skew.ts';
import { moment } from './columns.ts';
import { atomically, chunksOf, type Database, inChunks } from './database.ts';
import type { Maintenance, OldCheck } from './ports/pages.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** What is done to the database as a whole, which each kind of database does in its own way. */
export type WholeDatabase = Pick<
  Maintenance,
  'diskUsage' | 'compact' | 'integrity' | 'lost' | 'backup' | 'revision' | 'now' | 'replica'
>;

export function maintenanceIn(
  db: Database,
  whole: WholeDatabase,
  place: BodyPlace | null,
): Maintenance {
  return {
    prunableSnapshots: (before, keep, limit) => spareSnapshots(db, before, keep, limit),
    removeSnapshots: (ids) => removeSnapshots(db, ids),
    removeSpareObjects: (before) => removeSpare(db, place, moment(before)),
    oftenChecked: (before) => oftenChecked(db, before),
    checksBefore: (targets, before) => checksBefore(db, targets, before),
    removeChecks: (checks) => removeChecks(db, checks),
    async judgedAt() {
      const moments = await db
        .selectFrom('verdicts')
        .select('judged_at as at')
        .union(db.selectFrom('transitions').select('at'))
        .orderBy('at')
        .execute();
      return moments.map(({ at }) => at);
    },
    async bodies(after, limit) {
      const all = db.selectFrom('bodies').select('hash').orderBy('hash').limit(limit);
      const rows = await (after === null ? all : all.where('hash', '>', after)).execute();
      return rows.map(({ hash }) => hash);
    },
    repairClockSkew: (now) => repairClockSkew(db, now),
    ahead: (latest) => aheadOf(db, moment(latest)),
    ...whole,
  };
}

/** A database that is one file of this machine. */
export function wholeFile(
  db: Database,
  file: SqliteFile,
  schema: () => Promise<readonly string[]>,
): WholeDatabase {
  // Between the transactions of others.
  const alone = <T>(work: () => T) => db.connection().execute(() => Promise.resolve(work()));
  return {
    diskUsage: () => alone(() => file.room()),
    compact: (pages) => alone(() => file.compact(pages)),
    integrity: async () => [...(await alone(() => file.integrity())), ...(await schema())],
    lost: () => file.lost(),
    // No turn is taken: the copy goes on between the statements of others.
    backup: (path) => file.backup(path),
    revision: () => Promise.resolve(null),
    now: () => Promise.resolve(null),
    replica: () => Promise.resolve(null),
  };
}

/** What a part of the database, a transaction, cannot do. */
export function noWholeDatabase(): WholeDatabase {
  const refuse = () =>
    Promise.reject(new Bug('A transaction is no place to keep a whole database in order.'));
  return {
    ...{ diskUsage: refuse, compact: refuse, integrity: refuse, backup: refuse },
    ...{ lost: () => null, revision: refuse, now: refuse, replica: refuse },
  };
}

async function spareSnapshots(
  db: Database,
  before: Instant,
  keep: number,
  limit: number,
): Promise<readonly SnapshotId[]> {
  const discovered = await discoveredIn(db);
  const rows = await db
    .selectFrom((query) =>
      query
        .selectFrom('snapshots')
        .select(({ fn }) => [
          ...(['id', 'target', 'body_hash', 'fetched_at', 'read_at'] as const),
          fn
            .agg<number>('row_number')
            .over((window) => window.partitionBy('target').orderBy('fetched_at', 'desc'))
            .as('place'),
        ])
        .as('kept'),
    )
    .select('kept.id')
    .where('kept.place', '>', keep)
    .where('kept.fetched_at', '<', moment(before))
    .where('kept.read_at', 'is not', null)
    .$if(discovered.length > 0, (query) => query.where('kept.id', 'not in', discovered))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('targets')
            .select('targets.id')
            .whereRef('targets.id', '=', 'kept.target')
            .whereRef('targets.body_hash', '=', 'kept.body_hash'),
        ),
      ),
    )
    .where(uncited)
    .orderBy('kept.fetched_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Each is looked up by its index on the snapshot. */
const uncited = sql<boolean>`not (
  exists (select 1 from evidence where evidence.snapshot = kept.id) or
  exists (select 1 from item_versions where item_versions.snapshot = kept.id) or
  exists (select 1 from changes where changes.snapshot = kept.id) or
  exists (select 1 from sightings where sightings.snapshot = kept.id))`;

/** Few subjects were found by grammar, and what they were found in is named in a field of theirs. */
async function discoveredIn(db: Database): Promise<readonly SnapshotId[]> {
  const rows = await db
    .selectFrom('subjects')
    .select('discovered')
    .where('discovered', 'is not', null)
    .execute();
  return rows.flatMap(({ discovered }) => {
    const found: { snapshot?: SnapshotId } = JSON.parse(discovered ?? '{}');
    return found.snapshot ?? [];
  });
}

function removeSnapshots(db: Database, ids: readonly SnapshotId[]): Promise<number> {
  return atomically(db, async (tx) => {
    const removed = await inChunks(ids, (chunk) =>
      tx.deleteFrom('snapshots').where('id', 'in', chunk).returning('body_hash').execute(),
    );
    return removeUnheld(tx, [...new Set(removed.map((row) => row.body_hash))]);
  });
}

async function oftenChecked(db: Database, before: Instant): Promise<readonly TargetId[]> {
  const day = sql<string>`substr(at, 1, 10)`;
  const rows = await db
    .selectFrom((days) =>
      days
        .selectFrom('checks')
        .select('target')
        .where('at', '<', moment(before))
        .groupBy(['target', day])
        .having(({ fn }) => fn.countAll(), '>', 1)
        .as('often'),
    )
    .select('often.target')
    .distinct()
    .orderBy('often.target')
    .execute();
  return rows.map(({ target }) => target as TargetId);
}

function checksBefore(
  db: Database,
  targets: readonly TargetId[],
  before: Instant,
): Promise<readonly OldCheck[]> {
  return inChunks(targets, (chunk) =>
    db
      .selectFrom('checks')
      .select(['id', 'target', 'at', 'outcome'])
      .where('target', 'in', chunk)
      .where('at', '<', moment(before))
      .orderBy('target')
      .orderBy('at')
      .orderBy('id')
      .execute(),
  );
}

function removeChecks(db: Database, checks: readonly OldCheck[]): Promise<void> {
  return atomically(db, async (tx) => {
    for (const chunk of chunksOf(checks)) {
      const keys = chunk.map(({ target, at, id }) => sql`(${target}, ${at}, ${id})`);
      await sql`delete from checks where (target, at, id) in (values ${sql.join(keys)})`.execute(
        tx,
      );
    }
  });
}
