import type { Config } from '../config/config.ts';
import { timetableOf } from '../core/schedule/timetable.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, ConfigError } from '../domain/errors.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { ScheduledWork } from '../domain/worker.ts';
import { copyAndRotate } from '../maintenance/backup.ts';
import { prune, retentionOf } from '../maintenance/prune.ts';
import { queueHeartbeat, queueWorkAlert } from '../pipeline/operator-alerts.ts';
import { remindOfRetirements } from '../pipeline/reminders.ts';
import type { Store } from '../store/store.ts';
import type { Runtime } from './runtime.ts';

/** Calendar work: when, and what is done. */
interface WorkKind {
  name: string;
  cadence: string;
  /** Where the config says when. */
  path: readonly string[];
  run(runtime: Runtime, signal: AbortSignal): Promise<unknown>;
}

/** How long a process may take over one, before another may take it over. */
const LEASE = HOUR;

const HOURLY = '0 * * * *';

function workKinds(config: Config): readonly WorkKind[] {
  const { heartbeat, reminders } = config.alerts;
  const { backup, every } = config.retention;
  return [
    ...(heartbeat === undefined
      ? []
      : [
          {
            name: 'heartbeat',
            cadence: heartbeat,
            path: ['alerts', 'heartbeat'],
            run: ({ context }: Runtime) => queueHeartbeat(context),
          },
        ]),
    {
      name: 'reminders',
      cadence: HOURLY,
      path: ['alerts', 'reminders'],
      run: ({ context }) => remindOfRetirements(context, reminders),
    },
    {
      name: 'prune',
      cadence: every,
      path: ['retention', 'every'],
      run: ({ context }, signal) => prune(context, retentionOf(config), signal),
    },
    ...(backup === undefined
      ? []
      : [
          {
            name: 'backup',
            cadence: backup.every,
            path: ['retention', 'backup', 'every'],
            run: ({ context }: Runtime) => copyAndRotate(context.store, context.clock, backup),
          },
        ]),
  ];
}

/** Plans the calendar work of a config. Throws `ConfigError` with every cadence that never comes. */
export function plannedWork(
  config: Config,
  now: Instant,
): readonly Pick<ScheduledWork, 'name' | 'cadence' | 'dueAt'>[] {
  const kinds = workKinds(config);
  const faults = kinds
    .filter(({ cadence }) => timetableOf(cadence, config.daemon.zone) === null)
    .map(({ path, cadence }) => config.faultAt(path, `"${cadence}" never comes`));
  if (faults.length > 0) throw new ConfigError(faults);
  const { zone } = config.daemon;
  return kinds.map(({ name, cadence }) => ({
    name,
    cadence: `${cadence} ${zone}`,
    dueAt: nextOf(cadence, zone, now),
  }));
}

function nextOf(cadence: string, zone: string, now: Instant): Instant {
  return timetableOf(cadence, zone)?.next(now) ?? plus(now, HOUR);
}

/** Does what is due, one after the other; what fails is told once, and done again at its next time. */
export async function runScheduledWork(
  runtime: Runtime,
  store: Store,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { config } = runtime;
  const kinds = new Map(workKinds(config).map((kind) => [kind.name, kind]));
  const { owner, log } = runtime.context;
  while (!signal.aborted) {
    const now = clock.now();
    const work = await store.workPlan.leaseDue(now, plus(now, LEASE), owner);
    if (work === null) return;
    const kind = kinds.get(work.name);
    const error = kind === undefined ? null : await attempt(kind, runtime, signal);
    const at = clock.now();
    const dueAt =
      kind === undefined ? plus(at, HOUR) : nextOf(kind.cadence, config.daemon.zone, at);
    await store.workPlan.settle(work.name, owner, { dueAt, at, error: error?.message ?? null });
    await queueWorkAlert(runtime.context, work, error?.message ?? null);
    if (error === null) log.info({ work: work.name }, 'scheduled work done');
    else log.error({ work: work.name, err: error }, 'scheduled work failed');
  }
}

async function attempt(
  { run }: WorkKind,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<Error | null> {
  try {
    await run(runtime, signal);
    return null;
  } catch (thrown) {
    return asError(thrown);
  }
}
