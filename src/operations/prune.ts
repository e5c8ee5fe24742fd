import { openDatabase } from '../app/open-database.ts';
import type { AppOptions } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { type Pruned, prune, retentionOf } from '../maintenance/prune.ts';

/** Removes what is too old and what nothing rests on. */
export async function runPrune(options: AppOptions, signal: AbortSignal): Promise<Pruned> {
  const { store, config, close } = await openDatabase(options);
  try {
    return await prune({ store, clock: systemClock }, retentionOf(config), signal);
  } finally {
    await close();
  }
}
