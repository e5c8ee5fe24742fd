import type { Config } from '../config/config.ts';
import { timetableOf } from '../core/schedule/timetable.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, ConfigError } from '../domain/errors.ts';
import type { Chore } from '../domain/scheduled-work.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import { copyAndRotate, retentionOf } from '../maintenance/backup.ts';
import { prune } from '../maintenance/prune.ts';
import { tellChore, tellPulse } from '../pipeline/operator-alerts.ts';
import { remindOfRetirements } from '../pipeline/reminders.ts';
import type { Store } from '../store/store.ts';
import type { Generation } from './runtime.ts';

/** Calendar work: when, and what is done. */
interface ChoreKind {
  name: string;
  cadence: string;
  /** Where the config says when. */
  path: readonly string[];
  run(generation: Generation, signal: AbortSignal): Promise<unknown>;
}

/** How long a process may take over one, before another may take it over. */
const LEASE = HOUR;

const HOURLY = '0 * * * *';

function choreKinds(config: Config): readonly ChoreKind[] {
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
            run: ({ context }: Generation) => tellPulse(context),
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
            run: ({ context }: Generation) => copyAndRotate(context.store, context.clock, backup),
          },
        ]),
  ];
}

/** Plans the calendar work of a config. Throws `ConfigError` with every cadence that never comes. */
export function choresOf(
  config: Config,
  now: Instant,
): readonly Pick<Chore, 'name' | 'cadence' | 'dueAt'>[] {
  const kinds = choreKinds(config);
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
export async function doChores(
  generation: Generation,
  store: Store,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const { config } = generation.open;
  const kinds = new Map(choreKinds(config).map((kind) => [kind.name, kind]));
  const { owner, log } = generation.context;
  while (!signal.aborted) {
    const now = clock.now();
    const chore = await store.chores.leaseDue(now, plus(now, LEASE), owner);
    if (chore === null) return;
    const kind = kinds.get(chore.name);
    const error = kind === undefined ? null : await attempt(kind, generation, signal);
    const at = clock.now();
    const dueAt =
      kind === undefined ? plus(at, HOUR) : nextOf(kind.cadence, config.daemon.zone, at);
    await store.chores.settle(chore.name, owner, { dueAt, at, error: error?.message ?? null });
    await tellChore(generation.context, chore, error?.message ?? null);
    if (error === null) log.info({ chore: chore.name }, 'chore done');
    else log.error({ chore: chore.name, err: error }, 'chore failed');
  }
}

async function attempt(
  { run }: ChoreKind,
  generation: Generation,
  signal: AbortSignal,
): Promise<Error | null> {
  try {
    await run(generation, signal);
    return null;
  } catch (thrown) {
    return asError(thrown);
  }
}
