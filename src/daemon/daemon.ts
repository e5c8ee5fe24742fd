import { hostname } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import pTimeout from 'p-timeout';
import type { Config } from '../config/config.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import { DAY, type Instant, plus, SECOND } from '../domain/time.ts';
import { version } from '../package-root.ts';
import { quarantine } from '../pipeline/quarantine.ts';
import { reconsider } from '../pipeline/reconsider.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type CheckLoop, openCheckLoop } from './check-loop.ts';
import { checkTarget, logCheck } from './check-target.ts';
import { type DeliveryLoop, openDeliveryLoop } from './delivery-loop.ts';
import { partyOf, vendorChannels, watchersBeside } from './fair-share.ts';
import { type HealthServer, type ListenAddress, openHealthServer } from './health-server.ts';
import { openRuntimes, type Runtime, type Runtimes, refresh } from './runtime.ts';
import { plannedWork, runScheduledWork } from './scheduled-work.ts';
import { soonerLook, startTicks } from './ticks.ts';

export interface Daemon {
  /** The port that answers /healthz, /readyz and /metrics; null when none does. */
  port: number | null;
  /** Reads the config again. Throws `ConfigError`, and goes on as before, when it cannot be used. */
  reload(): Promise<void>;
  /** Starts nothing more, lets what runs end within the limit, and closes everything. */
  stop(): Promise<void>;
  /** Calls off what runs, so that stopping ends at once. */
  cut(): void;
  /** Resolves when it has stopped; rejects with the fault of the store that ended it. */
  ended: Promise<void>;
}

/** Seconds between two looks at what is due. */
const TICK = 2;

/** No two looks at what is due are closer, in milliseconds: what is due within it is leased together. */
const SOONEST = 250;

/** So many ticks are a minute: counted, because the clock may be set. */
const TICKS_A_MINUTE = 60 / TICK;

/** How often a worker tells of itself: others see within this time what it is at. */
const TICKS_A_REPORT = 10 / TICK;

/** A worker that was not heard of for so long is forgotten. */
const FORGOTTEN_AFTER = DAY;

/** What saying goodbye may take, in milliseconds: whoever does not is soon seen to be gone. */
const LEAVING = 2 * SECOND;

/** What is left of the time to end in for deliveries, however long the checks took, in milliseconds. */
const LEAST_FOR_DELIVERIES = 2 * SECOND;

/** What the daemon is made of; the composition builds it. */
export interface DaemonSetup {
  store: Store;
  clock: Clock;
  /** The clock of the machine, by which ticks come. */
  wallClock: Clock;
  /** Sets `clock` by that of the database, where machines share one. */
  alignClock?(): Promise<void>;
  /** Builds a runtime from the config as it stands. Throws `ConfigError`. */
  readRuntime(): Promise<Runtime>;
  /** Where a config and the command line want the health server; null for nowhere. */
  listenAddress(config: Config): ListenAddress | null;
  /** The database that a config and the command line name. */
  databaseUrl(config: Config): string;
  /** What a collector is told; the daemon's own to close. */
  telemetry: Telemetry;
}

/** Checks what is due, sends what is queued and does calendar work, until it is stopped. The store is its own to close. */
export async function startDaemon(setup: DaemonSetup): Promise<Daemon> {
  const { store, clock } = setup;
  try {
    const runtimes = await openRuntimes(setup.readRuntime);
    const { config } = runtimes.now();
    await planWork({ store, clock, runtimes });
    const stopping = new AbortController();
    const { telemetry } = setup;
    const seen = { store, clock, runtimes, telemetry, stopping: stopping.signal };
    const healthServer = await openHealthServer(seen, setup.listenAddress(config));
    return run({ ...setup, runtimes, url: setup.databaseUrl(config), stopping, healthServer });
  } catch (thrown) {
    await setup.telemetry.close();
    await store.close();
    throw thrown;
  }
}

interface DaemonParts extends DaemonSetup {
  runtimes: Runtimes;
  /** Where the database is that is open. */
  url: string;
  /** Aborted when the daemon is to stop. */
  stopping: AbortController;
  healthServer: HealthServer;
}

interface Running extends DaemonParts {
  loop: CheckLoop;
  deliveryLoop: DeliveryLoop;
  /** The work of each minute, and calendar work: never twice at a time, and neither waits for the other. */
  beside: Map<string, Promise<void>>;
  ticks: number;
  /** The look between two ticks, at the moment the next target is due. */
  soon: NodeJS.Timeout | undefined;
  lookedAt: Instant;
  startedAt: Instant;
  fail(error: Error): void;
}

function run(parts: DaemonParts): Daemon {
  let fault: Error | null = null;
  let stopped: Promise<void> | null = null;
  const fail = (error: Error) => {
    fault ??= error;
    void stop();
  };
  const deliveryLoop = openDeliveryLoop({
    ...parts,
    onDelivered: (report) => parts.healthServer.delivered(report),
    onFault: fail,
  });
  // What has just been checked may be due again before the next tick.
  const onIdle = () => void lookSoon(running).catch((thrown) => fail(asError(thrown)));
  const running: Running = {
    ...{ ...parts, deliveryLoop, fail, loop: checkLoopOf(parts, deliveryLoop, fail, onIdle) },
    ...{ beside: new Map(), ticks: 0, soon: undefined },
    ...{ startedAt: parts.clock.now(), lookedAt: parts.clock.now() },
  };
  const { log } = parts.runtimes.now().context;
  const onTick = () => tick(running);
  // What a wrong clock has put off is mended by the work of the minute, which then comes at once.
  const onJump = () => {
    running.ticks = 0;
  };
  const ticks = startTicks({ seconds: TICK, clock: parts.wallClock, log, onTick, onJump });
  const stop = () => {
    ticks.stop();
    stopped ??= shutDown(running);
    return stopped;
  };
  const ended = new Promise<void>((resolve) => {
    running.stopping.signal.addEventListener('abort', () => resolve());
  })
    .then(stop)
    .finally(() => {
      if (fault !== null) throw fault;
    });
  tick(running);
  return {
    ...{ ended, stop, port: parts.healthServer.port },
    reload: () => reload(running),
    cut() {
      running.loop.cut();
      deliveryLoop.cut();
    },
  };
}

function checkLoopOf(
  { store, clock, runtimes, healthServer }: DaemonParts,
  deliveryLoop: DeliveryLoop,
  onFault: (error: Error) => void,
  onIdle: () => void,
): CheckLoop {
  const checked = (runtime: Runtime, report: CheckReport | null) => {
    if (report === null) return;
    logCheck(runtime.context.log, report);
    healthServer.checked(report);
    if (report.alerts.length > 0) deliveryLoop.wake();
    return runtime.context.reader.subjects().length === runtime.subjects
      ? undefined
      : refresh(runtime);
  };
  return openCheckLoop({
    ...{ targets: store.targets, clock, onFault, onIdle, owner: runtimes.now().context.owner },
    log: () => runtimes.now().context.log,
    limits: () => runtimes.now().limits,
    restOf: (host) => runtimes.now().context.fetcher.restOf?.(host) ?? 0,
    partyOf: (watcher) => partyOf(runtimes.now().context.watchers, watcher),
    lease(until, { hosts: exceptHosts, parties }, limit) {
      const { watchers, owner } = runtimes.now().context;
      return store.targets.leaseDue(clock.now(), until, owner, limit, {
        ...{ watchers: watchersBeside(watchers, parties), first: vendorChannels(watchers) },
        ...{ exceptHosts, settled: limit > 1 },
      });
    },
    check: (lease, signal, waited) =>
      runtimes.use(async (runtime) => {
        const { context, wanted } = runtime;
        await checked(runtime, await checkTarget(context, wanted, lease, signal, waited));
      }),
    quarantine: (lease, error) =>
      runtimes.use(async (runtime) => {
        await checked(runtime, await quarantine(runtime.context, lease, error));
      }),
  });
}

function tick(running: Running): void {
  const { deliveryLoop, store, clock, stopping, healthServer } = running;
  healthServer.ticked();
  const lost = store.maintenance.lost();
  if (lost !== null) {
    running.fail(lostDatabase(lost));
    return;
  }
  checkDue(running);
  deliveryLoop.wake();
  if (running.ticks % TICKS_A_REPORT === 0) beside(running, 'report', () => report(running));
  if (running.ticks % TICKS_A_MINUTE === 0) {
    beside(running, 'minute', async (runtime) => {
      await running.alignClock?.();
      await everyMinute(runtime);
    });
    beside(running, 'scheduled', (runtime) =>
      runScheduledWork(runtime, store, clock, stopping.signal),
    );
  }
  running.ticks += 1;
}

/** Starts what is due, and looks again when the next target is: it need not wait for the next tick. */
function checkDue(running: Running): void {
  clearTimeout(running.soon);
  running.lookedAt = running.clock.now();
  const look = async () => {
    await running.loop.fill();
    await lookSoon(running);
  };
  look().catch((thrown) => running.fail(asError(thrown)));
}

/** Looks at what is due at the moment the next target is, when that comes before the next tick. */
async function lookSoon(running: Running): Promise<void> {
  const { runtimes, store, clock, stopping } = running;
  if (stopping.signal.aborted) return;
  const watchers = [...runtimes.now().context.watchers.keys()];
  const next = await store.targets.nextDueAt(clock.now(), watchers);
  const looking = { now: clock.now(), lookedAt: running.lookedAt, next };
  const wait = soonerLook({ ...looking, tick: TICK * SECOND, soonest: SOONEST });
  if (wait === null || stopping.signal.aborted) return;
  clearTimeout(running.soon);
  running.soon = setTimeout(() => checkDue(running), wait).unref();
}

function lostDatabase(why: string): StoreError {
  const message = `The database was moved, replaced or damaged while it was in use (${why}): nothing more is written. Put it back or restore a backup, then start the daemon again.`;
  return new StoreError('unavailable', message);
}

/** Tells the others who works here, and on what. */
function report({ store, clock, runtimes, loop, startedAt }: Running): Promise<void> {
  const { context, limits } = runtimes.now();
  const seenAt = clock.now();
  return store.workers.report(
    {
      ...{ owner: context.owner, machine: hostname(), version: version(), startedAt, seenAt },
      ...{ room: limits.concurrency, checks: loop.underWay() },
    },
    plus(seenAt, -FORGOTTEN_AFTER),
  );
}

/** What time and other processes may have changed. */
async function everyMinute(runtime: Runtime): Promise<void> {
  await refresh(runtime);
  await reconsider(runtime.context);
}

/** Runs work beside the loops, unless it still runs from the last time. */
function beside(
  { runtimes, beside: works, deliveryLoop, fail }: Running,
  name: string,
  work: (runtime: Runtime) => Promise<void>,
): void {
  if (works.has(name)) return;
  const done = runtimes
    .use(work)
    .catch((thrown) => {
      const error = asError(thrown);
      if (error instanceof StoreError && error.kind !== 'conflict') fail(error);
      else runtimes.now().context.log.error({ work: name, err: error }, 'work crashed');
    })
    .finally(() => {
      works.delete(name);
      // It may have queued something to tell.
      deliveryLoop.wake();
    });
  works.set(name, done);
}

async function planWork({
  store,
  clock,
  runtimes,
}: Pick<DaemonParts, 'store' | 'clock' | 'runtimes'>): Promise<void> {
  await store.workPlan.plan(plannedWork(runtimes.now().config, clock.now()));
}

async function reload(running: Running): Promise<void> {
  const { runtimes, url, healthServer, listenAddress, databaseUrl } = running;
  const { config: used } = runtimes.now();
  const [before, told] = [listenAddress(used), used.telemetry];
  try {
    await runtimes.reload();
    await planWork(running);
  } catch (thrown) {
    healthServer.reloaded('refused');
    throw thrown;
  }
  healthServer.reloaded('used');
  const { config, context } = runtimes.now();
  if (!isDeepStrictEqual(told, config.telemetry)) {
    context.log.warn({}, 'other telemetry takes a restart');
  }
  if (!isDeepStrictEqual(before, listenAddress(config))) {
    context.log.warn({}, 'another port takes a restart');
  }
  if (databaseUrl(config) !== url) {
    context.log.warn({ store: url }, 'another store takes a restart');
  }
  context.log.info({ file: config.file }, 'config read again');
}

async function shutDown(running: Running): Promise<void> {
  const { runtimes, loop, deliveryLoop, store, stopping, healthServer, telemetry } = running;
  stopping.abort();
  clearTimeout(running.soon);
  const { drain } = runtimes.now().limits;
  const begun = performance.now();
  await loop.close(drain);
  await Promise.all(running.beside.values());
  const left = drain - (performance.now() - begun);
  await deliveryLoop.close(Math.max(left, LEAST_FOR_DELIVERIES));
  const { owner } = runtimes.now().context;
  await pTimeout(store.workers.leave(owner), { milliseconds: LEAVING }).catch(() => undefined);
  await runtimes.close();
  await telemetry.close();
  await healthServer.close();
  await store.close();
}
