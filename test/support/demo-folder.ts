import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onceARun } from './once-a-run.ts';
import { type Ended, firsthand } from './program.ts';

/** The folder of a demo, with what the program said while it made it. */
export interface Demo extends Ended {
  folder: string;
}

/** What `firsthand demo --json` leaves, for tests that only ask it: played once a run, for that takes seconds. */
export async function demoFolder(): Promise<Demo> {
  const said = await onceARun('demo.json', async (path) => {
    const folder = join(path, '../demo');
    const ended = await firsthand(['demo', '--folder', folder, '--json']);
    writeFileSync(path, JSON.stringify({ folder, ...ended }));
  });
  return JSON.parse(readFileSync(said, 'utf8'));
}
