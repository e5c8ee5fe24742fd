import { openDatabase } from '../app/open-database.ts';
import type { AppOptions } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import { type Copied, copyAndRotate, copyDatabase } from '../maintenance/backup.ts';

/** One copy now: to a file or folder, else where the config keeps its copies. */
export async function runBackup(options: AppOptions, to: string | null): Promise<Copied> {
  const { store, config, close } = await openDatabase(options);
  try {
    const { backup } = config.retention;
    if (to !== null) return await copyDatabase(store, systemClock, to);
    if (backup !== undefined) return await copyAndRotate(store, systemClock, backup);
    throw new UsageError(
      'Where to? Name a file or a folder, or set retention.backup in the config.',
    );
  } finally {
    await close();
  }
}
