import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { asError, StoreError } from '../domain/errors.ts';
import { backendOf, codeOf, storeErrorOf } from './backend.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { Sqlite, sqliteFile } from './sqlite-file.ts';
import type { BackendOptions } from './store-over.ts';

const MEMORY = ':memory:';

/** Says whose file it is (`Fhnd`), so that another program's database is never taken for ours. */
export const APPLICATION_ID = 0x46686e64;

/** While a file is locked SQLite itself waits this long, in milliseconds; the dialect then goes on without blocking. */
const BLOCKING_WAIT = 20;

/** While opening, a process has nothing else to do and may block for longer. */
const OPENING_WAIT = 5_000;

/** Enough for the indexes in use at a million pieces of evidence; with SQLite's 2 MB inserts take half as long again. */
const CACHE_KIB = 16_000;

/** What the write-ahead log is cut back to after a burst, in bytes. */
const LOG_LIMIT = 32 * 1024 * 1024;

/**
 * `light` reads the header and the schema: SQLite finds a file that is cut off or no database. `full` reads every
 * page, which takes a second a gigabyte from memory and several from a disk.
 */
type Integrity = 'light' | 'full';

/** Opens or creates a database file. Throws `StoreError`: unavailable, corrupt. */
export function sqliteBackend(path: string, integrity: Integrity): BackendOptions {
  const place = path === MEMORY ? 'The database in memory' : resolve(path);
  let database: Database | null = null;
  try {
    if (path !== MEMORY) mkdirSync(dirname(place), { recursive: true });
    database = new Sqlite(path === MEMORY ? path : place, { timeout: OPENING_WAIT });
    prepare(database, place);
    if (integrity === 'full') check(database, place);
    return {
      ...{ dialect: sqliteDialect(database), kind: 'sqlite', place },
      file: sqliteFile(database),
    };
  } catch (error) {
    database?.close();
    if (NOT_LOADED.has(codeOf(asError(error)))) throw notLoaded(asError(error));
    throw storeErrorOf(backendOf('sqlite'), error, place);
  }
}

/** What Node says when native code cannot be loaded: it is made for another Node or machine, or not allowed. */
const NOT_LOADED: ReadonlySet<string> = new Set(['ERR_DLOPEN_FAILED', 'ERR_DLOPEN_DISABLED']);

function notLoaded(cause: Error): StoreError {
  const message = `SQLite cannot be loaded by Node ${process.versions.node}; its library is compiled for the version it was installed with. Run \`npm rebuild better-sqlite3\`, or go back to that version`;
  return new StoreError('unavailable', message, { cause });
}

function prepare(database: Database, place: string): void {
  const owner = database.pragma('application_id', { simple: true });
  const objects = database.prepare('select count(*) from sqlite_schema').pluck().get();
  if (owner !== APPLICATION_ID && objects !== 0) {
    throw new StoreError(
      'corrupt',
      `${place} is the database of another program: name another file`,
    );
  }
  if (objects === 0) {
    // Only an empty file takes it; freed pages can then be given back a few at a time.
    database.pragma('auto_vacuum = incremental');
    database.pragma(`application_id = ${APPLICATION_ID}`);
  }
  database.pragma('journal_mode = wal');
  // A power cut may undo the last commits and never tears one. What is undone is checked again, so that no alert is
  // lost; waiting for the disk at each commit would cost milliseconds.
  database.pragma('synchronous = normal');
  database.pragma('foreign_keys = on');
  database.pragma('temp_store = memory');
  database.pragma(`cache_size = ${-CACHE_KIB}`);
  database.pragma(`journal_size_limit = ${LOG_LIMIT}`);
  database.pragma(`busy_timeout = ${BLOCKING_WAIT}`);
}

/** Throws when any page or index is not what it should be. */
function check(database: Database, place: string): void {
  const findings = database.pragma('quick_check(5)') as readonly { quick_check: string }[];
  const found = findings.map((finding) => finding.quick_check).filter((text) => text !== 'ok');
  if (found.length === 0) return;
  throw new StoreError(
    'corrupt',
    `${place} is damaged: keep a copy of it and restore the last backup (${found.join('; ')})`,
  );
}
