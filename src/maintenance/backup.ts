import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openPipeline, pipelineOver } from '../app/build-pipeline.ts';
import { millisecondsIn } from '../app/limits.ts';
import { databaseOver, openDatabase, storeUrl } from '../app/open-database.ts';
import { type AppOptions, configFor } from '../app/options.ts';
import type { Config } from '../config/config.ts';
import { type Clock, systemClock } from '../domain/clock.ts';
import { NotFoundError, StoreError, UsageError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import { inspectCopy, putInPlace, workingCopy } from '../store/copies.ts';
import { openStore, sqlitePath } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type Pruned, prune, type Retention } from './prune.ts';
import { type Verification, verify } from './verify.ts';

export type { Verification };

export function retentionOf({ retention }: Pick<Config, 'retention'>): Retention {
  const { snapshots, keep, checks } = retention;
  return { snapshots: millisecondsIn(snapshots), keep, checks: millisecondsIn(checks) };
}

/** Removes what is too old and what nothing rests on. */
export async function runPrune(options: AppOptions, signal: AbortSignal): Promise<Pruned> {
  const { store, config, close } = await openDatabase(options);
  try {
    return await prune({ store, clock: systemClock }, retentionOf(config), signal);
  } finally {
    await close();
  }
}

export interface Copied {
  path: string;
  bytes: number;
}

const COPY = /^firsthand-\d{8}T\d{6}Z\.db$/;

/**
 * Copies the record as it stands, while it is used, and looks the copy over before it gets its name.
 * @internal
 */
export async function copyDatabase(
  store: Pick<Store, 'maintenance'>,
  clock: Clock,
  to: string,
): Promise<Copied> {
  const isFolder = existsSync(to) && statSync(to).isDirectory();
  const path = resolve(isFolder ? join(to, `firsthand-${stampOf(clock.now())}.db`) : to);
  if (existsSync(path)) throw new UsageError(`${path} is there already: name another file.`);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await store.maintenance.backup(unfinished);
    inspectCopy(unfinished);
    renameSync(unfinished, path);
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(unfinished + ending, { force: true });
  }
  return { path, bytes: statSync(path).size };
}

/** `20260421T190042Z`: sorts as text, and every file system takes it. */
function stampOf(at: Instant): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Copies the record into a folder and removes the oldest copies there beyond `keep`. */
export async function copyAndRotate(
  store: Pick<Store, 'maintenance'>,
  clock: Clock,
  { folder, keep }: { folder: string; keep: number },
): Promise<Copied> {
  mkdirSync(folder, { recursive: true });
  const copied = await copyDatabase(store, clock, folder);
  const copies = readdirSync(folder)
    .filter((name) => COPY.test(name))
    .sort();
  for (const name of copies.slice(0, -keep)) rmSync(join(folder, name), { force: true });
  return copied;
}

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

export interface Restored {
  path: string;
  from: string;
  /** Where the record that was there before lies now. */
  kept: string | null;
  verification: Verification;
}

/**
 * Puts a copy in the place of the record. The copy is proved first, on a copy of its own; a copy that does not hold
 * changes nothing. What was there before is kept beside it.
 */
export async function runRestore(options: AppOptions, from: string): Promise<Restored> {
  if (!existsSync(from)) throw new NotFoundError(`There is no file ${from}.`);
  const config = await configFor(options);
  const path = resolve(sqlitePath(storeUrl(options, config)));
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

/** Proves the record from its bytes up. */
export async function runVerify(options: AppOptions): Promise<Verification> {
  const { context, close } = await openPipeline(options);
  try {
    return await verify(context);
  } finally {
    await close();
  }
}
