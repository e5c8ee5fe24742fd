import { type SqlBool, sql } from 'kysely';
import { DAY, type Instant, MINUTE, plus } from '../domain/time.ts';
import { moment } from './columns.ts';
import { atomically, type Database } from './database.ts';
import type { Ahead } from './ports/pages.ts';
import type { Tables } from './tables.ts';

/** A clock may differ this much from that of another machine without having run ahead. */
const TOLERANCE = 5 * MINUTE;

/** Nothing is leased for longer, and no target or digest put off for longer. */
const LONGEST_LEASE = DAY;

const LONGEST_WAIT = 9 * DAY;

const isOfClock = sql<SqlBool>`failure like '%"kind":"clock"%'`;

export async function repairClockSkew(db: Database, now: Instant): Promise<number> {
  const ahead = plus(moment(now), TOLERANCE);
  const [lease, wait] = [plus(now, LONGEST_LEASE), plus(now, LONGEST_WAIT)];
  const freed = { lease_owner: null, lease_until: null };
  return atomically(db, async (tx) => {
    const overdue = tx.updateTable('targets').set({ due_at: now, last_check_at: now });
    const queued = tx.updateTable('deliveries').where('state', '=', 'queued');
    const works = tx.updateTable('scheduled_work');
    const mends = [
      overdue.where('last_check_at', '>', ahead).where('due_at', '>', now),
      tx
        .updateTable('targets')
        .set({ created_at: now, due_at: now })
        .where('created_at', '>', ahead),
      tx.updateTable('targets').set(freed).where('lease_until', '>', lease),
      works.set({ due_at: now, last_at: now }).where('last_at', '>', ahead),
      works.set(freed).where('lease_until', '>', lease),
      queued.set({ due_at: now }).where('due_at', '>', wait),
      queued.set(freed).where('lease_until', '>', lease),
      tx.updateTable('holds').set({ until: now }).where('until', '>', lease),
    ];
    let mended = 0n;
    for (const mend of mends) mended += (await mend.executeTakeFirst()).numUpdatedRows;
    if (mended === 0n) return 0;
    // They say that a host and the clock disagreed, and the clock was wrong.
    const wrong = tx.deleteFrom('checks').where('at', '>', ahead).where(isOfClock);
    mended += (await wrong.executeTakeFirst()).numDeletedRows;
    return Number(mended);
  });
}

/** When the rows of each table were stored, as the clock of then said. */
const STORED_AT = {
  targets: 'last_check_at',
  checks: 'at',
  snapshots: 'fetched_at',
  item_versions: 'first_seen_at',
  changes: 'at',
  evidence: 'known_at',
  retractions: 'at',
  verdicts: 'judged_at',
  transitions: 'at',
  alerts: 'at',
  stories: 'opened_at',
} as const satisfies Partial<Record<keyof Tables, string>>;

export async function aheadOf(db: Database, latest: Instant): Promise<readonly Ahead[]> {
  const found: Ahead[] = [];
  for (const [table, column] of Object.entries(STORED_AT)) {
    const at = sql.ref(column);
    const { rows } = await sql<{ rows: number; last: Instant | null }>`
      select count(*) as rows, max(${at}) as last from ${sql.table(table)} where ${at} > ${latest}
    `.execute(db);
    const [row] = rows;
    if (row !== undefined && row.last !== null) {
      found.push({ table, rows: Number(row.rows), last: row.last });
    }
  }
  return found;
}
