import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { skip } from './report.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const cli = join(root, 'dist', 'bin', 'main.js');
export const corpus = process.env['FIRSTHAND_CORPUS'] ?? join(root, '..', 'shared', 'corpus');

/**
 * What ships is what is measured: the compiled program.
 * @param {string} path
 * @returns {Promise<any>}
 */
export function compiled(path) {
  return import(pathToFileURL(join(root, 'dist', 'src', path)).href);
}

// The engine is set as the program sets it.
const { engineFlags } = await compiled('launch/engine.js');
for (const flag of engineFlags()) setFlagsFromString(flag);

export function needCorpus() {
  if (!existsSync(corpus)) skip('the corpus is absent; set FIRSTHAND_CORPUS');
}

/** A folder that is gone when the measurement is over. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {string} folder */
export function appOptions(folder) {
  return {
    config: join(root, 'config.yaml'),
    db: join(folder, 'bench.db'),
    environment: {},
    folder,
  };
}
