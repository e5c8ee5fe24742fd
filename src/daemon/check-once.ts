import type { Alert } from '../domain/alert.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { TargetState } from '../domain/target.ts';
import { type Instant, SECOND } from '../domain/time.ts';
import type { Line } from '../pipeline/context.ts';
import { learnOthers, reconsider } from '../pipeline/judge-subjects.ts';
import { setAside } from '../pipeline/quarantine.ts';
import { isWanted, type Listed, registerTargets, type Watchlist } from '../pipeline/targets.ts';
import type { Lease } from '../store/store.ts';
import { hostOf, openCheckLoop } from './check-loop.ts';
import { attend } from './check-target.ts';

export interface PassOptions {
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

export interface PassSummary {
  reports: readonly CheckReport[];
  alerts: readonly Alert[];
}

/** What a pass reveals may itself reveal something; what comes after that is left to the next pass. */
const ROUNDS = 3;

/**
 * One pass over the targets: those there are, then those that the pass itself revealed or made due. Targets that another process
 * holds are left to it. A fault of the store ends the pass; every other fault is in the reports.
 */
export async function runPass(
  line: Line,
  watchlist: Watchlist,
  options: PassOptions,
): Promise<PassSummary> {
  const reports: CheckReport[] = [];
  await learnOthers(line);
  const listed = await registerTargets(line, watchlist);
  const source = options.due
    ? dueAt(line, options, line.clock.now())
    : among(line, await known(line, listed, options));
  await checkAll(line, listed, source, options, reports);
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = await registerTargets(line, watchlist);
    const before = reports.length;
    await checkAll(line, now, dueAt(line, options, line.clock.now()), options, reports);
    if (reports.length === before) break;
  }
  const judged = await reconsider(line);
  return { reports, alerts: [...reports.flatMap(({ alerts }) => alerts), ...judged.alerts] };
}

type Source = (until: Instant, exceptHosts: readonly string[]) => Promise<Lease | null>;

/** What was due when the pass began, asked for one by one: another runner may have had it meanwhile. */
function dueAt(line: Line, { watchers }: PassOptions, begun: Instant): Source {
  const { targets } = line.store;
  const running = [...line.watchers.keys()];
  const wanted = watchers.length === 0 ? running : running.filter((id) => watchers.includes(id));
  return async (until, exceptHosts) => {
    const filter = { watchers: wanted, exceptHosts };
    const [lease] = await targets.leaseDue(begun, until, line.owner, 1, filter);
    return lease ?? null;
  };
}

/** Given targets, due or not. */
function among({ store, clock, owner }: Line, targets: readonly TargetState[]): Source {
  const left = [...targets];
  return async (until, exceptHosts) => {
    for (;;) {
      const at = left.findIndex((target) => !exceptHosts.includes(hostOf(target)));
      const [target] = at === -1 ? [] : left.splice(at, 1);
      if (target === undefined) return null;
      const lease = await store.targets.lease(target.id, clock.now(), until, owner);
      if (lease !== null) return lease;
    }
  };
}

async function known(
  line: Line,
  { wanted }: Listed,
  options: PassOptions,
): Promise<readonly TargetState[]> {
  const targets = await line.store.targets.list();
  const now = line.clock.now();
  return targets.filter((target) => isWanted(target, wanted, now)).filter(within(options));
}

function within({ watchers }: PassOptions): (target: TargetState) => boolean {
  return ({ watcher }) => watchers.length === 0 || watchers.includes(watcher);
}

async function checkAll(
  line: Line,
  { wanted }: Listed,
  lease: Source,
  { concurrency, deadline, signal, onChecked }: PassOptions,
  reports: CheckReport[],
): Promise<void> {
  const faults: Error[] = [];
  const loop = openCheckLoop({
    ...{ targets: line.store.targets, clock: line.clock, log: () => line.log, owner: line.owner },
    ...{ limits: () => ({ concurrency, deadline }), lease },
    async check(held, until) {
      const report = await attend(line, wanted, held, until);
      if (report === null) return;
      reports.push(report);
      onChecked(report);
    },
    async setAside(held, error) {
      const report = await setAside(line, held, error);
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
