import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { Bug } from '../domain/errors.ts';
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

/** The moment of a question; one that is not written in full would compare wrongly with those stored. */
export function moment(at: Instant): Instant {
  if (at.length !== 24) throw new Bug(`An instant reads 2026-04-21T19:00:42.000Z, not ${at}.`);
  return at;
}
