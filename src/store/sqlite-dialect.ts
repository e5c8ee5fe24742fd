import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { Bug } from '../domain/errors.ts';

/** Longer than any write of ours takes, shorter than a lease. */
const TIMEOUT = 10_000;

/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 50;

/** Statements kept ready: every query of the store many times over, lists of different lengths included. */
const STATEMENTS_KEPT = 400;

/**
 * Kysely over one better-sqlite3 connection. Kysely's own dialect prepares each statement anew, begins transactions
 * that a second process can still turn down half-way, and lets SQLite block the process while a file is locked.
 * `timeout` is how long a locked file is tried again before it counts as unavailable, in milliseconds.
 */
export function sqliteDialect(database: Database, timeout = TIMEOUT): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => sqliteDriver(database, timeout),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** SQLite takes schema changes back like any other; Kysely's adapter does not say so. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function sqliteDriver(database: Database, timeout: number): Driver {
  const connection = connectionTo(database, timeout);
  const turns = turnTaking();
  return {
    init: () => Promise.resolve(),
    async acquireConnection() {
      await turns.take();
      return connection;
    },
    releaseConnection: () => Promise.resolve(turns.pass()),
    beginTransaction: (_connection, { accessMode }) => connection.begin(accessMode === 'read only'),
    commitTransaction: () => connection.commit(),
    rollbackTransaction: () => connection.rollback(),
    async destroy() {
      // What has begun ends first.
      await turns.take();
      database.close();
    },
  };
}

/** Statements that run as one. */
interface Batch extends CompiledQuery {
  readonly batch: readonly CompiledQuery[];
}

/**
 * Several statements that change rows, as one query: they run without giving the event loop a turn in between, in the open
 * transaction or else in one of their own. A row of the result says how many rows each of them changed.
 */
export function batchOf(queries: readonly [CompiledQuery, ...CompiledQuery[]]): CompiledQuery {
  return { ...queries[0], sql: 'batch', batch: queries } satisfies Batch as CompiledQuery;
}

interface SqliteConnection extends DatabaseConnection {
  begin(readOnly: boolean): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

function connectionTo(database: Database, timeout: number): SqliteConnection {
  const statements = statementCache(database);
  const query = async <R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> =>
    unlessLocked(database, timeout, () => execute<R>(statements(sql), parameters));
  return {
    async executeQuery<R>(compiled: CompiledQuery | Batch): Promise<QueryResult<R>> {
      if (!('batch' in compiled)) return query(compiled.sql, compiled.parameters);
      const { batch } = compiled;
      const rows = await unlessLocked(database, timeout, () => runAll(database, statements, batch));
      return { rows: rows as R[] };
    },
    streamQuery(): never {
      throw new Bug('The store reads by page and never streams.');
    },
    async begin(readOnly) {
      // One that will write takes the write lock at once: one that reads first can be refused when it writes.
      await query(readOnly ? 'begin' : 'begin immediate', []);
    },
    async commit() {
      await query('commit', []);
    },
    async rollback() {
      // A full or failing disk makes SQLite roll back by itself.
      if (database.inTransaction) await query('rollback', []);
    },
  };
}

function execute<R>(statement: Statement, parameters: readonly unknown[]): QueryResult<R> {
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
}

function runAll(
  database: Database,
  statements: (sql: string) => Statement,
  queries: readonly CompiledQuery[],
): { changes: number }[] {
  const run = () =>
    queries.map(({ sql, parameters }) => {
      const { changes } = statements(sql).run(parameters);
      return { changes };
    });
  if (database.inTransaction) return run();
  statements('begin immediate').run();
  try {
    const changed = run();
    statements('commit').run();
    return changed;
  } catch (error) {
    if (database.inTransaction) statements('rollback').run();
    throw error;
  }
}

/** Statements by their text; what was not used for longest goes first. */
function statementCache(database: Database): (sql: string) => Statement {
  const kept = new Map<string, Statement>();
  return (sql) => {
    const statement = kept.get(sql) ?? database.prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > STATEMENTS_KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}

/** Tries again while another process holds the file, and lets the event loop run in between. */
function unlessLocked<T>(database: Database, timeout: number, work: () => T): T | Promise<T> {
  try {
    return work();
  } catch (error) {
    // Inside a transaction the lock is ours; to be refused there cannot be waited out.
    if (!isLocked(error) || database.inTransaction) throw error;
    return whileLocked(timeout, work);
  }
}

async function whileLocked<T>(timeout: number, work: () => T): Promise<T> {
  const end = performance.now() + timeout;
  for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    await pause(wait);
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || performance.now() > end) throw error;
    }
  }
}

function isLocked(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code))
  );
}

/** One at a time, in the order they came. */
function turnTaking(): { take(): Promise<void>; pass(): void } {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
    },
    pass() {
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
  };
}
