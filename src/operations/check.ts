import { isAtRest } from '../app/at-rest.ts';
import { type AppOptions, configFor, storePlaces } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { openStore } from '../store/open.ts';
import type { CheckCommand, CheckSummary } from './check-pass.ts';

/** One pass on the live web with the deliveries it led to: what cron, a timer or a CI schedule calls. */
export async function runCheck(options: AppOptions, command: CheckCommand): Promise<CheckSummary> {
  const config = await configFor(options);
  return closing(await openStore(storePlaces(options, config)), async (store) => {
    const isIdle = command.due && command.watchers.length === 0;
    if (isIdle && (await isAtRest(config, store, systemClock.now()))) return NOTHING;
    // Loaded here: what is asked every minute mostly has nothing to do, and should not wait for what it does not need.
    const { passOver } = await import('./check-pass.ts');
    return await passOver(config, store, { environment: options.environment, ...command });
  });
}

const NOTHING: CheckSummary = {
  ...{ reports: [], alerts: [], packages: [] },
  deliveries: { sent: 0, failed: 0, dead: 0, 'handed-over': 0, 'lost-lease': 0 },
};
