import { copyFileSync } from 'node:fs';
import { onceARun } from './once-a-run.ts';
import { openTestLine, replayed } from './open-line.ts';

export const LAUNCH = 'data/recordings/gpt-image-2-launch';

/** Writes the database of the recorded launch to a path: replayed once a run, for that takes seconds. */
export async function writeLaunchDatabase(path: string): Promise<void> {
  copyFileSync(await onceARun('launch.db', replayLaunch), path);
}

async function replayLaunch(path: string): Promise<void> {
  const open = await openTestLine({ db: path });
  await replayed(open, LAUNCH);
  await open.close();
}
