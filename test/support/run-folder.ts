import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what all workers of this run share. */
    runFolder: string;
  }
}

/** One folder for all projects of a run, which share the process but no module. */
const SHARED = Symbol.for('firsthand.run-folder');
const run = globalThis as { [SHARED]?: { path: string; users: number } };

export function setup(project: TestProject): void {
  run[SHARED] ??= { path: mkdtempSync(join(tmpdir(), 'firsthand-run-')), users: 0 };
  run[SHARED].users += 1;
  project.provide('runFolder', run[SHARED].path);
}

export function teardown(): void {
  const shared = run[SHARED];
  if (shared === undefined) return;
  shared.users -= 1;
  if (shared.users === 0) rmSync(shared.path, { recursive: true, force: true });
}
