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
import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { storeOver } from '../../src/store/store-over.ts';

let server: PGlite | null = null;

// One Postgres a test file, in this process: starting one takes seconds, more when the machine is busy.
beforeAll(async () => {
  server = await PGlite.create();
}, 120_000);

afterAll(async () => {
  await server?.close();
});

/** The server behind the stores, for what only SQL can say. */
export function postgres(): PGlite {
  if (server === null) throw new Error('Postgres starts before the first test of a file.');
  return server;
}

/** An empty store on Postgres; what the one before it held is gone. */
export async function postgresStore(): Promise<Store> {
  await postgres().exec('drop schema public cascade; create schema public;');
  const dialect = pgliteDialect(postgres());
  return storeOver({ dialect, kind: 'postgres', place: 'The test database' });
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
