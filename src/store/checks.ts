import { createHash } from 'node:crypto';
import { type Check, type CheckOutcome, isGood } from '../domain/check.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { fromJson, type Json, moment, toJson } from './columns.ts';
import { addNew, atomically, type Database } from './database.ts';
import type { Checks } from './ports/work.ts';
import { CHECK } from './records.ts';
import type { CheckRow } from './tables.ts';

/** A longer list of shown subjects is stored once, however many checks saw the same. */
const LONGEST_INLINE = 80;

export const GOOD = ['present', 'silent'] as const satisfies readonly CheckOutcome[];

export function checksIn(db: Database, settleUnchanged: Checks['settleUnchanged']): Checks {
  return {
    add: (check) => add(db, check),
    repeat: (check) => repeat(db, check),
    settleUnchanged,
    latest: (targets, at) => latest(db, targets, at),
    async list(target, limit) {
      const rows = await db
        .selectFrom('checks')
        .leftJoin('shown', 'shown.hash', 'checks.shows')
        .selectAll('checks')
        .select('shown.subjects')
        .where('checks.target', '=', target)
        .orderBy('checks.at', 'desc')
        .orderBy('checks.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(checkOf);
    },
  };
}

function add(db: Database, check: Check): Promise<void> {
  const subjects = toJson(check.shows);
  if (subjects.length <= LONGEST_INLINE) return insert(db, check, subjects);
  const hash = createHash('sha256').update(subjects).digest('hex').slice(0, 32);
  return atomically(db, async (tx) => {
    await addNew(tx, 'shown', [{ hash, subjects }]);
    await insert(tx, check, hash);
  });
}

/** One statement: what the last good check showed is copied where it lies. */
async function repeat(db: Database, check: Parameters<Checks['repeat']>[0]): Promise<void> {
  const { id, target, watcher, at, outcome, snapshot } = check;
  await db
    .insertInto('checks')
    .values(({ selectFrom }) => ({
      ...{ id, target, watcher, at, outcome, snapshot },
      failure: null,
      shows: selectFrom('checks as earlier')
        .select('earlier.shows')
        .where('earlier.target', '=', target)
        .where('earlier.at', '<=', at)
        .where('earlier.outcome', 'in', GOOD)
        .orderBy('earlier.at', 'desc')
        .orderBy('earlier.id', 'desc')
        .limit(1),
    }))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function insert(db: Database, check: Check, shows: string): Promise<void> {
  const row = { ...CHECK.rowOf(check), shows: check.shows.length === 0 ? null : shows };
  await addNew(db, 'checks', [row]);
}

async function latest(
  db: Database,
  targets: readonly TargetId[],
  at: Instant,
): Promise<readonly Check[]> {
  if (targets.length === 0) return [];
  const rows = await latestChecks(db, targets, moment(at)).execute();
  const last = new Map<TargetId, Check>();
  const lastGood = new Map<TargetId, Check>();
  for (const check of rows.map(checkOf)) {
    keepLater(last, check);
    if (isGood(check.outcome)) keepLater(lastGood, check);
  }
  return [...new Set([...last.values(), ...lastGood.values()])];
}

/** Of two checks at one moment the one of the greater id counts as the later. */
function keepLater(kept: Map<TargetId, Check>, check: Check): void {
  const known = kept.get(check.target);
  const isLater = known === undefined || [known.at, known.id] < [check.at, check.id];
  if (isLater) kept.set(check.target, check);
}

/** For each target two steps back along the order of the table: to the last check, and to the last good one. */
function latestChecks(db: Database, targets: readonly TargetId[], at: Instant) {
  return lastOf(db, targets, at, null).unionAll(lastOf(db, targets, at, GOOD));
}

function lastOf(
  db: Database,
  targets: readonly TargetId[],
  at: Instant,
  outcomes: readonly CheckOutcome[] | null,
) {
  return db
    .selectFrom('targets')
    .innerJoin('checks', 'checks.target', 'targets.id')
    .leftJoin('shown', 'shown.hash', 'checks.shows')
    .selectAll('checks')
    .select('shown.subjects')
    .where('targets.id', 'in', targets)
    .where('checks.at', '=', ({ selectFrom }) =>
      selectFrom('checks as earlier')
        .select(({ fn }) => fn.max('earlier.at').as('at'))
        .whereRef('earlier.target', '=', 'targets.id')
        .where('earlier.at', '<=', at)
        .$if(outcomes !== null, (query) => query.where('earlier.outcome', 'in', outcomes ?? [])),
    );
}

interface Shown {
  subjects: Json<readonly string[]> | null;
}

function checkOf(row: CheckRow & Shown): Check {
  return { ...CHECK.recordOf(row), shows: shownIn(row) };
}

function shownIn({ shows, subjects }: Pick<CheckRow, 'shows'> & Shown): readonly string[] {
  if (subjects !== null) return fromJson(subjects);
  return shows === null ? [] : fromJson(shows as Json<readonly string[]>);
}
