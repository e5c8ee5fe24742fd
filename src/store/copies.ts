import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { asError, StoreError } from '../domain/errors.ts';
import { APPLICATION_ID } from './sqlite.ts';
import { Sqlite, sqliteFile } from './sqlite-file.ts';

/** Reads every page of a database file that nobody uses. Throws `StoreError` when it is not sound, or none of ours. */
export function inspectCopy(path: string): void {
  let database: Database | null = null;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true });
    refuseDamaged(path, sqliteFile(database).integrity());
    // An empty file is a sound database, and would take the place of what is there.
    if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      throw new StoreError(
        'corrupt',
        `${path} is no copy of a database of firsthand: name another`,
      );
    }
  } catch (thrown) {
    const error = asError(thrown);
    if (error instanceof StoreError) throw error;
    if ('code' in error && /^SQLITE_(CANTOPEN|PERM|READONLY)/.test(String(error.code))) {
      throw notOpened(path, error);
    }
    refuseDamaged(path, [error.message]);
  } finally {
    database?.close();
  }
}

function notOpened(path: string, cause: Error): StoreError {
  const message = `${path} cannot be opened: name a file that may be read, in a folder that may be written (${cause.message})`;
  return new StoreError('unavailable', message, { cause });
}

function refuseDamaged(path: string, findings: readonly string[]): void {
  if (findings.length === 0) return;
  const message = `${path} is damaged: take another copy (${findings.slice(0, 5).join('; ')})`;
  throw new StoreError('corrupt', message);
}

/**
 * Puts a file in the place of a database that nobody uses; what was there is kept beside it under another name, which is
 * given back. Throws `StoreError` when another process has the database open.
 */
export function putInPlace(copy: string, path: string, stamp: string): string | null {
  if (!existsSync(path)) {
    renameSync(copy, path);
    return null;
  }
  claimAlone(path);
  const kept = `${path}.before-${stamp}`;
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(path + ending)) renameSync(path + ending, kept + ending);
  }
  renameSync(copy, path);
  return kept;
}

/** Only the last connection to a file can end its log; a file too damaged to be opened is nobody's. */
function claimAlone(path: string): void {
  let database: Database | null = null;
  try {
    database = new Sqlite(path, { timeout: 0 });
    const mode = database.pragma('journal_mode = delete', { simple: true });
    if (mode !== 'delete') throw inUse(path);
  } catch (thrown) {
    const error = asError(thrown);
    if (error instanceof StoreError) throw error;
    if ('code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code)))
      throw inUse(path, error);
  } finally {
    database?.close();
  }
}

function inUse(path: string, cause?: Error): StoreError {
  const message = `${path} is in use: stop the daemon and every other command, then restore again`;
  return new StoreError('unavailable', message, cause === undefined ? {} : { cause });
}

/** A copy of a file to try things on, and how to be rid of it. */
export function workingCopy(of: string, at: string): { path: string; remove(): void } {
  const remove = () => {
    for (const ending of ['', '-wal', '-shm']) rmSync(at + ending, { force: true });
  };
  remove();
  copyFileSync(of, at);
  return { path: at, remove };
}
