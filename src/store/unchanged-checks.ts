import type { Kysely } from 'kysely';
import type { TargetId } from '../domain/ids.ts';
import { GOOD } from './checks.ts';
import type { Database } from './database.ts';
import type { UnchangedCheck } from './ports/targets.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';
import { lostLease } from './targets.ts';

interface Waiting {
  check: UnchangedCheck;
  resolve(): void;
  reject(error: unknown): void;
}

/** Runs work in a transaction, again when another writer was in the way. */
type Transact = <T>(work: (tx: Database) => Promise<T>) => Promise<T>;

/**
 * Checks that found nothing new, committed together: those that end in one turn of the event loop share a transaction.
 * Each still ends for its caller when it is committed, and one that lost its lease fails alone.
 */
export function unchangedChecksIn(
  db: Kysely<Tables>,
  transact: Transact,
): (check: UnchangedCheck) => Promise<void> {
  // Built when first used: a transaction that needs none should not pay for them.
  let statements: Statements | null = null;
  let waiting: Waiting[] = [];

  async function commitAll(): Promise<void> {
    const all = waiting;
    waiting = [];
    try {
      const compiled = statements ?? statementsFor(db);
      statements = compiled;
      const held = await transact((tx) => settleAll(tx, compiled, all));
      for (const [at, one] of all.entries()) {
        const { target, owner } = one.check;
        if (held[at] === true) one.resolve();
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

/** Whether each still held its lease. */
async function settleAll(
  tx: Database,
  statements: Statements,
  all: readonly Waiting[],
): Promise<readonly boolean[]> {
  const held: boolean[] = [];
  for (const { check } of all) {
    const { numAffectedRows } = await tx.executeQuery(statements.settle(check));
    const isHeld = numAffectedRows === 1n;
    if (isHeld) await tx.executeQuery(statements.repeat(check));
    held.push(isHeld);
  }
  return held;
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
    // What the last good check showed is copied where it lies.
    repeat: prepared<UnchangedCheck>((place) =>
      db
        .insertInto('checks')
        .values(({ selectFrom }) => ({
          id: place('id'),
          target: place('target'),
          watcher: place('watcher'),
          at: place('at'),
          outcome: place('outcome'),
          snapshot: null,
          failure: null,
          shows: selectFrom('checks as earlier')
            .select('earlier.shows')
            .where('earlier.target', '=', place('target'))
            .where('earlier.at', '<=', place('at'))
            .where('earlier.outcome', 'in', GOOD)
            .orderBy('earlier.at', 'desc')
            .orderBy('earlier.id', 'desc')
            .limit(1),
        }))
        .onConflict((conflict) => conflict.doNothing()),
    ),
  };
}
