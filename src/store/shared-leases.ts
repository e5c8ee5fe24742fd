import { sql } from 'kysely';
import type { Instant } from '../domain/time.ts';
import { moment } from './columns.ts';
import { type Database, unleased } from './database.ts';
import type { Lease, LeaseFilter } from './ports/work.ts';
import { comesLater, inOrder, type LeaseTerm, leaseOf, unread } from './targets.ts';

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
