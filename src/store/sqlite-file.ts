import { createRequire } from 'node:module';
import type SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { asError, StoreError } from '../domain/errors.ts';
import { fileWatch } from './file-watch.ts';
import type { DiskUsage } from './ports/pages.ts';

type SqliteLibrary = typeof SqliteDatabase;

/** From this version of Node on better-sqlite3 13 runs; npm leaves it out on an older one. */
const NODE_OF_NAPI = 22;

/**
 * SQLite for the Node that runs. better-sqlite3 12 runs on all, but what is compiled with the headers of Node 24.19 or
 * newer aborts when it is collected (nodejs/node#65446). Version 13 is made with Node-API, which is not concerned, and wants Node 22: npm
 * installs it beside the other where it can run, under the name better-sqlite3-napi.
 */
export const Sqlite: SqliteLibrary = sqliteFor(
  process.versions.node,
  createRequire(import.meta.url),
);

/** Falls back on the one that every Node has: an optional package may be absent, or have nothing for this machine. */
function sqliteFor(node: string, load: (name: string) => unknown): SqliteLibrary {
  if (Number.parseInt(node, 10) >= NODE_OF_NAPI) {
    try {
      const napi = load('better-sqlite3-napi') as SqliteLibrary;
      new napi(':memory:').close();
      return napi;
    } catch {
      // Opening a database with the other one tells what is wrong, if anything is.
    }
  }
  return load('better-sqlite3') as SqliteLibrary;
}

/** What is done to a database file as a whole, on the connection that has it open. */
export interface SqliteFile {
  room(): DiskUsage;
  compact(pages: number): void;
  integrity(): readonly string[];
  /** Why the open file is no longer the one at its place; null while it is. */
  lost(): string | null;
  backup(path: string): Promise<void>;
}

/** Pages copied at a time: some megabytes, a few milliseconds. */
const STEP = 1_000;

/** How often another process may write in between before the rest is copied in one go. */
const RESTARTS = 3;

export function sqliteFile(database: Database): SqliteFile {
  const watch = database.memory ? null : fileWatch(database.name);
  const number = (pragma: string) => Number(database.pragma(pragma, { simple: true }));
  return {
    room() {
      const page = number('page_size');
      return { total: page * number('page_count'), free: page * number('freelist_count') };
    },
    compact(pages) {
      database.pragma(`incremental_vacuum(${pages})`);
      database.pragma('optimize');
      database.pragma('wal_checkpoint(truncate)');
    },
    integrity() {
      const found = database.pragma('integrity_check(20)') as { integrity_check: string }[];
      const orphans = database.pragma('foreign_key_check') as { table: string; parent: string }[];
      return [
        ...found.map(({ integrity_check: text }) => text).filter((text) => text !== 'ok'),
        ...orphans.map(({ table, parent }) => `a row of ${table} names a missing row of ${parent}`),
      ];
    },
    lost: () => watch?.() ?? null,
    async backup(path) {
      let [last, restarts] = [Number.POSITIVE_INFINITY, 0];
      try {
        await database.backup(path, {
          progress({ remainingPages }) {
            if (remainingPages > last) restarts += 1;
            last = remainingPages;
            return restarts < RESTARTS ? STEP : remainingPages + STEP;
          },
        });
      } catch (thrown) {
        throw notCopied(path, asError(thrown));
      }
    },
  };
}

function notCopied(path: string, cause: Error): StoreError {
  const message = `No copy could be written to ${path}: ${cause.message}`;
  return new StoreError('unavailable', message, { cause });
}
