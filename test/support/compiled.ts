import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Compiles one file of test/support with what it imports of the program, so that a test can start it as a process of its
 * own; returns where it came to lie. Types are not checked here.
 */
export function compiled(name: string): string {
  // Below node_modules, so that packages are found from there.
  const out = join(ROOT, `node_modules/.cache/compiled-${process.pid}-${name}`);
  afterAll(() => rmSync(out, { recursive: true, force: true }));
  const outfile = join(out, `${name}.mjs`);
  buildSync({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    ...{ bundle: true, packages: 'external', platform: 'node', target: 'node20', format: 'esm' },
    ...{ outfile, logLevel: 'error' },
  });
  return outfile;
}
