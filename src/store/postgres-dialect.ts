import { setTimeout as pause } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import pg, { type Pool, type PoolClient, type QueryResult } from 'pg';
import { asError, Bug, UsageError } from '../domain/errors.ts';
import { backendOf, CUT_OFF, codeOf, NO_ANSWER } from './backend.ts';
import type { BackendOptions } from './store-over.ts';

/** Checks and deliveries side by side, with room for the work beside them. */
const CONNECTIONS = 10;

/** How long a connection may take to come about, and one that nobody uses is kept, in milliseconds. */
const CONNECT_TIMEOUT = 10_000;
const KEPT_FOR = 30_000;

/** Longer than any statement may take there, in milliseconds: after it the line itself counts as dead. */
const ANSWER_TIMEOUT = 45_000;

/** A pool of connections to the server at an address; none is opened before the first question. */
export function postgresBackend(url: string): BackendOptions {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'firsthand',
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    idleTimeoutMillis: KEPT_FOR,
    query_timeout: ANSWER_TIMEOUT,
    keepAlive: true,
  });
  // A connection that breaks while nobody asks is told to the next who does; unheard, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { dialect: postgresDialect(pool), kind: 'postgres', place: placeOf(url) };
}

/** The address for messages: no user and no password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = partsOf(url);
  return `postgres://${hostname === '' ? 'localhost' : hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

function partsOf(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    const message =
      'The address of the database cannot be read: write postgres://user@host:5432/name.';
    throw new UsageError(message, { cause });
  }
}

/** How long a server that answered before may be away, in milliseconds: it restarts, or another takes its place. */
const RECONNECT_TIMEOUT = 60_000;

/** Between two tries to reach it, in milliseconds. */
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [50, 2_000];

/**
 * How often one statement is sent that is no part of a transaction and whose connection is lost: a server that restarts
 * ends all connections of a pool, and each is found out by the statement that it is given.
 */
const TRIES = 12;

/** What the server may take over a statement, and we between two, inside a transaction, in milliseconds. */
const STATEMENT_TIMEOUT = 30_000;
const IDLE_TIMEOUT = 60_000;

/**
 * Kysely over a pool of `pg`. Kysely's own dialect asks `set transaction` and the like in separate trips, and gives up
 * with the first connection that is lost. Nothing here outlives a transaction on the server's side (no prepared statement
 * by name, no setting of the session), so that a pooler may hand each transaction to another connection.
 */
function postgresDialect(pool: Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => postgresDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function postgresDriver(pool: Pool): Driver {
  let hasAnswered = false;
  const connect = async () => {
    // At a start a person waits, and what is wrong is more likely the address.
    const client = await connected(pool, hasAnswered ? RECONNECT_TIMEOUT : 0);
    hasAnswered = true;
    return client;
  };
  const of = (connection: DatabaseConnection) => connection as PostgresConnection;
  return {
    init: () => Promise.resolve(),
    acquireConnection: async () => connectionOver(await connect(), connect),
    releaseConnection: (connection) => Promise.resolve(of(connection).release()),
    beginTransaction: (connection, settings) => of(connection).begin(settings),
    commitTransaction: (connection) => of(connection).end('commit'),
    rollbackTransaction: (connection) => of(connection).end('rollback'),
    destroy: () => pool.end(),
  };
}

async function connected(pool: Pool, timeout: number): Promise<PoolClient> {
  const end = performance.now() + timeout;
  for (let wait = SHORTEST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    try {
      return await pool.connect();
    } catch (thrown) {
      const error = coded(asError(thrown));
      if (!isLost(error) || performance.now() > end) throw error;
      await pause(wait);
    }
  }
}

interface PostgresConnection extends DatabaseConnection {
  begin(settings: TransactionSettings): Promise<void>;
  end(how: 'commit' | 'rollback'): Promise<void>;
  release(): void;
}

function connectionOver(first: PoolClient, connect: () => Promise<PoolClient>): PostgresConnection {
  let client: PoolClient | null = first;
  let [isOpen, isBroken] = [false, false];

  async function ask(sql: string, parameters?: readonly unknown[]): Promise<QueryResult> {
    client ??= await connect();
    try {
      return await (parameters === undefined
        ? client.query(sql)
        : client.query(sql, [...parameters]));
    } catch (thrown) {
      const error = coded(asError(thrown));
      // What still runs there must not answer whoever has the connection next.
      if (isLost(error) || codeOf(error) === NO_ANSWER) isBroken = true;
      throw error;
    }
  }

  /** Outside of a transaction a statement whose connection is lost is sent again over another one. */
  async function again(sql: string, parameters?: readonly unknown[]): Promise<QueryResult> {
    for (let [tried, wait] = [1, SHORTEST_PAUSE]; ; tried++, wait *= 1.5) {
      try {
        return await ask(sql, parameters);
      } catch (thrown) {
        const error = asError(thrown);
        if (isOpen && isLost(error)) throw cutOff(error);
        if (isOpen || !isLost(error) || tried === TRIES) throw error;
        client?.release(true);
        [client, isBroken] = [null, false];
        await pause(wait);
      }
    }
  }

  return {
    async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
      const { rows, rowCount } = await again(sql, parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
    },
    streamQuery(): never {
      throw new Bug('The store reads by page and never streams.');
    },
    async begin(settings) {
      await again(beginning(settings));
      isOpen = true;
    },
    async end(how) {
      try {
        // A connection that is lost has taken everything back.
        if (!isBroken) await ask(how);
      } catch (thrown) {
        const error = asError(thrown);
        if (how === 'commit') throw isLost(error) ? cutOff(error) : error;
        isBroken = true;
      } finally {
        isOpen = false;
      }
    },
    release: () => client?.release(isBroken),
  };
}

/** All in one trip; the limits end with the transaction. */
function beginning({ isolationLevel, accessMode }: TransactionSettings): string {
  const isolation = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`;
  const begin = `begin${isolation}${accessMode === undefined ? '' : ` ${accessMode}`}`;
  return `${begin}; set local statement_timeout = ${STATEMENT_TIMEOUT}; set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT}`;
}

/** Some of what `pg` finds wrong by itself has no code. */
const UNCODED: readonly (readonly [RegExp, string])[] = [
  [/^Query read timeout/, NO_ANSWER],
  [
    /^(Connection terminated|timeout exceeded|Client has encountered|timeout expired)/,
    'ECONNRESET',
  ],
];

function coded(error: Error): Error {
  if (codeOf(error) !== '') return error;
  const code = UNCODED.find(([said]) => said.test(error.message))?.[1];
  return code === undefined ? error : Object.assign(error, { code });
}

function isLost(error: Error): boolean {
  const code = codeOf(error);
  // A session that the server ended for being idle inside a transaction is gone as well.
  return code === '25P03' || backendOf('postgres').meaningOf(code) === 'lost';
}

function cutOff(cause: Error): Error {
  const message = `the connection was lost inside a transaction: ${cause.message}`;
  return Object.assign(new Error(message, { cause }), { code: CUT_OFF });
}
