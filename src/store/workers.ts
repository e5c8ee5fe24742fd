import { moment } from './columns.ts';
import { type Database, unleased } from './database.ts';
import type { HostTurn, HostTurns, TurnRefusal, Workers } from './ports/work.ts';
import { WORKER } from './records.ts';

export function workersIn(db: Database): Workers {
  return {
    async report(worker, forgetBefore) {
      const row = WORKER.rowOf(worker);
      const { owner: _, started_at: _since, ...now } = row;
      await db
        .insertInto('workers')
        .values(row)
        .onConflict((conflict) => conflict.column('owner').doUpdateSet(now))
        .execute();
      await db.deleteFrom('workers').where('seen_at', '<', moment(forgetBefore)).execute();
    },
    async leave(owner) {
      await db.deleteFrom('workers').where('owner', '=', owner).execute();
    },
    async list() {
      const rows = await db
        .selectFrom('workers')
        .selectAll()
        .orderBy('started_at')
        .orderBy('owner')
        .execute();
      return rows.map(WORKER.recordOf);
    },
    async backlog(now) {
      const row = await db
        .selectFrom('targets')
        .select(({ fn }) => [fn.countAll().as('due'), fn.min('due_at').as('oldest')])
        .where('due_at', '<=', moment(now))
        .where(unleased(now))
        .executeTakeFirst();
      return { due: Number(row?.due ?? 0), oldestDueAt: row?.oldest ?? null };
    },
  };
}

export function hostTurnsIn(db: Database): HostTurns {
  return {
    take: (host, owner, turn) => take(db, host, owner, turn),
    async giveBack(host, owner, freeAt) {
      await db
        .updateTable('host_turns')
        .set({ owner: null, until: null, free_at: moment(freeAt) })
        .where('host', '=', host)
        .where('owner', '=', owner)
        .execute();
    },
  };
}

/** Later than the end of any pause. */
const LATEST = '9999-12-31T23:59:59.999Z';

async function take(
  db: Database,
  host: string,
  owner: string,
  { now, until, goesOn }: HostTurn,
): Promise<TurnRefusal | null> {
  const turn = { owner, until: moment(until) };
  const rows = await db
    .insertInto('host_turns')
    .values({ host, ...turn, free_at: moment(now) })
    .onConflict((conflict) =>
      conflict
        .column('host')
        .doUpdateSet(turn)
        .where((row) =>
          row.or([row('host_turns.until', 'is', null), row('host_turns.until', '<=', now)]),
        )
        .where('host_turns.free_at', '<=', goesOn ? LATEST : now),
    )
    .returning('host')
    .execute();
  if (rows.length > 0) return null;
  const other = await db
    .selectFrom('host_turns')
    .select(['free_at', 'until'])
    .where('host', '=', host)
    .executeTakeFirst();
  const end = other?.until ?? null;
  return end !== null && end > now
    ? { isPause: false, until: end }
    : { isPause: true, until: other?.free_at ?? now };
}
