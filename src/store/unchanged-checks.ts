import { sql } from 'kysely';
import type { CheckId, TargetId } from '../domain/ids.ts';
import { GOOD } from './checks.ts';
import type { Database } from './database.ts';
import { prepared } from './database.ts';
import type { UnchangedCheck } from './ports/work.ts';
import { batchOf } from './sqlite-dialect.ts';
import { lostLease } from './target-leases.ts';

/** All in one statement, where each is a trip over a network; it gives back those whose lease still held. */
type SettleAtOnce = (
  db: Database,
  checks: readonly UnchangedCheck[],
) => Promise<ReadonlySet<CheckId>>;

interface Waiting {
  check: UnchangedCheck;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Checks that found nothing new, committed together: those that end in one turn of the event loop share a transaction.
 * Each still ends for its caller when it is committed, and one that lost its lease fails alone.
 */
export function unchangedChecksIn(
  db: Database,
  atOnce: SettleAtOnce | null = null,
): (check: UnchangedCheck) => Promise<void> {
  // Built when first used: a transaction that needs none should not pay for them.
  let statements: Statements | null = null;
  let waiting: Waiting[] = [];

  function settle(checks: readonly UnchangedCheck[]): Promise<ReadonlySet<CheckId>> {
    if (atOnce !== null) return atOnce(db, checks);
    statements ??= statementsFor(db);
    return settleAll(db, statements, checks);
  }

  async function commitAll(): Promise<void> {
    const all = waiting;
    waiting = [];
    try {
      const held = await settle(all.map(({ check }) => check));
      for (const one of all) {
        const { id, target, owner } = one.check;
        if (held.has(id)) one.resolve();
        else one.reject(lostLease(target, owner));
      }
    } catch (thrown) {
      for (const { reject } of all) reject(thrown);
    }
  }

  return (check) =>
    new Promise((resolve, reject) => {
      waiting.push({ check, resolve, reject });
      if (waiting.length === 1) setImmediate(() => void commitAll());
    });
}

type Statements = ReturnType<typeof statementsFor>;

/** All in one batch; gives back those whose lease still held. */
async function settleAll(
  db: Database,
  statements: Statements,
  checks: readonly UnchangedCheck[],
): Promise<ReadonlySet<CheckId>> {
  const [first, ...others] = checks.flatMap((check) => [
    statements.repeat(check),
    statements.settle(check),
  ]);
  if (first === undefined) return new Set();
  const { rows } = await db.executeQuery<{ changes: number }>(batchOf([first, ...others]));
  const held = checks.filter((_check, at) => rows[at * 2 + 1]?.changes === 1);
  return new Set(held.map(({ id }) => id));
}

function statementsFor(db: Database) {
  return {
    settle: prepared<UnchangedCheck>((place) =>
      db
        .updateTable('targets')
        .set(({ fn, ref, val }) => ({
          due_at: place('dueAt'),
          last_check_at: place('at'),
          last_good_at: place('at'),
          full_at: fn.coalesce(val(place('fullAt')), ref('full_at')),
          ...{ lease_owner: null, lease_until: null, lease_tries: 0 },
        }))
        .where('id', '=', place('target') as TargetId)
        .where('lease_owner', '=', place('owner')),
    ),
    // Before the lease ends, and only while it holds. What the last good check showed is copied where it lies.
    repeat: prepared<UnchangedCheck>((place) =>
      db
        .insertInto('checks')
        .columns(['id', 'target', 'watcher', 'at', 'outcome', 'shows'])
        .expression(({ selectFrom, val }) =>
          selectFrom('targets')
            .select((row) => [
              val(place('id')).as('id'),
              'targets.id as target',
              'targets.watcher',
              val(place('at')).as('at'),
              val(place('outcome')).as('outcome'),
              row
                .selectFrom('checks as earlier')
                .select('earlier.shows')
                .where('earlier.target', '=', place('target'))
                .where('earlier.at', '<=', place('at'))
                .where('earlier.outcome', 'in', GOOD)
                .orderBy('earlier.at', 'desc')
                .orderBy('earlier.id', 'desc')
                .limit(1)
                .as('shows'),
            ])
            .where('targets.id', '=', place('target') as TargetId)
            .where('targets.lease_owner', '=', place('owner')),
        )
        .onConflict((conflict) => conflict.doNothing()),
    ),
  };
}

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
