import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { mayRunAgain } from './backend.ts';
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
