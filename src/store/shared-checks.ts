import { sql } from 'kysely';
import type { CheckId } from '../domain/ids.ts';
import { GOOD } from './checks.ts';
import type { Database } from './database.ts';
import type { UnchangedCheck } from './ports/work.ts';

/**
 * Ends the leases of many checks that found nothing new, and adds the checks, in one statement: over a network each
 * statement is a trip. Gives back those whose lease still held.
 */
export async function settleAtOnce(
  db: Database,
  checks: readonly UnchangedCheck[],
): Promise<ReadonlySet<CheckId>> {
  const given = checks.map(
    ({ id, target, watcher, at, outcome, owner, dueAt, fullAt }) =>
      sql`(${id}::text, ${target}::text, ${watcher}::text, ${at}::text, ${outcome}::text, ${owner}::text, ${dueAt}::text, ${fullAt}::text)`,
  );
  const good = sql.join(GOOD.map((outcome) => sql.lit(outcome)));
  const { rows } = await sql<{ id: CheckId }>`
    with given (id, target, watcher, at, outcome, owner, due_at, full_at) as (values ${sql.join(given)}),
    held as (
      update targets set due_at = given.due_at, last_check_at = given.at, last_good_at = given.at,
        full_at = coalesce(given.full_at, targets.full_at),
        lease_owner = null, lease_until = null, lease_tries = 0
      from given where targets.id = given.target and targets.lease_owner = given.owner
      returning given.id
    ),
    added as (
      insert into checks (id, target, watcher, at, outcome, snapshot, failure, shows)
      select given.id, target, watcher, at, outcome, null, null, (
        select earlier.shows from checks as earlier
        where earlier.target = given.target and earlier.at <= given.at and earlier.outcome in (${good})
        order by earlier.at desc, earlier.id desc limit 1
      ) from given join held on held.id = given.id
      on conflict do nothing
    )
    select id from held
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}
