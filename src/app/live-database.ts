import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Clock, systemClock } from '../domain/clock.ts';
import { StoreError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import type { Known, LiveKnown } from '../read/known.ts';
import { isServerUrl, sqlitePath } from '../store/open.ts';
import {
  databaseOver,
  type OpenDatabase,
  openDatabase,
  openDatabaseToRead,
} from './open-database.ts';
import { type AppOptions, configFor, readingPlaces } from './options.ts';

export interface LiveDatabase extends LiveKnown {
  /** The clock by which it is asked: no later than what has come to a database that follows another. */
  clock: Clock;
  close(): Promise<void>;
}

/** The catalogue and what was discovered are read again no more often than this, in milliseconds. */
const REFRESH = 2_000;

interface Held {
  open: OpenDatabase;
  known: Known;
  inode: number;
  /** The revision that `known` was read at, and when by a clock that nobody sets. */
  revision: string;
  readAt: number;
}

/**
 * A database for a program that only reads and runs for long: it lets go of the file while `restore` puts another in
 * its place, opens the new one, and learns of the subjects that others discover. Throws like `openDatabase`.
 */
export async function openLiveDatabase(
  options: AppOptions,
  clock: Clock = systemClock,
): Promise<LiveDatabase> {
  const { url } = readingPlaces(options, await configFor(options));
  if (isServerUrl(url)) return liveServer(options, clock);
  const path = resolve(sqlitePath(url));
  let held: Promise<Held> | null = hold(options, path);
  await held;
  const letGo = async () => {
    const last = held;
    held = null;
    await (await last?.catch(() => null))?.open.close();
  };
  const watcher = watchRestore(path, () => void letGo());
  const current = async (): Promise<Known> => {
    const inode = inodeOf(path);
    if (inode === null || isBeingRestored(path)) {
      await letGo();
      throw new StoreError('unavailable', 'The database is being restored: ask again soon.');
    }
    if (held !== null && (await held.catch(() => null))?.inode !== inode) await letGo();
    held ??= hold(options, path);
    return fresh(await held, path);
  };
  return {
    async ask(question) {
      return question(await current());
    },
    revision: () => revisionOf(path),
    ...{ clock, lag: () => null },
    async close() {
      watcher?.close();
      await letGo();
    },
  };
}

/** How often a server is asked whether somebody wrote, in milliseconds. */
const LOOK = 1_000;

/** How often a question is asked again that a server which follows another called off, to go on following. */
const TRIES = 4;

/** A database on a server: it says itself whether somebody wrote, and is never exchanged under us. */
async function liveServer(options: AppOptions, clock: Clock): Promise<LiveDatabase> {
  const open = await openDatabaseToRead(options);
  const { maintenance } = open.store;
  let replica = await maintenance.replica();
  let { known } = open;
  let revision = await maintenance.revision();
  let readAt = { revision, at: performance.now() };
  const look = async () => {
    // What cannot be asked may have changed: nothing is answered from memory then.
    revision = await maintenance.revision().catch(() => `unknown ${performance.now()}`);
    // One that cannot be asked has come no further.
    replica = await maintenance.replica().catch(() => replica);
  };
  const looking = setInterval(() => void look(), LOOK).unref();
  const current = async (): Promise<Known> => {
    if (revision === readAt.revision || performance.now() - readAt.at < REFRESH) return known;
    readAt = { revision, at: performance.now() };
    ({ known } = await databaseOver(open.config, open.store));
    return known;
  };
  return {
    ask: (question) => untilAnswered(async () => question(await current())),
    revision: () => revision ?? '',
    lag: () => (replica === null ? null : replica.lag),
    clock: { now: () => earlier(clock.now(), replica?.asOf) },
    async close() {
      clearInterval(looking);
      await open.close();
    },
  };
}

function earlier(now: Instant, asOf: Instant = now): Instant {
  return asOf < now ? asOf : now;
}

async function untilAnswered<T>(question: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await question();
    } catch (thrown) {
      if (!(thrown instanceof StoreError) || thrown.kind !== 'conflict' || tried === TRIES)
        throw thrown;
    }
  }
}

async function hold(options: AppOptions, path: string): Promise<Held> {
  const open = await openDatabase(options);
  const { known } = open;
  return {
    ...{ open, known, inode: inodeOf(path) ?? 0 },
    ...{ revision: revisionOf(path), readAt: performance.now() },
  };
}

/** What is known, read again when somebody wrote since. */
async function fresh(held: Held, path: string): Promise<Known> {
  const revision = revisionOf(path);
  if (revision === held.revision || performance.now() - held.readAt < REFRESH) return held.known;
  held.readAt = performance.now();
  const { known } = await databaseOver(held.open.config, held.open.store);
  held.revision = revision;
  held.known = known;
  return known;
}

/** `restore` proves its copy under this name before it asks to be alone with the file. */
function isBeingRestored(path: string): boolean {
  return existsSync(`${path}.restoring`);
}

/** A file system that reports no changes leaves the look at each question. */
function watchRestore(path: string, onRestore: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === `${basename(path)}.restoring` && isBeingRestored(path)) onRestore();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** A write goes to the log or to the file, and moves the time of one of them. */
function revisionOf(path: string): string {
  const parts = ['', '-wal'].map((ending) => {
    const found = statSync(path + ending, { throwIfNoEntry: false, bigint: true });
    return found === undefined ? '-' : `${found.ino}.${found.size}.${found.mtimeNs}`;
  });
  return parts.join('/');
}
