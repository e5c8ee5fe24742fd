import { PGlite } from '@electric-sql/pglite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Store } from '../../src/store/store.ts';
import { storeOver } from '../../src/store/store-over.ts';

let server: Promise<PGlite> | null = null;

/** One Postgres a test file, in this process: starting one takes a second or two. */
function postgres(): Promise<PGlite> {
  server ??= PGlite.create();
  return server;
}

/** An empty store on Postgres; what the one before it held is gone. */
export async function postgresStore(): Promise<Store> {
  const pglite = await postgres();
  await pglite.exec('drop schema public cascade; create schema public;');
  return storeOver({
    dialect: pgliteDialect(pglite),
    kind: 'postgres',
    place: 'The test database',
  });
}

/** Kysely's newer releases bring such a dialect; they need Node 22. */
function pgliteDialect(pglite: PGlite): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => pgliteDriver(pglite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function pgliteDriver(pglite: PGlite): Driver {
  const connection = connectionTo(pglite);
  let last = Promise.resolve();
  const endings: (() => void)[] = [];
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      const turn = last;
      last = new Promise((resolve) => endings.push(resolve));
      await turn;
      return connection;
    },
    async releaseConnection() {
      endings.shift()?.();
    },
    async beginTransaction(_connection, settings) {
      await pglite.query(beginning(settings));
    },
    async commitTransaction() {
      await pglite.query('commit');
    },
    async rollbackTransaction() {
      await pglite.query('rollback');
    },
    destroy: () => Promise.resolve(),
  };
}

function beginning({ isolationLevel, accessMode }: TransactionSettings): string {
  const isolation = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`;
  return `start transaction${isolation}${accessMode === undefined ? '' : ` ${accessMode}`}`;
}

function connectionTo(pglite: PGlite): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, affectedRows } = await pglite.query<R>(sql, [...parameters]);
      return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
    },
    streamQuery(): never {
      throw new Error('The store never streams.');
    },
  };
}
