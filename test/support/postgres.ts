import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import pg from 'pg';
import { inject } from 'vitest';
import type { BodyPlaceSettings } from '../../src/store/bodies.ts';
import { openBodyPlace, openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { closing } from './store.ts';

const PACKAGES = join(import.meta.dirname, '../../node_modules');
const CACHE = join(PACKAGES, '.cache');

/** A Postgres that tests open stores on, an empty one each time. */
export interface PostgresUnderTest {
  database: string;
  /** `bodies` is where bodies go instead of into the database. */
  open(bodies?: BodyPlaceSettings): Promise<Store>;
  /** Says something to the server that no store would. */
  exec(sql: string): Promise<unknown>;
}

/** What a kind of Postgres differs in: how it is reached. */
interface Reach {
  start(): Promise<unknown>;
  exec(sql: string): Promise<unknown>;
  store(bodies: BodyPlaceSettings | undefined): Promise<Store>;
}

function underTest(database: string, { start, exec, store }: Reach): PostgresUnderTest {
  // Starting one takes seconds: the files of a worker share it, and it ends with the worker or with the run.
  let started: Promise<unknown> | null = null;
  let isClean = false;
  return {
    database,
    async open(bodies) {
      started ??= start();
      await started;
      await exec(isClean ? EMPTYING : 'drop schema public cascade; create schema public;');
      isClean = true;
      return closing(await store(bodies));
    },
    async exec(sql) {
      started ??= start();
      await started;
      isClean = false;
      return exec(sql);
    },
  };
}

/** Rows go, tables stay: to make them anew for each test would take most of its time. */
const EMPTYING = `
  set session_replication_role = replica;
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'schema%'
    loop execute format('delete from %I', name); end loop;
  end $$;
  reset session_replication_role;`;

/** The files of a new database: to make them takes many times as long as to read them, so they are kept between runs. */
async function emptyDatabase(): Promise<Blob> {
  const pglite = readFileSync(join(PACKAGES, '@electric-sql/pglite/package.json'), 'utf8');
  const kept = join(CACHE, `pglite-${JSON.parse(pglite).version}.tar`);
  if (existsSync(kept)) return new Blob([readFileSync(kept)]);
  const server = await PGlite.create();
  const files = await server.dumpDataDir('none');
  await server.close();
  const own = `${kept}.${randomUUID()}`;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(own, Buffer.from(await files.arrayBuffer()));
  // In one move: another worker may do the same.
  renameSync(own, kept);
  return files;
}

/** Postgres in this process. */
export function inProcess(): PostgresUnderTest {
  let server: PGlite | null = null;
  const running = () => {
    if (server === null) throw new Error('Postgres starts before it is asked.');
    return server;
  };
  return underTest('Postgres in process', {
    async start() {
      server = await PGlite.create({ loadDataDir: await emptyDatabase() });
    },
    exec: (sql) => running().exec(sql),
    store: async (bodies) =>
      storeOver({
        bodies: bodies === undefined ? undefined : await openBodyPlace(bodies),
        dialect: pgliteDialect(running()),
        kind: 'postgres',
        place: 'The test database',
      }),
  });
}

/** A database of its own on the server of this run; null where there is none. */
export function onServer(): (PostgresUnderTest & { url: string }) | null {
  const server = inject('postgres');
  if (server === null) return null;
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(`/${name}`, server).href;
  return {
    url,
    ...underTest('a Postgres server', {
      start: () => tell(server, `create database ${name}`),
      exec: (sql) => tell(url, sql),
      store: (bodies) => openStore({ url, bodies, migrates: true }),
    }),
  };
}

async function tell(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
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
