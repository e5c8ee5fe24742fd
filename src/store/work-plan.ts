import type { Instant } from '../domain/time.ts';
import type { ScheduledWork } from '../domain/worker.ts';
import { moment, toFlag, toTextOrNull } from './columns.ts';
import { atomically, type Database, putRow, unleased } from './database.ts';
import type { Follows, Marks, WorkPlan } from './ports/work.ts';
import { SCHEDULED_WORK } from './records.ts';

export function workPlanIn(db: Database): WorkPlan {
  return {
    plan: (works) => plan(db, works),
    async list() {
      const rows = await db.selectFrom('scheduled_work').selectAll().orderBy('name').execute();
      return rows.map(SCHEDULED_WORK.recordOf);
    },
    leaseDue: (now, until, owner) => leaseDue(db, now, until, owner),
    async settle(name, owner, { dueAt, at, error }) {
      await db
        .updateTable('scheduled_work')
        .set({ due_at: dueAt, last_at: at, error: toTextOrNull(error) })
        .set({ lease_owner: null, lease_until: null })
        .where('name', '=', name)
        .where('lease_owner', '=', owner)
        .execute();
    },
  };
}

function plan(db: Database, works: Parameters<WorkPlan['plan']>[0]): Promise<void> {
  return atomically(db, async (tx) => {
    const names = works.map(({ name }) => name);
    const others = tx.deleteFrom('scheduled_work');
    await (names.length === 0 ? others : others.where('name', 'not in', names)).execute();
    for (const { name, cadence, dueAt } of works) {
      await tx
        .insertInto('scheduled_work')
        .values({
          ...{ name, cadence, due_at: moment(dueAt), last_at: null, error: null },
          ...{ lease_owner: null, lease_until: null },
        })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ cadence, due_at: dueAt })
            .where('scheduled_work.cadence', '!=', cadence),
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
): Promise<ScheduledWork | null> {
  const rows = await db
    .updateTable('scheduled_work')
    .set({ lease_owner: owner, lease_until: until })
    .where('name', '=', (due) =>
      due
        .selectFrom('scheduled_work')
        .select('name')
        .where('due_at', '<=', moment(now))
        .where(unleased(now))
        .orderBy('due_at')
        .orderBy('name')
        .limit(1),
    )
    .where(unleased(now))
    .returningAll()
    .execute();
  const [row] = rows;
  return row === undefined ? null : SCHEDULED_WORK.recordOf(row);
}

export function followsIn(db: Database): Follows {
  return {
    async list() {
      const rows = await db.selectFrom('follows').selectAll().orderBy('subject').execute();
      return rows.map(({ subject, followed, at }) => ({ subject, followed: followed === 1, at }));
    },
    set: ({ subject, followed, at }) =>
      putRow(db, 'follows', 'subject', { subject, followed: toFlag(followed), at: moment(at) }),
  };
}

export function marksIn(db: Database): Marks {
  return {
    async get(name) {
      const row = await db
        .selectFrom('marks')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async put(name, value) {
      if (value !== null) await putRow(db, 'marks', 'name', { name, value });
      else await db.deleteFrom('marks').where('name', '=', name).execute();
    },
  };
}
