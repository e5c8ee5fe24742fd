import PQueue from 'p-queue';
import type { Alert } from '../domain/alert.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { TargetState } from '../domain/target.ts';
import { MINUTE, plus } from '../domain/time.ts';
import { check } from '../pipeline/check.ts';
import type { Line } from '../pipeline/line.ts';
import { registerTargets, type Watchlist } from '../pipeline/targets.ts';
import { reconsider } from '../pipeline/verdicts.ts';
import type { Lease } from '../store/store.ts';

/** How long one check may take before it is given up, and before another process may take its target over. */
const DEADLINE = 2 * MINUTE;
const LEASE = 5 * MINUTE;
const SIDE_BY_SIDE = 8;

export interface PassOptions {
  /** Only these watchers; all when empty. */
  watchers: readonly string[];
  /** Only what is due; everything otherwise. */
  due: boolean;
  signal: AbortSignal;
  onChecked(report: CheckReport): void;
}

export interface PassSummary {
  reports: readonly CheckReport[];
  alerts: readonly Alert[];
}

/**
 * One pass over the targets: those there are, then those that the pass itself revealed. Targets that another process
 * holds are left to it. A fault of the store ends the pass; every other fault is in the reports.
 */
export async function runPass(
  line: Line,
  watchlist: Watchlist,
  options: PassOptions,
): Promise<PassSummary> {
  const reports: CheckReport[] = [];
  await registerTargets(line, watchlist);
  await checkAll(line, await leases(line, options), options, reports);
  const revealed = await registerTargets(line, watchlist);
  await checkAll(line, await leaseEach(line, revealed.filter(within(options))), options, reports);
  const judged = await reconsider(line);
  return { reports, alerts: [...reports.flatMap(({ alerts }) => alerts), ...judged.alerts] };
}

function within({ watchers }: PassOptions): (target: TargetState) => boolean {
  return ({ watcher }) => watchers.length === 0 || watchers.includes(watcher);
}

async function leases(line: Line, options: PassOptions): Promise<readonly Lease[]> {
  const now = line.clock.now();
  const known = (await line.store.targets.list()).filter(({ watcher }) =>
    line.watchers.has(watcher),
  );
  const wanted = known.filter(within(options));
  return leaseEach(line, options.due ? wanted.filter(({ dueAt }) => dueAt <= now) : wanted);
}

async function leaseEach(line: Line, targets: readonly TargetState[]): Promise<readonly Lease[]> {
  const now = line.clock.now();
  const until = plus(now, LEASE);
  const held: Lease[] = [];
  for (const { id } of targets) {
    const lease = await line.store.targets.lease(id, now, until, line.owner);
    if (lease !== null) held.push(lease);
  }
  return held;
}

async function checkAll(
  line: Line,
  held: readonly Lease[],
  { signal, onChecked }: PassOptions,
  reports: CheckReport[],
): Promise<void> {
  const queue = new PQueue({ concurrency: SIDE_BY_SIDE });
  await queue.addAll(
    held.map((lease) => async () => {
      if (signal.aborted) {
        await line.store.targets.release(lease.target.id, lease.owner);
        return;
      }
      const report = await check(
        line,
        lease,
        AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]),
      );
      reports.push(report);
      onChecked(report);
    }),
  );
}
