import pg from 'pg';
import { UsageError } from '../domain/errors.ts';
import { postgresDialect } from './postgres-dialect.ts';
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
    throw new UsageError(
      'The address of the database cannot be read: write postgres://user@host:5432/name.',
      {
        cause,
      },
    );
  }
}
