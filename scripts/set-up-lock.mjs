import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StepError } from './run-command.mjs';

/** The holder touches its lock this often. */
const TOUCH_EVERY = 2_000;
/** A lock nobody has touched for this long is stale, wherever its holder ran. */
const STALE_AFTER = 60_000;
const LOOK_EVERY = 250;
/** No set-up takes longer. */
const GIVE_UP_AFTER = 20 * 60_000;

/**
 * Runs `work` while no other process that asks for the same lock does. The lock is a file: it is stale, and taken
 * over, when its process on this machine is gone or when nobody touched it for a minute.
 * @template T
 * @param {string} path
 * @param {import('./progress.mjs').Progress} progress
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, progress, work) {
  const token = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() });
  await mkdir(dirname(path), { recursive: true });
  await take(path, token, progress);
  const touching = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, TOUCH_EVERY);
  touching.unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    if ((await textOf(path)) === token) await rm(path, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} token
 * @param {import('./progress.mjs').Progress} progress
 */
async function take(path, token, progress) {
  const since = performance.now();
  let told = false;
  while (!(await create(path, token))) {
    const held = await textOf(path);
    if (held !== null && (await isStale(path, held))) {
      await removeIf(path, held);
      continue;
    }
    if (performance.now() - since > GIVE_UP_AFTER) {
      throw new StepError(`Another set-up has held ${path} for too long (${held}).`, {
        advice: `If none is running, remove ${path} and start again.`,
      });
    }
    if (!told) progress.line('Another set-up is running here; waiting for it to end.');
    told = true;
    await delay(LOOK_EVERY);
  }
}

/**
 * @param {string} path
 * @param {string} token
 */
async function create(path, token) {
  try {
    await writeFile(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @param {string} held
 */
async function isStale(path, held) {
  const touched = await stat(path).catch(() => null);
  if (touched === null) return false;
  const age = Date.now() - touched.mtimeMs;
  if (age > STALE_AFTER) return true;
  const holder = holderOf(held);
  // A lock between its creation and its first byte says nothing yet.
  return holder !== null && holder.host === hostname() && !isRunning(holder.pid);
}

/**
 * Removes the lock that was found stale, and no newer one: it is moved aside first, which one process only can do,
 * and put back when it turns out to be another's.
 * @param {string} path
 * @param {string} held
 */
async function removeIf(path, held) {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await textOf(aside);
  if (moved !== null && moved !== held) await create(path, moved);
  await rm(aside, { force: true });
}

/**
 * @param {string} held
 * @returns {{ pid: number, host: string } | null}
 */
function holderOf(held) {
  try {
    return JSON.parse(held);
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {string} path */
function textOf(path) {
  return readFile(path, 'utf8').catch(() => null);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
