import pTimeout from 'p-timeout';
import type { Config } from '../config/config.ts';
import type { CheckReport } from '../domain/check-report.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, ConfigError, UsageError } from '../domain/errors.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Delivered, Vitals } from '../metrics/metrics.ts';
import { version } from '../package-root.ts';
import { isWanted } from '../pipeline/targets.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Runtimes } from './runtime.ts';

/** Where the daemon can be looked at from outside. */
export interface ListenAddress {
  port: number;
  host: string;
  /** It was said on the command line, and not in the config. */
  isAsked: boolean;
}

/** What others may see of the daemon: whether it lives, whether it works, and its figures. */
export interface HealthServer {
  /** The port that answers; null when none does. */
  port: number | null;
  checked(report: CheckReport): void;
  delivered(delivered: Delivered): void;
  reloaded(outcome: 'used' | 'refused'): void;
  ticked(): void;
  close(): Promise<void>;
}

export interface HealthServerOptions {
  store: Store;
  clock: Clock;
  runtimes: Runtimes;
  telemetry: Telemetry;
  /** Aborted when the daemon is being stopped. */
  stopping: AbortSignal;
}

/** Nobody looks. */
const CLOSED: HealthServer = {
  port: null,
  checked: () => undefined,
  delivered: () => undefined,
  reloaded: () => undefined,
  ticked: () => undefined,
  close: () => Promise.resolve(),
};

/** Nothing was looked at for so long: the program lives no more, whatever its process does. In milliseconds. */
const LONGEST_STALENESS = MINUTE;

/** How long the database may take to answer, in milliseconds, before the daemon counts as not ready. */
const ANSWER_TIMEOUT = 5 * SECOND;

/**
 * Opens the port that a config asks for, and none when it asks for none; a collector is sent the same figures. Throws `ConfigError` (`UsageError` where
 * the command line asked) when nothing can listen there.
 */
export async function openHealthServer(
  options: HealthServerOptions,
  place: ListenAddress | null,
): Promise<HealthServer> {
  const { telemetry } = options;
  if (place === null && !telemetry.isOn) return CLOSED;
  const { openMetrics } = await import('../metrics/metrics.ts');
  const metrics = openMetrics({ version: version(), vitals: () => vitalsOf(options) });
  telemetry.show(metrics.figures);
  if (place === null) return { ...CLOSED, ...metrics };
  const { openPort } = await import('../metrics/port.ts');
  let lastTick = performance.now();
  const { config, context } = options.runtimes.now();
  const port = await openPort({
    ...place,
    metrics,
    log: context.log,
    liveness: () => (options.stopping.aborted ? [] : staleness(performance.now() - lastTick)),
    readiness: () => readinessOf(options),
  }).catch((thrown: unknown) => {
    throw notListening(place, asError(thrown), config.faultAt);
  });
  context.log.info({ host: place.host, port: port.port }, 'answering /healthz, /readyz, /metrics');
  return {
    ...metrics,
    port: port.port,
    ticked() {
      lastTick = performance.now();
    },
    close: () => port.close(),
  };
}

function notListening(
  { host, port, isAsked }: ListenAddress,
  cause: Error,
  faultAt: Config['faultAt'],
): Error {
  const message = `nothing can listen on ${host}:${port} (${cause.message})`;
  const advice = 'name another port, or stop what listens there';
  return isAsked
    ? new UsageError(`${message}: ${advice}.`, { cause })
    : new ConfigError([faultAt(['daemon', 'port'], message, advice)], { cause });
}

function staleness(milliseconds: number): readonly string[] {
  if (milliseconds < LONGEST_STALENESS) return [];
  return [`nothing was looked at for ${Math.round(milliseconds / SECOND)} s`];
}

async function readinessOf({ store, stopping }: HealthServerOptions): Promise<readonly string[]> {
  if (stopping.aborted) return ['it is being stopped'];
  const answered = await answerInTime(store.workPlan.list());
  return answered === null ? ['the database does not answer'] : [];
}

async function vitalsOf({ store, clock, runtimes }: HealthServerOptions): Promise<Vitals> {
  const { wanted, context, fetcher } = runtimes.now();
  const now = clock.now();
  const [targets, outbox, scheduled, disk, browserBytes] = await Promise.all([
    store.targets.list(),
    store.reads.outboxDepth(),
    store.workPlan.list(),
    store.maintenance.diskUsage(),
    answerInTime(fetcher.browserMemory()),
  ]);
  return {
    ...{ now, outbox, scheduled, browserBytes, databaseBytes: disk.total },
    targets: targets
      .filter((target) => isWanted(target, wanted, now))
      .map((target) => {
        const { vendor = null } = context.watchers.get(target.watcher) ?? {};
        return { target, isPrimary: vendor !== null };
      }),
  };
}

/** Null when there is no answer, or none in time: what is asked from outside is answered soon. */
function answerInTime<T>(answer: Promise<T>): Promise<T | null> {
  const settled = answer.catch(() => null);
  return pTimeout(settled, { milliseconds: ANSWER_TIMEOUT, fallback: () => null });
}
