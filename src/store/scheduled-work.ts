import type { Chore } from '../domain/scheduled-work.ts';
import type { Instant } from '../domain/time.ts';
import { fromTextOrNull, toTextOrNull } from './codec.ts';
import type { Chores } from './daemon-seam.ts';
import { atomically, type Database, moment } from './database.ts';
import type { ChoreRow } from './tables.ts';

export function choresIn(db: Database): Chores {
  return {
    plan: (chores) => plan(db, chores),
    async list() {
      const rows = await db.selectFrom('chores').selectAll().orderBy('name').execute();
      return rows.map(choreOf);
    },
    leaseDue: (now, until, owner) => leaseDue(db, now, until, owner),
    async settle(name, owner, { dueAt, at, error }) {
      await db
        .updateTable('chores')
        .set({ due_at: dueAt, last_at: at, error: toTextOrNull(error) })
        .set({ lease_owner: null, lease_until: null })
        .where('name', '=', name)
        .where('lease_owner', '=', owner)
        .execute();
    },
  };
}

function plan(db: Database, chores: Parameters<Chores['plan']>[0]): Promise<void> {
  return atomically(db, async (tx) => {
    const names = chores.map(({ name }) => name);
    const others = tx.deleteFrom('chores');
    await (names.length === 0 ? others : others.where('name', 'not in', names)).execute();
    for (const { name, cadence, dueAt } of chores) {
      await tx
        .insertInto('chores')
        .values({
          ...{ name, cadence, due_at: moment(dueAt), last_at: null, error: null },
          ...{ lease_owner: null, lease_until: null },
        })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ cadence, due_at: dueAt })
            .where('chores.cadence', '!=', cadence),
        )
        .execute();
    }
  });
}

async function leaseDue(
  db: Database,
  now: Instant,
  until: Instant,
  owner: string,
): Promise<Chore | null> {
  const rows = await db
    .updateTable('chores')
    .set({ lease_owner: owner, lease_until: until })
    .where('name', '=', (due) =>
      due
        .selectFrom('chores')
        .select('name')
        .where('due_at', '<=', moment(now))
        .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
        .orderBy('due_at')
        .orderBy('name')
        .limit(1),
    )
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
    .returningAll()
    .execute();
  const [row] = rows;
  return row === undefined ? null : choreOf(row);
}

function choreOf(row: ChoreRow): Chore {
  return {
    name: row.name,
    cadence: row.cadence,
    dueAt: row.due_at,
    lastAt: row.last_at,
    error: fromTextOrNull(row.error),
  };
}
