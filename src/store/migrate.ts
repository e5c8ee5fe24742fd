import { Kysely, type Migration, Migrator, sql } from 'kysely';
import { StoreError } from '../domain/errors.ts';
import type { Backend } from './backend.ts';
import { initial } from './migrations/0001-initial.ts';
import { forDaemon } from './migrations/0002-daemon.ts';
import { forChannels } from './migrations/0003-channels.ts';
import { forTelling } from './migrations/0004-telling.ts';
import { forEngines } from './migrations/0005-engines.ts';
import { forProposals } from './migrations/0006-proposals.ts';
import { forStandardTerms } from './migrations/0007-standard-terms.ts';
import { forRobots } from './migrations/0008-robots.ts';
import { forStories } from './migrations/0009-stories.ts';
import { forMarks } from './migrations/0010-marks.ts';
import { forWorkers } from './migrations/0011-workers.ts';
import { forRules } from './migrations/0012-rules.ts';
import { forTraces } from './migrations/0013-traces.ts';
import { forBodyPlaces } from './migrations/0014-body-places.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

const APPLIED = 'schema_migrations';

/** Every migration there ever was, by name; they are applied in the order of their names. */
function migrationsFor(backend: Backend): Readonly<Record<string, Migration>> {
  return {
    '0001-initial': initial(backend),
    '0002-daemon': forDaemon(backend),
    '0003-channels': forChannels(backend),
    '0004-telling': forTelling(backend),
    '0005-engines': forEngines(backend),
    '0006-proposals': forProposals(backend),
    '0007-standard-terms': forStandardTerms(),
    '0008-robots': forRobots(backend),
    '0009-stories': forStories(backend),
    '0010-marks': forMarks(backend),
    '0011-workers': forWorkers(backend),
    '0012-rules': forRules(backend),
    '0013-traces': forTraces(backend),
    '0014-body-places': forBodyPlaces(backend),
  };
}

/** Makes the tables as they are now where there are none, without a note of it: to compare others with. */
export async function makeTables(db: Kysely<unknown>, backend: Backend): Promise<void> {
  for (const migration of Object.values(migrationsFor(backend))) await migration.up(db);
}

/**
 * Brings the schema up to date, or only looks whether it is. Throws `StoreError` of kind newer when a newer version of
 * the program has written here: what it added is not ours to guess; of kind older when it was to look only.
 */
export async function migrate(
  db: Kysely<unknown>,
  backend: Backend,
  { place, migrates }: { place: string; migrates: boolean },
): Promise<void> {
  const migrations = migrationsFor(backend);
  const applied = await appliedMigrations(db, backend);
  const unknown = applied.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new StoreError(
      'newer',
      `${place} was written by a newer version of firsthand (${unknown.join(', ')}): update firsthand, or open another database`,
    );
  }
  // Kysely's migrator asks a dozen questions first; a start should not wait for them when nothing is pending.
  if (applied.length === Object.keys(migrations).length) return;
  if (!migrates) {
    const found = applied.length === 0 ? 'holds no database of ours yet' : 'is of an older version';
    const message = `${place} ${found}: run \`firsthand db migrate\` once, then start again`;
    throw new StoreError('older', message);
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: APPLIED,
    migrationLockTableName: `${APPLIED}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function appliedMigrations(
  db: Kysely<unknown>,
  backend: Backend,
): Promise<readonly string[]> {
  const { rows: tables } = await backend.tablesNamed(APPLIED).execute(db);
  if (tables.length === 0) return [];
  return migrationsIn(db);
}

/** The names of what was applied to a database that has its tables, in their order. */
export async function migrationsIn(db: Kysely<unknown>): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(APPLIED)} order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** A table, index, view or trigger as SQLite lists it. */
interface SchemaObject {
  type: string;
  name: string;
  sql: string | null;
}

/**
 * What in the schema of a database is not as the migrations make it: a trigger, view or table of a stranger could change
 * or hide what is written later, and something that is missing would fail only when it is needed.
 */
export async function foreignSchema(
  db: Kysely<unknown>,
  backend: Backend,
): Promise<readonly string[]> {
  const { Sqlite } = await import('./sqlite-file.ts');
  const expected = new Kysely<unknown>({ dialect: sqliteDialect(new Sqlite(':memory:')) });
  try {
    await migrate(expected, backend, { place: 'The database in memory', migrates: true });
    return differences(await objectsIn(db), await objectsIn(expected));
  } finally {
    await expected.destroy();
  }
}

function differences(
  found: ReadonlyMap<string, SchemaObject>,
  wanted: ReadonlyMap<string, SchemaObject>,
): readonly string[] {
  const foreign = [...found.values()].flatMap((object) => {
    const twin = wanted.get(object.name);
    if (twin === undefined) return [`${object.type} ${object.name} is none of ours`];
    return statement(twin) === statement(object)
      ? []
      : [`${object.type} ${object.name} was changed`];
  });
  const missing = [...wanted.values()].filter(({ name }) => !found.has(name));
  return [...foreign, ...missing.map(({ type, name }) => `${type} ${name} is missing`)];
}

async function objectsIn(db: Kysely<unknown>): Promise<ReadonlyMap<string, SchemaObject>> {
  const { rows } = await sql<SchemaObject>`
    select type, name, sql from sqlite_schema where name not like 'sqlite\\_%' escape '\\'
  `.execute(db);
  return new Map(rows.map((object) => [object.name, object]));
}

/** Without what says nothing: SQLite writes names and blanks anew when a table is altered. */
function statement({ type, sql: text }: SchemaObject): string {
  return `${type} ${(text ?? '').replaceAll(/["'`\s]/g, '').toLowerCase()}`;
}
