import type { AsyncLocalStorage } from 'node:async_hooks';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely';
import { type AppError, Bug } from '../domain/errors.ts';
import { type Backend, storeErrorOf } from './backend.ts';

/** Set for as long as the work of a transaction runs, in everything that work calls. */
export interface InsideWork {
  storage: AsyncLocalStorage<{ open: boolean }>;
  /** How many transactions are under way. */
  under: number;
}

export interface Guard {
  backend: Backend;
  place: string;
  inside: InsideWork;
}

/**
 * Any database's dialect with the manners of the store: what it throws comes out as an error of ours; a query beside
 * the transaction from within its work is refused instead of waiting for ever; and a transaction in which a statement
 * failed writes nothing, even when its work goes on as if nothing had happened.
 */
export function guardedDialect(dialect: Dialect, guard: Guard): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => guardedDriver(dialect.createDriver(), guard),
  };
}

interface GuardedConnection extends DatabaseConnection {
  bare: DatabaseConnection;
  inTransaction: boolean;
  /** What went wrong in the transaction; nothing but going back helps then. */
  fault: AppError | null;
}

function guardedDriver(driver: Driver, guard: Guard): Driver {
  const known = new WeakMap<DatabaseConnection, GuardedConnection>();
  const guarded = (connection: DatabaseConnection): GuardedConnection => {
    const made = known.get(connection) ?? guardedConnection(connection, guard);
    known.set(connection, made);
    known.set(made, made);
    return made;
  };
  return {
    init: () => translated(guard, () => driver.init()),
    async acquireConnection() {
      refuseInsideWork(guard);
      return guarded(await translated(guard, () => driver.acquireConnection()));
    },
    releaseConnection: (connection) => driver.releaseConnection(guarded(connection).bare),
    async beginTransaction(connection, settings) {
      const own = guarded(connection);
      await translated(guard, () => driver.beginTransaction(own.bare, settings));
      own.inTransaction = true;
      own.fault = null;
    },
    async commitTransaction(connection) {
      const own = guarded(connection);
      if (own.fault !== null) throw own.fault;
      await translated(guard, () => driver.commitTransaction(own.bare));
      own.inTransaction = false;
    },
    rollbackTransaction(connection) {
      const own = guarded(connection);
      own.inTransaction = false;
      return translated(guard, () => driver.rollbackTransaction(own.bare));
    },
    async destroy() {
      refuseInsideWork(guard);
      await driver.destroy();
    },
  };
}

function refuseInsideWork({ inside }: Guard): void {
  if (inside.under === 0 || inside.storage.getStore()?.open !== true) return;
  throw new Bug(
    'Inside the work of `Store.write` only its `tx` may be used: the store itself would wait for ever.',
  );
}

function guardedConnection(bare: DatabaseConnection, guard: Guard): GuardedConnection {
  const own: GuardedConnection = {
    bare,
    inTransaction: false,
    fault: null,
    async executeQuery<R>(query: CompiledQuery) {
      const goesBack = query.sql.startsWith('rollback to');
      if (own.inTransaction && own.fault !== null && !goesBack) throw own.fault;
      try {
        const result = await bare.executeQuery<R>(query);
        if (goesBack) own.fault = null;
        return result;
      } catch (error) {
        own.fault = storeErrorOf(guard.backend, error, guard.place);
        throw own.fault;
      }
    },
    streamQuery: (query, chunkSize) => bare.streamQuery(query, chunkSize),
  };
  return own;
}

async function translated<T>({ backend, place }: Guard, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeErrorOf(backend, error, place);
  }
}
