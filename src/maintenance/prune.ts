import type { Config } from '../config/config.ts';
import { prunableChecks } from '../core/schedule/prunable-checks.ts';
import { millisecondsIn } from '../core/schedule/timetable.ts';
import type { Clock } from '../domain/clock.ts';
import { DAY, type Instant, plus } from '../domain/time.ts';
import type { Maintenance, OldCheck } from '../store/ports/pages.ts';
import type { Store } from '../store/store.ts';

/** What is kept, and how long, in milliseconds. */
export interface Retention {
  /** Snapshots that nothing rests on. */
  snapshots: number;
  /** The newest snapshots of each target stay, however old. */
  keep: number;
  /** Every check; those older are thinned to one a day. */
  checks: number;
}

export interface Pruned {
  snapshots: number;
  bodies: number;
  checks: number;
  /** Bytes given back to the disk. */
  freed: number;
}

/** Rows in one write: others wait no longer than for a few milliseconds. */
const BATCH = 200;

/** Of how many targets the old checks are read at a time. */
const TARGETS = 16;

/** What belongs to no row at the place for bodies is left there this long: it may be on its way to its row. */
const SPARED = DAY;

/** Pages given back at a time. */
const PAGES = 500;

/** Free pages that are left to be filled again, in bytes. */
const LEFT_FREE = 4 * 1024 * 1024;

/**
 * Removes what is too old and what nothing rests on, a few rows at a time, and gives the room back. What is cited as
 * evidence, what changed, and the checks that a judgement rests on stay.
 */
export async function prune(
  { store, clock }: { store: Store; clock: Clock },
  retention: Retention,
  signal: AbortSignal,
): Promise<Pruned> {
  const { maintenance } = store;
  const now = clock.now();
  const pruned: Pruned = { snapshots: 0, bodies: 0, checks: 0, freed: 0 };
  const before = plus(now, -retention.snapshots);
  while (!signal.aborted) {
    const spare = await maintenance.prunableSnapshots(before, retention.keep, BATCH);
    if (spare.length === 0) break;
    pruned.bodies += await maintenance.removeSnapshots(spare);
    pruned.snapshots += spare.length;
  }
  while (!signal.aborted && (await maintenance.removeSpareObjects(plus(now, -SPARED))) > 0);
  pruned.checks = await pruneChecks(store, plus(now, -retention.checks), signal);
  pruned.freed = await giveBack(store, signal);
  return pruned;
}

/** Removes what nobody needs of old checks. */
async function pruneChecks(
  { maintenance }: Store,
  before: Instant,
  signal: AbortSignal,
): Promise<number> {
  const often = await maintenance.oftenChecked(before);
  const moments = often.length === 0 ? [] : await maintenance.judgedAt();
  let removed = 0;
  for (let at = 0; at < often.length && !signal.aborted; at += TARGETS) {
    const targets = often.slice(at, at + TARGETS);
    const checks = await maintenance.checksBefore(targets, before);
    const spare = targets.flatMap((target) => {
      const own = checks.filter((check) => check.target === target);
      const ids = new Set(prunableChecks(own, moments));
      return own.filter(({ id }) => ids.has(id));
    });
    removed += await removeAll(maintenance, spare, signal);
  }
  return removed;
}

async function removeAll(
  maintenance: Maintenance,
  checks: readonly OldCheck[],
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (let at = 0; at < checks.length && !signal.aborted; at += BATCH) {
    const batch = checks.slice(at, at + BATCH);
    await maintenance.removeChecks(batch);
    removed += batch.length;
  }
  return removed;
}

async function giveBack({ maintenance }: Store, signal: AbortSignal): Promise<number> {
  const { total } = await maintenance.diskUsage();
  for (let last = -1; !signal.aborted; ) {
    const { free } = await maintenance.diskUsage();
    // A file of an older program gives nothing back.
    if (free <= LEFT_FREE || free === last) break;
    last = free;
    await maintenance.compact(PAGES);
  }
  return Math.max(0, total - (await maintenance.diskUsage()).total);
}

/** What a config wants kept. */
export function retentionOf({ retention }: Pick<Config, 'retention'>): Retention {
  const { snapshots, keep, checks } = retention;
  return { snapshots: millisecondsIn(snapshots), keep, checks: millisecondsIn(checks) };
}
