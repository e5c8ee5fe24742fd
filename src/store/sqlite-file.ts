import type { Database } from 'better-sqlite3';
import { asError, StoreError } from '../domain/errors.ts';
import type { DiskUsage } from './ports/maintenance.ts';

/** What is done to a database file as a whole, on the connection that has it open. */
export interface SqliteFile {
  room(): DiskUsage;
  compact(pages: number): void;
  integrity(): readonly string[];
  backup(path: string): Promise<void>;
}

/** Pages copied at a time: some megabytes, a few milliseconds. */
const STEP = 1_000;

/** How often another process may write in between before the rest is copied in one go. */
const RESTARTS = 3;

export function sqliteFile(database: Database): SqliteFile {
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
