import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pipelineOver } from '../app/build-pipeline.ts';
import { databaseOver } from '../app/open-database.ts';
import { type AppOptions, configFor, storeUrl } from '../app/options.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../domain/clock.ts';
import { NotFoundError, StoreError, UsageError } from '../domain/errors.ts';
import { stampOf } from '../maintenance/backup.ts';
import { type Verification, verify } from '../maintenance/verify.ts';
import { inspectCopy, putInPlace, workingCopy } from '../store/copies.ts';
import { isServerUrl, openStore, sqlitePath } from '../store/open.ts';

export interface Restored {
  path: string;
  from: string;
  /** Where the database that was there before lies now. */
  kept: string | null;
  verification: Verification;
}

/**
 * Puts a copy in the place of the database. The copy is proved first, on a copy of its own; a copy that does not hold
 * changes nothing. What was there before is kept beside it.
 */
export async function runRestore(options: AppOptions, from: string): Promise<Restored> {
  if (!existsSync(from)) throw new NotFoundError(`There is no file ${from}.`);
  const config = await configFor(options);
  const url = storeUrl(options, config);
  if (isServerUrl(url)) {
    throw new UsageError(
      'A database on a server is restored by its own tools (pg_restore), or from an export by `firsthand import`.',
    );
  }
  const path = resolve(sqlitePath(url));
  inspectCopy(from);
  mkdirSync(dirname(path), { recursive: true });
  const trial = workingCopy(from, `${path}.restoring`);
  try {
    const verification = await verifyFile(config, trial.path);
    const broken = verification.findings.filter(({ kind }) => kind === 'file' || kind === 'body');
    if (broken.length > 0) {
      const what = broken.map(({ about, message }) => `${about}: ${message}`).join('; ');
      throw new StoreError('corrupt', `${from} does not hold: take another copy (${what})`);
    }
    const kept = putInPlace(trial.path, path, stampOf(systemClock.now()));
    return { path, from, kept, verification };
  } finally {
    trial.remove();
  }
}

async function verifyFile(config: Config, path: string): Promise<Verification> {
  const store = await openStore({ url: path, integrity: 'full' });
  try {
    const { context } = await pipelineOver(await databaseOver(config, store));
    return await verify(context);
  } finally {
    await store.close();
  }
}
