import type { Config } from '../config/config.ts';
import { timetableOf } from '../core/schedule/timetable.ts';
import { ConfigError, type Fault } from '../domain/errors.ts';

/** What only shows when the parts of a config are put together, each fault with its line; nothing is thrown. */
export async function faultsOfAll(works: readonly (() => unknown)[]): Promise<readonly Fault[]> {
  const faults = new Map<string, Fault>();
  for (const work of works) {
    for (const fault of await faultsOf(work)) {
      faults.set(`${fault.line} ${fault.path} ${fault.message}`, fault);
    }
  }
  return [...faults.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

async function faultsOf(work: () => unknown): Promise<readonly Fault[]> {
  try {
    await work();
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.faults;
    throw thrown;
  }
}

/** Throws `ConfigError` with every calendar time that never comes. */
export function refuseIdleCalendar(config: Config): void {
  const { alerts, retention, daemon } = config;
  const cadences = [
    { path: ['alerts', 'heartbeat'], cadence: alerts.heartbeat },
    { path: ['retention', 'every'], cadence: retention.every },
    { path: ['retention', 'backup', 'every'], cadence: retention.backup?.every },
  ];
  refuse(
    cadences.flatMap(({ path, cadence }) =>
      cadence === undefined || timetableOf(cadence, daemon.zone) !== null
        ? []
        : [config.faultAt(path, `"${cadence}" never comes`, CADENCE)],
    ),
  );
}

/** What may be written where something is to happen again and again. */
export const CADENCE = 'a duration such as 5m, or minute hour day month weekday: 0 9 * * mon-fri';

/** Throws `ConfigError` where there is a fault. */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConfigError(faults);
}
