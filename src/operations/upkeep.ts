import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { openPipeline, pipelineOver } from '../app/build-pipeline.ts';
import { databaseOver, openDatabase } from '../app/open-database.ts';
import { type AppOptions, configFor, storePlaces, storeUrl } from '../app/options.ts';
import type { Config } from '../config/config.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { asError, NotFoundError, StoreError, UsageError } from '../domain/errors.ts';
import { type Copied, copyAndRotate, copyDatabase, stampOf } from '../maintenance/backup.ts';
import { type Pruned, prune, retentionOf } from '../maintenance/prune.ts';
import { type Verification, type VerifyOptions, verify } from '../maintenance/verify.ts';
import { inspectCopy, putInPlace, workingCopy } from '../store/copies.ts';
import { isServerUrl, openStore, sqlitePath } from '../store/open.ts';
import type { PortableSummary } from '../store/ports/pages.ts';

/** One copy now: to a file or folder, else where the config keeps its copies. */
export async function runBackup(options: AppOptions, to: string | null): Promise<Copied> {
  return closing(await openDatabase(options), async ({ store, config }) => {
    const { backup } = config.retention;
    if (to !== null) return await copyDatabase(store, systemClock, to);
    if (backup !== undefined) return await copyAndRotate(store, systemClock, backup);
    throw new UsageError(
      'Where to? Name a file or a folder, or set retention.backup in the config.',
    );
  });
}

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
  if (statSync(from).isDirectory())
    throw new UsageError(`${from} is a folder: name the copy in it.`);
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
  return closing(await openStore({ url: path, integrity: 'full' }), async (store) => {
    const { context } = await pipelineOver(await databaseOver(config, store));
    return await verify(context);
  });
}

export interface Carried extends PortableSummary {
  file: string;
  bytes: number;
}

/** Writes the whole database into one file that any kind of database takes in. */
export async function runExportDatabase(options: AppOptions, to: string): Promise<Carried> {
  const file = resolve(options.folder, to);
  if (existsSync(file)) throw new UsageError(`${file} is there already: name another file.`);
  const store = await openStore(storePlaces(options, await configFor(options)));
  const unfinished = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const packed = createGzip();
    const written = finished(packed.pipe(createWriteStream(unfinished)));
    const summary = await store.portable.write(async (line) => {
      if (!packed.write(`${line}\n`)) await Promise.race([once(packed, 'drain'), written]);
    });
    packed.end();
    await written;
    renameSync(unfinished, file);
    return { ...summary, file, bytes: statSync(file).size };
  } finally {
    rmSync(unfinished, { force: true });
    await store.close();
  }
}

/** Fills a new database from such a file, and makes its tables first. */
export async function runImportDatabase(options: AppOptions, from: string): Promise<Carried> {
  const file = resolve(options.folder, from);
  if (!existsSync(file)) throw new NotFoundError(`There is no file ${file}.`);
  const places = storePlaces(options, await configFor(options));
  return closing(await openStore({ ...places, migrates: true }), async (store) => {
    const summary = await store.portable.read(() => linesOf(file));
    return { ...summary, file, bytes: statSync(file).size };
  });
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = pipeline(createReadStream(file), createGunzip(), () => undefined);
  let rest = '';
  try {
    for await (const chunk of unpacked.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (thrown) {
    throw damaged(file, asError(thrown));
  }
}

function damaged(file: string, cause: Error): StoreError {
  const message = `${file} is cut off or damaged: export it again (${cause.message})`;
  return new StoreError('corrupt', message, { cause });
}

/** Removes what is too old and what nothing rests on. */
export async function runPrune(options: AppOptions, signal: AbortSignal): Promise<Pruned> {
  return closing(await openDatabase(options), ({ store, config }) =>
    prune({ store, clock: systemClock }, retentionOf(config), signal),
  );
}

/** Proves the database from its bytes up. */
export async function runVerify(
  options: AppOptions,
  how: VerifyOptions = {},
): Promise<Verification> {
  return closing(await openPipeline(options), ({ context }) => verify(context, how));
}

/** Brings the schema of the database up to date, and makes it where there is none. */
export async function runMigrate(options: AppOptions): Promise<void> {
  const url = storeUrl(options, await configFor(options));
  const store = await openStore({ url, migrates: true });
  await store.close();
}
