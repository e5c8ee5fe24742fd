import type { ScheduledWork } from '../domain/scheduled-work.ts';
import type { Instant } from '../domain/time.ts';
import { moment, toTextOrNull } from './codec.ts';
import { atomically, type Database, unleased } from './database.ts';
import type { WorkPlan } from './ports/work-plan.ts';
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
