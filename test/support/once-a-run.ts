import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';

/** How often those who wait for another worker look, in milliseconds. */
const LOOK = 100;

/**
 * The path of a file or folder that is dear to make and that no test changes: whichever worker of a run needs it first
 * makes it, at the path that `make` is given, and the others wait for it.
 */
export async function onceARun(
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const path = join(inject('runFolder'), name);
  const lock = `${path}.lock`;
  while (!existsSync(path)) {
    if (!isTaken(lock)) {
      await pause(LOOK);
      continue;
    }
    try {
      if (!existsSync(path)) {
        await make(`${path}.made`);
        renameSync(`${path}.made`, path);
      }
    } finally {
      // Where it could not be made, the next who needs it tries again.
      rmSync(lock, { recursive: true });
    }
  }
  return path;
}

/** Whether the lock is ours now. */
function isTaken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
