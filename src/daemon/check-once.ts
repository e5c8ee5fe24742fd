import type { Alert } from '../domain/alert.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { TargetState } from '../domain/target.ts';
import { type Instant, SECOND } from '../domain/time.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { learnStoredSubjects } from '../pipeline/heard-subjects.ts';
import { quarantine } from '../pipeline/quarantine.ts';
import { reconsider } from '../pipeline/reconsider.ts';
import { isWanted, type Listed, registerTargets, type Watchlist } from '../pipeline/targets.ts';
import { type CheckLoopOptions, hostOf, openCheckLoop } from './check-loop.ts';
import { checkTarget } from './check-target.ts';
import { vendorChannels } from './fair-share.ts';
import { mendTimes } from './runtime.ts';

export interface RunOptions {
  /** Only these watchers; all when empty. */
  watchers: readonly string[];
  /** Only what is due; everything otherwise. */
  due: boolean;
  /** How many checks run side by side. */
  concurrency: number;
  /** How long one check may take, in milliseconds. */
  deadline: number;
  signal: AbortSignal;
  onChecked(report: CheckReport): void;
}

export interface RunSummary {
  reports: readonly CheckReport[];
  alerts: readonly Alert[];
}

/** What a pass reveals may itself reveal something; what comes after that is left to the next pass. */
const ROUNDS = 3;

/**
 * One pass over the targets: those there are, then those that the pass itself revealed or made due. Targets that another process
 * holds are left to it. A fault of the store ends the pass; every other fault is in the reports.
 */
export async function runOnce(
  context: PipelineContext,
  watchlist: Watchlist,
  options: RunOptions,
): Promise<RunSummary> {
  const reports: CheckReport[] = [];
  await mendTimes(context);
  await learnStoredSubjects(context);
  const listed = await registerTargets(context, watchlist);
  const source = options.due
    ? dueAt(context, options, context.clock.now())
    : among(context, await known(context, listed, options));
  await checkAll(context, listed, source, options, reports);
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = await registerTargets(context, watchlist, listed.wanted);
    const before = reports.length;
    await checkAll(context, now, dueAt(context, options, context.clock.now()), options, reports);
    if (reports.length === before) break;
  }
  const judged = await reconsider(context);
  return { reports, alerts: [...reports.flatMap(({ alerts }) => alerts), ...judged.alerts] };
}

type Source = CheckLoopOptions['lease'];

/** What was due when the pass began, asked for bit by bit: another runner may have had it meanwhile. */
function dueAt(context: PipelineContext, { watchers }: RunOptions, begun: Instant): Source {
  const { targets } = context.store;
  const running = [...context.watchers.keys()];
  const wanted = watchers.length === 0 ? running : running.filter((id) => watchers.includes(id));
  const first = vendorChannels(context.watchers);
  return (until, { hosts: exceptHosts }, limit) => {
    const filter = { watchers: wanted, first, exceptHosts, settled: limit > 1 };
    return targets.leaseDue(begun, until, context.owner, limit, filter);
  };
}

/** Given targets, due or not. */
function among({ store, clock, owner }: PipelineContext, targets: readonly TargetState[]): Source {
  let left = targets.map((target) => ({ id: target.id, host: hostOf(target) }));
  return async (until, { hosts }, limit) => {
    const asked = new Set(hosts);
    for (;;) {
      const next = left.filter(({ host }) => !asked.has(host)).slice(0, limit);
      if (next.length === 0) return [];
      const taken = new Set(next);
      left = left.filter((one) => !taken.has(one));
      const ids = next.map(({ id }) => id);
      const leases = await store.targets.leaseAll(ids, clock.now(), until, owner);
      if (leases.length > 0) return leases;
    }
  };
}

async function known(
  context: PipelineContext,
  { wanted }: Listed,
  options: RunOptions,
): Promise<readonly TargetState[]> {
  const targets = await context.store.targets.list();
  const now = context.clock.now();
  return targets.filter((target) => isWanted(target, wanted, now)).filter(within(options));
}

function within({ watchers }: RunOptions): (target: TargetState) => boolean {
  return ({ watcher }) => watchers.length === 0 || watchers.includes(watcher);
}

async function checkAll(
  context: PipelineContext,
  { wanted }: Listed,
  lease: Source,
  { concurrency, deadline, signal, onChecked }: RunOptions,
  reports: CheckReport[],
): Promise<void> {
  const faults: Error[] = [];
  const loop = openCheckLoop({
    ...{
      targets: context.store.targets,
      clock: context.clock,
      log: () => context.log,
      owner: context.owner,
    },
    ...{ limits: () => ({ concurrency, deadline }), lease },
    restOf: (host) => context.fetcher.restOf?.(host) ?? 0,
    async check(held, until, waited) {
      const report = await checkTarget(context, wanted, held, until, waited);
      if (report === null) return;
      reports.push(report);
      onChecked(report);
    },
    async quarantine(held, error) {
      const report = await quarantine(context, held, error);
      reports.push(report);
      onChecked(report);
    },
    onFault: (error) => void faults.push(error),
  });
  const stop = () => loop.cut();
  signal.addEventListener('abort', stop);
  if (!signal.aborted) await loop.untilIdle();
  signal.removeEventListener('abort', stop);
  await loop.close(SECOND);
  const [fault] = faults;
  if (fault !== undefined) throw fault;
}
