import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import { inspectCopy } from '../store/copies.ts';
import type { Store } from '../store/store.ts';

export interface Copied {
  path: string;
  bytes: number;
}

const COPY = /^firsthand-\d{8}T\d{6}Z\.db$/;

/**
 * Copies the database as it stands, while it is used, and looks the copy over before it gets its name.
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
export function stampOf(at: Instant): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** Copies the database into a folder and removes the oldest copies there beyond `keep`. */
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
