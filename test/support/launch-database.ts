import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestLine, replayed } from './open-line.ts';

export const LAUNCH = 'data/recordings/gpt-image-2-launch';

let bytes: Promise<Buffer> | null = null;

/** Writes the database of the recorded launch to a path: replayed once a worker, for that takes seconds. */
export async function writeLaunchDatabase(path: string): Promise<void> {
  bytes ??= replayLaunch();
  writeFileSync(path, await bytes);
}

async function replayLaunch(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-'));
  try {
    const path = join(folder, 'launch.db');
    const open = await openTestLine({ db: path });
    await replayed(open, LAUNCH);
    await open.close();
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
