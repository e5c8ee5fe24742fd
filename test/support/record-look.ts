import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { Sqlite } from '../../src/store/sqlite-file.ts';

/**
 * Looks at a database that a killed process left, on a copy with its log: what the next process finds there is as it was.
 */
export function lookInto<T>(path: string, look: (database: Database.Database) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-look-'));
  try {
    const copy = join(folder, 'copy.db');
    for (const ending of ['', '-wal']) {
      if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending);
    }
    const database = new Sqlite(copy);
    try {
      return look(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets the minutes that leases last go by. */
export function endLeases(path: string): void {
  const database = new Sqlite(path, { timeout: 5_000 });
  const long = '2000-01-01T00:00:00.000Z';
  for (const table of ['targets', 'deliveries', 'scheduled_work']) {
    database.prepare(`update ${table} set lease_until = ? where lease_until is not null`).run(long);
  }
  database.close();
}
