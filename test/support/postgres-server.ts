import type { TestProject } from 'vitest/node';
// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { findPostgres, servePostgres } from '../../scripts/postgres.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the server of this run; null where there is no Postgres. */
    postgres: string | null;
  }
}

interface Shared {
  url: string | null;
  users: number;
  stop(): Promise<void>;
}

/** One server for all projects of a run, which share the process but no module. */
const SHARED = Symbol.for('firsthand.postgres');
const run = globalThis as { [SHARED]?: Promise<Shared> };

/** Starts the server before the first test that may want it. */
export async function setup(project: TestProject): Promise<void> {
  run[SHARED] ??= start();
  const shared = await run[SHARED];
  shared.users += 1;
  project.provide('postgres', shared.url);
}

/** Ends it after the last. */
export async function teardown(): Promise<void> {
  const shared = await run[SHARED];
  if (shared === undefined) return;
  shared.users -= 1;
  if (shared.users === 0) await shared.stop();
}

async function start(): Promise<Shared> {
  if (findPostgres() === null) {
    process.stdout.write(
      'There is no Postgres here (FIRSTHAND_POSTGRES): its part is run by PGlite alone.\n',
    );
    return { url: null, users: 0, stop: () => Promise.resolve() };
  }
  return { users: 0, ...(await servePostgres()) };
}
