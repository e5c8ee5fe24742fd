import { type Kysely, sql } from 'kysely';
import { StoreError, UsageError } from '../domain/errors.ts';
import { instantOf } from '../domain/time.ts';
import type { Backend } from './backend.ts';
import { makeTables } from './migrate.ts';
import type { ReplicaState } from './ports/pages.ts';
import type { WholeDatabase } from './upkeep.ts';

/** A database that a server keeps, for us and for others. */
export function wholeServer(db: Kysely<unknown>, backend: Backend): WholeDatabase {
  const answer = async <T>(question: ReturnType<typeof sql<{ answer: T }>>): Promise<T> => {
    const { rows } = await question.execute(db);
    return (rows[0] as { answer: T }).answer;
  };
  return {
    async diskUsage() {
      const size = await answer(sql`select pg_database_size(current_database()) as answer`);
      return { total: Number(size), free: 0 };
    },
    // The server gives room back by itself.
    compact: () => Promise.resolve(),
    integrity: () => foreignParts(db, backend),
    lost: () => null,
    backup: () =>
      Promise.reject(
        new UsageError(
          'A database on a server is copied by its own tools (pg_dump), or by `firsthand export database`.',
        ),
      ),
    revision: () =>
      answer(
        sql<{ answer: string }>`select pg_snapshot_xmax(pg_current_snapshot())::text as answer`,
      ),
    replica: () => replicaState(db),
    async now() {
      const seconds = sql<{
        answer: string;
      }>`select extract(epoch from clock_timestamp())::text as answer`;
      return instantOf(Math.round(Number(await answer(seconds)) * 1_000));
    },
  };
}

/** What it has replayed since it started, else the state that it started from, by the clock of the server it follows. */
async function replicaState(db: Kysely<unknown>): Promise<ReplicaState | null> {
  const { rows } = await sql<{ as_of: string; now: string }>`
    select extract(epoch from replayed)::text as as_of, extract(epoch from clock_timestamp())::text as now
    from (select coalesce(
      pg_last_xact_replay_timestamp(), (select checkpoint_time from pg_control_checkpoint())
    ) as replayed) as state where pg_is_in_recovery()
  `.execute(db);
  const [state] = rows;
  if (state === undefined) return null;
  const [asOf, now] = [state.as_of, state.now].map((seconds) => Number(seconds) * 1_000);
  if (asOf === undefined || now === undefined) return null;
  return { asOf: instantOf(Math.floor(asOf)), lag: Math.max(0, Math.round(now - asOf)) };
}

/** What ends the transaction in which the tables were made to compare with; nothing of it stays. */
class Compared extends Error {
  readonly differences: readonly string[];

  constructor(differences: readonly string[]) {
    super('nothing of this is kept');
    this.differences = differences;
  }
}

/**
 * What in the schema is not as the migrations make it: they are run on temporary tables, and the two are compared. A
 * trigger or a rule of a stranger could change what is written, and an index that is missing or broken shows only late.
 */
async function foreignParts(db: Kysely<unknown>, backend: Backend): Promise<readonly string[]> {
  const found = await partsIn(db, sql`current_schema()`);
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`set local search_path = pg_temp`.execute(tx);
      await makeTables(tx, backend);
      const own = sql`(select nspname from pg_namespace where oid = pg_my_temp_schema())`;
      throw new Compared(differences(found, await partsIn(tx, own)));
    });
  } catch (thrown) {
    if (thrown instanceof Compared) return thrown.differences;
    throw thrown;
  }
}

function differences(found: ReadonlySet<string>, wanted: ReadonlySet<string>): readonly string[] {
  return [
    ...[...found].filter((part) => !wanted.has(part)).map((part) => `${part} is none of ours`),
    ...[...wanted].filter((part) => !found.has(part)).map((part) => `${part} is missing`),
  ];
}

/** Columns, indexes, constraints, triggers and rules of our tables, each in one line. */
async function partsIn(
  db: Kysely<unknown>,
  schema: ReturnType<typeof sql>,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ part: string }>`
    with tables as (
      select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${schema} and c.relkind in ('r', 'p') and c.relname not like 'schema\\_migrations%'
    )
    select 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
      || case when attcollation = 0 then '' else ' ' || attcollation::regcollation::text end
      || case when attnotnull then ' not null' else '' end as part
      from tables join pg_attribute on attrelid = tables.oid where attnum > 0 and not attisdropped
    union all
    select case when indisvalid then 'index ' else 'broken index ' end || pg_get_indexdef(indexrelid)
      from tables join pg_index on indrelid = tables.oid
    union all
    select 'constraint of ' || relname || ' ' || pg_get_constraintdef(pg_constraint.oid)
      from tables join pg_constraint on conrelid = tables.oid
    union all
    select 'trigger ' || tgname || ' of ' || relname
      from tables join pg_trigger on tgrelid = tables.oid where not tgisinternal
    union all
    select 'rule ' || rulename || ' of ' || relname
      from tables join pg_rewrite on ev_class = tables.oid
  `.execute(db);
  return new Set(rows.map(({ part }) => part.replaceAll(/\b(pg_temp(_\d+)?|public)\./g, '')));
}

/** The oldest Postgres that has all that is asked of it: `pg_current_snapshot` came with it. */
const OLDEST = 13;

/** Throws `StoreError` when the server is older than what is asked of it: the first statement that it lacks would come late. */
export async function refuseOldServer(db: Kysely<unknown>, place: string): Promise<void> {
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version_num') as version
  `.execute(db);
  const error = faultOfVersion(Number(rows[0]?.version ?? 0), place);
  if (error !== null) throw error;
}

/**
 * By the number that a server gives, such as 150013 for 15.13.
 * @internal
 */
export function faultOfVersion(version: number, place: string): StoreError | null {
  const major = Math.floor(version / 10_000);
  if (major >= OLDEST) return null;
  const message = `${place} runs Postgres ${major}: firsthand needs ${OLDEST} or newer; upgrade the server, or name another`;
  return new StoreError('unavailable', message);
}
