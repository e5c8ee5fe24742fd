import { sql } from 'kysely';
import { StoreError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Target, TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { moment } from './columns.ts';
import { atomically, chunksOf, type Database, unleased } from './database.ts';
import type { Lease, LeaseFilter, Targets } from './ports/work.ts';
import type { TargetRow } from './tables.ts';
import { newRow, rowOf, stateOf } from './target-rows.ts';

/** How what is due is leased: by one process that works alone, or among several. */
type LeaseDue = typeof leaseDue;

export function targetsIn(db: Database, lease: LeaseDue = leaseDue): Targets {
  return {
    register: (targets, at) => register(db, targets, at),
    get: (id) => get(db, id),
    list: (filter) => list(db, filter ?? {}),
    leaseDue: (now, until, owner, limit, among) =>
      lease(db, { now, until, owner }, limit, among ?? {}),
    nextDueAt: (now, watchers) => nextDueAt(db, now, watchers),
    async lease(id, now, until, owner) {
      const [lease] = await leaseAll(db, [id], { now, until, owner });
      return lease ?? null;
    },
    leaseAll: (ids, now, until, owner) => leaseAll(db, ids, { now, until, owner }),
    settle: (id, owner, update) => endLease(db, id, owner, rowOf(update)),
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
    async recordFirstPass(watcher, at) {
      await db
        .insertInto('first_passes')
        .values({ watcher, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
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

async function get(db: Database, id: TargetId): Promise<TargetState | null> {
  const row = await db.selectFrom('targets').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : stateOf(row);
}

function register(
  db: Database,
  targets: readonly Target[],
  at: Instant,
): Promise<readonly TargetState[]> {
  return atomically(db, async (tx) => {
    const added: TargetState[] = [];
    for (const chunk of chunksOf(targets)) {
      const rows = await tx
        .insertInto('targets')
        .values(chunk.map((target) => newRow(target, at)))
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .execute();
      added.push(...rows.map(stateOf));
    }
    return added;
  });
}

export interface LeaseTerm {
  now: Instant;
  until: Instant;
  owner: string;
}

function leasing(db: Database, { until, owner }: LeaseTerm) {
  return db
    .updateTable('targets')
    .set({ lease_owner: owner, lease_until: until })
    .set((row) => ({ lease_tries: row('lease_tries', '+', 1) }));
}

async function leaseDue(
  db: Database,
  term: LeaseTerm,
  limit: number,
  { watchers, first = [], exceptHosts = [], settled = false }: LeaseFilter,
): Promise<readonly Lease[]> {
  const { now } = term;
  if (watchers?.length === 0) return [];
  const rows = await leasing(db, term)
    .where('id', 'in', (due) =>
      due
        .selectFrom('targets')
        .select('id')
        .where('due_at', '<=', moment(now))
        .where(unleased(now))
        .$if(settled, (query) => query.where('lease_tries', '=', 0))
        .$if(exceptHosts.length > 0, (query) => query.where('host', 'not in', exceptHosts))
        // Wrapped, so that SQLite walks along what is due instead of sorting every target of these watchers.
        .$if(watchers !== undefined, (query) =>
          query.where(({ fn, val }) => fn.coalesce('watcher', val('')), 'in', watchers ?? []),
        )
        .orderBy('due_at')
        .$if(first.length > 0, (query) => query.orderBy(comesLater(first)))
        .limit(limit),
    )
    // Said again for the row itself: on Postgres another process may have taken it since the inner query saw it. The
    // wrapped column keeps SQLite from going through all that is due instead of the ids.
    .where((row) => row(row.fn.coalesce('due_at', row.val(now)), '<=', now))
    .where(unleased(now))
    .returningAll()
    .returning(unread)
    .execute();
  return inOrder(rows, first).map((row) => leaseOf(row, term));
}

/** 0 for what comes first of all that is due at the same moment. */
export function comesLater(first: readonly string[]) {
  const watchers = sql.join(first.map((watcher) => sql.val(watcher)));
  return sql<number>`case when watcher in (${watchers}) then 0 else 1 end`;
}

type Queued = Pick<TargetRow, 'id' | 'due_at' | 'watcher'>;

/** The longest due first; of those alike, the given watchers'. */
export function inOrder<T extends Queued>(rows: readonly T[], first: readonly string[]): T[] {
  const preferred = new Set(first);
  const rank = ({ watcher }: Queued) => (preferred.has(watcher) ? 0 : 1);
  return [...rows].sort(
    (a, b) => compare(a.due_at, b.due_at) || rank(a) - rank(b) || compare(a.id, b.id),
  );
}

async function nextDueAt(
  db: Database,
  now: Instant,
  watchers: readonly string[],
): Promise<Instant | null> {
  if (watchers.length === 0) return null;
  const next = await db
    .selectFrom('targets')
    .select('due_at')
    .where(unleased(moment(now)))
    .where(({ fn, val }) => fn.coalesce('watcher', val('')), 'in', watchers)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return next?.due_at ?? null;
}

async function leaseAll(
  db: Database,
  ids: readonly TargetId[],
  term: LeaseTerm,
): Promise<readonly Lease[]> {
  const now = moment(term.now);
  const leases: Lease[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows = await leasing(db, term)
      .where('id', 'in', chunk)
      .where(unleased(now))
      .returningAll()
      .returning(unread)
      .execute();
    leases.push(...rows.map((row) => leaseOf(row, term)));
  }
  return leases.sort((a, b) => compare(a.target.id, b.target.id));
}

/** Asked of the few rows that were leased, by an index that holds nothing but unread answers. */
export const unread = sql<number | boolean>`exists (
  select 1 from snapshots where snapshots.target = targets.id and snapshots.read_at is null
)`.as('unread');

export function leaseOf(
  row: TargetRow & { unread: number | boolean },
  { owner, until }: LeaseTerm,
): Lease {
  const hasUnread = Boolean(row.unread);
  return { target: stateOf(row), owner, until, tries: row.lease_tries, hasUnread };
}

async function endLease(
  db: Database,
  id: TargetId,
  owner: string,
  update: Partial<TargetRow>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('targets')
    .set({ ...update, lease_owner: null, lease_until: null, lease_tries: 0 })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return;
  throw lostLease(id, owner);
}

export function lostLease(id: TargetId, owner: string): StoreError {
  return new StoreError(
    'conflict',
    `The lease of ${id} is no longer held by ${owner}: it ran out and another runner took the target`,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
