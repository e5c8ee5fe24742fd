import { sql } from 'kysely';
import { StoreError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, fromJsonOrNull, moment } from './columns.ts';
import { type Database, inChunks, unleased } from './database.ts';
import type { Lease, LeaseFilter } from './ports/work.ts';
import type { TargetRow } from './tables.ts';

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

export async function leaseDue(
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

/**
 * Leases what is due where workers on several machines ask at the same time: none waits for the rows that another is
 * about to take, and none takes what lies at a host that another is at, or that still has its pause.
 */
export async function leaseDueShared(
  db: Database,
  term: LeaseTerm,
  limit: number,
  { watchers, first = [], exceptHosts = [], settled = false }: LeaseFilter,
): Promise<readonly Lease[]> {
  if (watchers?.length === 0) return [];
  const { until, owner } = term;
  const now = moment(term.now);
  const rows = await db
    // A query of its own, so that no plan asks for the next rows more than once.
    .with('next', (due) =>
      due
        .selectFrom('targets')
        .select('id')
        .where('due_at', '<=', now)
        .where(unleased(now))
        .$if(settled, (query) => query.where('lease_tries', '=', 0))
        .$if(exceptHosts.length > 0, (query) => query.where('host', 'not in', exceptHosts))
        .$if(watchers !== undefined, (query) => query.where('watcher', 'in', watchers ?? []))
        .where(isFree(now, owner))
        .orderBy('due_at')
        .$if(first.length > 0, (query) => query.orderBy(comesLater(first)))
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('targets')
    .set({ lease_owner: owner, lease_until: until })
    .set((row) => ({ lease_tries: row('lease_tries', '+', 1) }))
    .where('id', 'in', (next) => next.selectFrom('next').select('next.id'))
    .returningAll('targets')
    .returning(unread)
    .execute();
  return inOrder(rows, first).map((row) => leaseOf(row, term));
}

/** Nobody else has leased a target at its host, has the turn there, or has just left it. */
function isFree(now: Instant, owner: string) {
  return sql<boolean>`not exists (
    select 1 from targets as other
    where other.host = targets.host and other.lease_until > ${now} and other.lease_owner <> ${owner}
  ) and not exists (
    select 1 from host_turns
    where host_turns.host = targets.host
      and (free_at > ${now} or (until > ${now} and owner <> ${owner}))
  )`;
}

/** 0 for what comes first of all that is due at the same moment. */
function comesLater(first: readonly string[]) {
  const watchers = sql.join(first.map((watcher) => sql.val(watcher)));
  return sql<number>`case when watcher in (${watchers}) then 0 else 1 end`;
}

type Queued = Pick<TargetRow, 'id' | 'due_at' | 'watcher'>;

/** The longest due first; of those alike, the given watchers'. */
function inOrder<T extends Queued>(rows: readonly T[], first: readonly string[]): T[] {
  const preferred = new Set(first);
  const rank = ({ watcher }: Queued) => (preferred.has(watcher) ? 0 : 1);
  return [...rows].sort(
    (a, b) => compare(a.due_at, b.due_at) || rank(a) - rank(b) || compare(a.id, b.id),
  );
}

export async function nextDueAt(
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

export async function leaseAll(
  db: Database,
  ids: readonly TargetId[],
  term: LeaseTerm,
): Promise<readonly Lease[]> {
  const now = moment(term.now);
  const rows = await inChunks(ids, (chunk) =>
    leasing(db, term)
      .where('id', 'in', chunk)
      .where(unleased(now))
      .returningAll()
      .returning(unread)
      .execute(),
  );
  return rows.map((row) => leaseOf(row, term)).sort((a, b) => compare(a.target.id, b.target.id));
}

/** Asked of the few rows that were leased, by an index that holds nothing but unread answers. */
const unread = sql<number | boolean>`exists (
  select 1 from snapshots where snapshots.target = targets.id and snapshots.read_at is null
)`.as('unread');

function leaseOf(
  row: TargetRow & { unread: number | boolean },
  { owner, until }: LeaseTerm,
): Lease {
  const hasUnread = Boolean(row.unread);
  return { target: stateOf(row), owner, until, tries: row.lease_tries, hasUnread };
}

export async function endLease(
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

/** Written out, because every check begins with it: the mapper of all records takes some microseconds more. */
export function stateOf(row: TargetRow): TargetState {
  return {
    id: row.id,
    watcher: row.watcher,
    kind: row.kind,
    url: row.url,
    subject: row.subject,
    ...(row.linked_from === null ? {} : { linkedFrom: fromJson(row.linked_from) }),
    createdAt: row.created_at,
    dueAt: row.due_at,
    lastCheckAt: row.last_check_at,
    lastGoodAt: row.last_good_at,
    lastChangeAt: row.last_change_at,
    baselineAt: row.baseline_at,
    health: fromJsonOrNull(row.health),
    failures: row.failures,
    validators: fromJsonOrNull(row.validators),
    fullAt: row.full_at,
    readBy: row.read_by,
    bodyHash: row.body_hash,
    itemCount: row.item_count,
    suspectHash: row.suspect_hash,
    awaitsRepeat: row.awaits_repeat === 1,
  };
}
