import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { StoreError } from '../domain/errors.ts';
import type { Known } from '../read/known.ts';
import type { LiveKnown } from '../read/live-known.ts';
import { isServerUrl, sqlitePath } from '../store/open.ts';
import { databaseOver, type OpenDatabase, openDatabase } from './open-database.ts';
import { type AppOptions, configFor, storeUrl } from './options.ts';

export interface LiveDatabase extends LiveKnown {
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
export async function openLiveDatabase(options: AppOptions): Promise<LiveDatabase> {
  const url = storeUrl(options, await configFor(options));
  if (isServerUrl(url)) return liveServer(options);
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
    async close() {
      watcher?.close();
      await letGo();
    },
  };
}

/** How often a server is asked whether somebody wrote, in milliseconds. */
const LOOK = 1_000;

/** A database on a server: it says itself whether somebody wrote, and is never exchanged under us. */
async function liveServer(options: AppOptions): Promise<LiveDatabase> {
  const open = await openDatabase(options);
  const { maintenance } = open.store;
  let { known } = open;
  let revision = await maintenance.revision();
  let readAt = { revision, at: performance.now() };
  const look = async () => {
    // What cannot be asked may have changed: nothing is answered from memory then.
    revision = await maintenance.revision().catch(() => `unknown ${performance.now()}`);
  };
  const looking = setInterval(() => void look(), LOOK).unref();
  const current = async (): Promise<Known> => {
    if (revision === readAt.revision || performance.now() - readAt.at < REFRESH) return known;
    readAt = { revision, at: performance.now() };
    ({ known } = await databaseOver(open.config, open.store));
    return known;
  };
  return {
    ask: async (question) => question(await current()),
    revision: () => revision ?? '',
    async close() {
      clearInterval(looking);
      await open.close();
    },
  };
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
