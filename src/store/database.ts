import type { Compilable, CompiledQuery } from 'kysely';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { UsageError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import { mayRunAgain } from './backend.ts';
import type { PageOf } from './ports/reads.ts';
import type { Tables } from './tables.ts';

/** The database, or a transaction on it: what every part of the store is built over. */
export type Database = Kysely<Tables>;

/** Runs several statements as one; inside a transaction they are part of it already. */
export function atomically<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : transact(db, work);
}

/** How often a transaction is run again that another writer was in the way of, or whose line was cut. */
const TRIES = 5;

/** Runs work as a transaction, and again where the database was in the way. */
export async function transact<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tried === TRIES || !mayRunAgain(error)) throw error;
    }
  }
}

/** Nobody holds the row, or no longer. */
export function unleased(now: Instant): RawBuilder<SqlBool> {
  return sql<SqlBool>`(lease_until is null or lease_until <= ${now})`;
}

/** Runs several reads over one state of the database, whoever writes in between. */
export function consistently<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}

const CHUNKS = [64, 16, 4, 1] as const;

/** Splits rows into lots of few different sizes, so that few different statements are prepared. */
export function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  let start = 0;
  for (const size of CHUNKS) {
    for (; rows.length - start >= size; start += size) yield rows.slice(start, start + size);
  }
}

/** Writes rows that are new, by their keys; what is there already stays as it is. */
export async function addNew<T extends keyof Tables>(
  db: Database,
  table: T,
  rows: readonly Tables[T][],
): Promise<void> {
  const add = async (tx: Database) => {
    for (const chunk of chunksOf(rows)) {
      await tx
        .insertInto(table)
        .values(chunk as never)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  };
  await (rows.length > 1 ? atomically(db, add) : add(db));
}

/** The same, giving the keys of the rows that were new. */
export function addedKeys<T extends keyof Tables, K extends keyof Tables[T] & string>(
  db: Database,
  table: T,
  rows: readonly Tables[T][],
  keys: readonly K[],
): Promise<readonly Pick<Tables[T], K>[]> {
  return atomically(db, (tx) =>
    inChunks(
      rows,
      async (chunk) =>
        (await tx
          .insertInto(table)
          .values(chunk as never)
          .onConflict((conflict) => conflict.doNothing())
          .returning(keys as never)
          .execute()) as unknown as Pick<Tables[T], K>[],
    ),
  );
}

/** Writes a row, in the place of the one that has its key. */
export async function putRow<T extends keyof Tables>(
  db: Database,
  table: T,
  key: keyof Tables[T] & string,
  row: Tables[T],
): Promise<void> {
  const { [key]: _, ...others } = row;
  await db
    .insertInto(table)
    .values(row as never)
    .onConflict((conflict) => conflict.column(key as never).doUpdateSet(others as never))
    .execute();
}

/** The row of an id; undefined when there is none. */
export async function rowById<T extends TablesById>(
  db: Database,
  table: T,
  id: Tables[T]['id'],
): Promise<Tables[T] | undefined> {
  const query = db.selectFrom(table as 'alerts').selectAll();
  return (await query.where('id', '=', id as never).executeTakeFirst()) as Tables[T] | undefined;
}

type TablesById = {
  [T in keyof Tables]: Tables[T] extends { id: string } ? T : never;
}[keyof Tables];

/** Asks for many values a few at a time, and gives what all the answers hold. */
export async function inChunks<V, R>(
  values: readonly V[],
  ask: (chunk: readonly V[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const found: R[] = [];
  for (const chunk of chunksOf(values)) {
    for (const row of await ask(chunk)) found.push(row);
  }
  return found;
}

/** A place in a statement that each use fills with a value of its own. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Stands in a statement for the value of that name; its type is the value's, so that Kysely checks it as such. */
type Place<V> = <K extends keyof V & string>(name: K) => V[K];

/**
 * A statement that is built and compiled once and used with other values each time. What runs thousands of times an hour
 * would otherwise spend more on building its SQL than on running it.
 */
export function prepared<V extends object>(
  build: (place: Place<V>) => Compilable,
): (values: V) => CompiledQuery {
  const compiled = build((name) => new Placeholder(name) as never).compile();
  const names = compiled.parameters.map((one) => (one instanceof Placeholder ? one.name : null));
  return (values) => ({
    ...compiled,
    parameters: names.map((name, at) =>
      name === null ? compiled.parameters[at] : values[name as keyof V],
    ),
  });
}

/** The rows of one page out of one row more than fit on it, and where the next page starts. */
export function pageOf<T>(
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
export function before(cursor: string, column = 'at') {
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (at?.length !== 24 || id === undefined || rest.length > 0) {
    throw new UsageError(`There is no page at ${cursor}: start again without a cursor.`);
  }
  return sql<boolean>`(${sql.ref(column)}, id) < (${at}, ${id})`;
}
