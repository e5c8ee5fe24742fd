import { Kysely, sql } from 'kysely';
import type { Backend } from './backend.ts';
import { migrate } from './migrate.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

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
  const { Sqlite } = await import('./sqlite-library.ts');
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
