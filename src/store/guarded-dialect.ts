import type { AsyncLocalStorage } from 'node:async_hooks';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { Bug } from '../domain/errors.ts';
import { type Backend, storeErrorOf } from './backend.ts';

/** Set for as long as the work of a transaction runs, in everything that work calls. */
export type InsideWork = AsyncLocalStorage<{ open: boolean }>;

/**
 * Any database's dialect with the manners of the store: what it throws comes out as an error of ours, and a query
 * beside the transaction from within its work is refused instead of waiting for ever.
 */
export function guardedDialect(
  dialect: Dialect,
  backend: Backend,
  place: string,
  inside: InsideWork,
): Dialect {
  const translated = <T>(work: () => Promise<T>): Promise<T> => translate(backend, place, work);
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => guardedDriver(dialect.createDriver(), translated, inside),
  };
}

type Translated = <T>(work: () => Promise<T>) => Promise<T>;

async function translate<T>(backend: Backend, place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeErrorOf(backend, error, place);
  }
}

function guardedDriver(driver: Driver, translated: Translated, inside: InsideWork): Driver {
  const guards = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const bare = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const guard = (connection: DatabaseConnection): DatabaseConnection => {
    const known = guards.get(connection);
    if (known !== undefined) return known;
    const guarded = guardedConnection(connection, translated);
    guards.set(connection, guarded);
    bare.set(guarded, connection);
    return guarded;
  };
  const bareOf = (guarded: DatabaseConnection): DatabaseConnection => bare.get(guarded) ?? guarded;
  return {
    init: () => translated(() => driver.init()),
    async acquireConnection() {
      if (inside.getStore()?.open === true) {
        throw new Bug(
          'Inside the work of `Store.write` only its `tx` may be used: the store itself would wait for ever.',
        );
      }
      return guard(await translated(() => driver.acquireConnection()));
    },
    releaseConnection: (connection) => driver.releaseConnection(bareOf(connection)),
    beginTransaction: (connection, settings) =>
      translated(() => driver.beginTransaction(bareOf(connection), settings)),
    commitTransaction: (connection) =>
      translated(() => driver.commitTransaction(bareOf(connection))),
    rollbackTransaction: (connection) =>
      translated(() => driver.rollbackTransaction(bareOf(connection))),
    destroy: () => driver.destroy(),
  };
}

function guardedConnection(
  connection: DatabaseConnection,
  translated: Translated,
): DatabaseConnection {
  return {
    executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
      translated(() => connection.executeQuery<R>(query)),
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}
