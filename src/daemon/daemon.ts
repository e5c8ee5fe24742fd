import { isDeepStrictEqual } from 'node:util';
import { storeUrl } from '../app/open-database.ts';
import { configFor } from '../app/options.ts';
import type { CheckReport } from '../domain/check-report.ts';
import { type Clock, systemClock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import { SECOND } from '../domain/time.ts';
import { setAside } from '../pipeline/quarantine.ts';
import { reconsider } from '../pipeline/reconsider.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type CheckLoop, openCheckLoop } from './check-loop.ts';
import { attend } from './check-target.ts';
import { type Deliverer, openDeliverer } from './delivery-loop.ts';
import { type DaemonOptions, type Outlook, openOutlook, placeOf } from './health-server.ts';
import { logCheck } from './log-check.ts';
import { type Generation, type Generations, openGenerations, refresh } from './runtime.ts';
import { choresOf, doChores } from './scheduled-work.ts';
import { startTicks } from './ticks.ts';

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

/** So many ticks are a minute: counted, because the clock may be set. */
const TICKS_A_MINUTE = 60 / TICK;

/** What is left of the time to end in for deliveries, however long the checks took, in milliseconds. */
const LEAST_FOR_DELIVERIES = 2 * SECOND;

/** Checks what is due, sends what is queued and does calendar work, until it is stopped. */
export async function startDaemon(
  options: DaemonOptions,
  clock: Clock = systemClock,
): Promise<Daemon> {
  const url = storeUrl(options, await configFor(options));
  const store = await openStore({ url, integrity: 'full' });
  try {
    const generations = await openGenerations(options, store, clock);
    await planChores({ store, clock, generations });
    const stopping = new AbortController();
    const seen = { store, clock, generations, stopping: stopping.signal };
    const outlook = await openOutlook(seen, placeOf(options, generations.now().open.config));
    return run({ store, clock, generations, options, url, stopping, outlook });
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

interface Ground {
  store: Store;
  clock: Clock;
  generations: Generations;
  options: DaemonOptions;
  /** Where the record is that is open. */
  url: string;
  /** Aborted when the daemon is to stop. */
  stopping: AbortController;
  outlook: Outlook;
}

interface Running extends Ground {
  loop: CheckLoop;
  deliverer: Deliverer;
  /** The work of each minute, and calendar work: never twice at a time, and neither waits for the other. */
  beside: Map<string, Promise<void>>;
  ticks: number;
  fail(error: Error): void;
}

function run(ground: Ground): Daemon {
  let fault: Error | null = null;
  let stopped: Promise<void> | null = null;
  const fail = (error: Error) => {
    fault ??= error;
    void stop();
  };
  const deliverer = openDeliverer({
    ...ground,
    onDelivered: (report) => ground.outlook.delivered(report),
    onFault: fail,
  });
  const running: Running = {
    ...{ ...ground, deliverer, fail, loop: checkLoopOf(ground, deliverer, fail) },
    ...{ beside: new Map(), ticks: 0 },
  };
  const { log } = ground.generations.now().context;
  const onTick = () => tick(running);
  // What a wrong clock has put off is mended by the work of the minute, which then comes at once.
  const onJump = () => {
    running.ticks = 0;
  };
  const ticks = startTicks({ seconds: TICK, clock: ground.clock, log, onTick, onJump });
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
    ...{ ended, stop, port: ground.outlook.port },
    reload: () => reload(running),
    cut() {
      running.loop.cut();
      deliverer.cut();
    },
  };
}

function checkLoopOf(
  { store, clock, generations, outlook }: Ground,
  deliverer: Deliverer,
  onFault: (error: Error) => void,
): CheckLoop {
  const checked = (generation: Generation, report: CheckReport | null) => {
    if (report === null) return;
    logCheck(generation.context.log, report);
    outlook.checked(report);
    if (report.alerts.length > 0) deliverer.kick();
    return generation.context.reader.subjects().length === generation.subjects
      ? undefined
      : refresh(generation);
  };
  return openCheckLoop({
    ...{ targets: store.targets, clock, onFault, owner: generations.now().context.owner },
    log: () => generations.now().context.log,
    limits: () => generations.now().limits,
    async lease(until, exceptHosts) {
      const { watchers, owner } = generations.now().context;
      const among = { watchers: [...watchers.keys()], exceptHosts };
      const leases = await store.targets.leaseDue(clock.now(), until, owner, 1, among);
      return leases[0] ?? null;
    },
    check: (lease, signal) =>
      generations.use(async (generation) => {
        const { context, wanted } = generation;
        await checked(generation, await attend(context, wanted, lease, signal));
      }),
    setAside: (lease, error) =>
      generations.use(async (generation) => {
        await checked(generation, await setAside(generation.context, lease, error));
      }),
  });
}

function tick(running: Running): void {
  const { loop, deliverer, store, clock, stopping, outlook } = running;
  outlook.ticked();
  void loop.fill();
  deliverer.kick();
  if (running.ticks % TICKS_A_MINUTE === 0) {
    beside(running, 'minute', everyMinute);
    beside(running, 'chores', (generation) => doChores(generation, store, clock, stopping.signal));
  }
  running.ticks += 1;
}

/** What time and other processes may have changed. */
async function everyMinute(generation: Generation): Promise<void> {
  await refresh(generation);
  await reconsider(generation.context);
}

/** Runs work beside the loops, unless it still runs from the last time. */
function beside(
  { generations, beside: works, deliverer, fail }: Running,
  name: string,
  work: (generation: Generation) => Promise<void>,
): void {
  if (works.has(name)) return;
  const done = generations
    .use(work)
    .catch((thrown) => {
      const error = asError(thrown);
      if (error instanceof StoreError && error.kind !== 'conflict') fail(error);
      else generations.now().context.log.error({ work: name, err: error }, 'work crashed');
    })
    .finally(() => {
      works.delete(name);
      // It may have queued something to tell.
      deliverer.kick();
    });
  works.set(name, done);
}

async function planChores({
  store,
  clock,
  generations,
}: Pick<Ground, 'store' | 'clock' | 'generations'>): Promise<void> {
  await store.chores.plan(choresOf(generations.now().open.config, clock.now()));
}

async function reload(running: Running): Promise<void> {
  const { generations, options, url, outlook } = running;
  const before = placeOf(options, generations.now().open.config);
  try {
    await generations.renew();
    await planChores(running);
  } catch (thrown) {
    outlook.reloaded('refused');
    throw thrown;
  }
  outlook.reloaded('used');
  const { open, context } = generations.now();
  if (!isDeepStrictEqual(before, placeOf(options, open.config))) {
    context.log.warn({}, 'another port takes a restart');
  }
  if (storeUrl(options, open.config) !== url) {
    context.log.warn({ store: url }, 'another store takes a restart');
  }
  context.log.info({ file: open.config.file }, 'config read again');
}

async function shutDown(running: Running): Promise<void> {
  const { generations, loop, deliverer, store, stopping, outlook, beside: works } = running;
  stopping.abort();
  const { drain } = generations.now().limits;
  const begun = performance.now();
  await loop.close(drain);
  await Promise.all(works.values());
  const left = drain - (performance.now() - begun);
  await deliverer.close(Math.max(left, LEAST_FOR_DELIVERIES));
  await generations.close();
  await outlook.close();
  await store.close();
}
