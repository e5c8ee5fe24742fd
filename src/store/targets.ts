import { sql } from 'kysely';
import type { Target, TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { moment, toJson } from './columns.ts';
import { addNew, atomically, type Database, inChunks, rowById } from './database.ts';
import { hostOf } from './migrations/0002-daemon.ts';
import type { Targets } from './ports/work.ts';
import { TARGET } from './records.ts';
import type { TargetRow } from './tables.ts';
import { endLease, leaseAll, type leaseDue, nextDueAt, stateOf } from './target-leases.ts';

/** `lease` is how what is due is leased: by one process that works alone, or among several. */
export function targetsIn(db: Database, lease: typeof leaseDue): Targets {
  return {
    register: (targets, at) => register(db, targets, at),
    async get(id) {
      const row = await rowById(db, 'targets', id);
      return row === undefined ? null : stateOf(row);
    },
    list: (filter) => list(db, filter ?? {}),
    leaseDue: (now, until, owner, limit, among) =>
      lease(db, { now, until, owner }, limit, among ?? {}),
    nextDueAt: (now, watchers) => nextDueAt(db, now, watchers),
    async lease(id, now, until, owner) {
      const [lease] = await leaseAll(db, [id], { now, until, owner });
      return lease ?? null;
    },
    leaseAll: (ids, now, until, owner) => leaseAll(db, ids, { now, until, owner }),
    settle: (id, owner, update) => endLease(db, id, owner, TARGET.partOf(update)),
    release: (id, owner) => endLease(db, id, owner, {}),
    async expedite(id, dueAt) {
      await db
        .updateTable('targets')
        .set({ due_at: dueAt })
        .where('id', '=', id)
        .where('due_at', '>', moment(dueAt))
        .execute();
    },
    async linkedSince(since) {
      const rows = await db
        .selectFrom('targets')
        .selectAll()
        .where('linked_from', 'is not', null)
        .where('created_at', '>=', moment(since))
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(stateOf);
    },
    async firstPassAt(watcher) {
      const row = await db
        .selectFrom('first_passes')
        .select('at')
        .where('watcher', '=', watcher)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    recordFirstPass: (watcher, at) => addNew(db, 'first_passes', [{ watcher, at }]),
  };
}

async function list(
  db: Database,
  filter: NonNullable<Parameters<Targets['list']>[0]>,
): Promise<readonly TargetState[]> {
  const all = db.selectFrom('targets').selectAll().orderBy('id');
  const { watcher, kinds, off = false } = filter;
  const rows = await all
    .$if(watcher !== undefined, (query) => query.where('watcher', '=', watcher ?? ''))
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds ?? []))
    .$if(off, (query) => query.where(sql<boolean>`health like '%"state":"off"%'`))
    .execute();
  return rows.map(stateOf);
}

function register(
  db: Database,
  targets: readonly Target[],
  at: Instant,
): Promise<readonly TargetState[]> {
  return atomically(db, async (tx) => {
    const rows = await inChunks(targets, (chunk) =>
      tx
        .insertInto('targets')
        .values(chunk.map((target) => newRow(target, at)))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .execute(),
    );
    return rows.map(stateOf);
  });
}

function newRow({ id, watcher, kind, url, subject, linkedFrom }: Target, at: Instant): TargetRow {
  return {
    ...TARGET.rowOf({
      ...{ id, watcher, kind, url, subject, createdAt: at, dueAt: at },
      ...{ lastCheckAt: null, lastGoodAt: null, lastChangeAt: null, baselineAt: null },
      ...{ health: null, failures: 0, validators: null, fullAt: null, readBy: null },
      ...{ bodyHash: null, itemCount: null, suspectHash: null, awaitsRepeat: false },
    }),
    ...{ host: hostOf(url), lease_owner: null, lease_until: null, lease_tries: 0 },
    linked_from: linkedFrom === undefined ? null : toJson(linkedFrom),
  };
}
