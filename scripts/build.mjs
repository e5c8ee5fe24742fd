import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { secondsSince } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** What the build is made from. */
const SOURCES = [
  ...['src', 'watchers', 'data/catalog', 'scripts/bundle.mjs'],
  ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
];
const STAMP = 'dist/.built-from';

/**
 * Whether dist was built from the sources as they are: by content, so that a checkout of older files counts.
 * @param {string} root
 */
export async function isBuilt(root) {
  const stamp = await readFile(join(root, STAMP), 'utf8').catch(() => null);
  return stamp !== null && stamp === (await fingerprint(root, SOURCES));
}

/**
 * Compiles into a fresh folder and puts it in the place of dist in one move: nothing of a removed source stays
 * behind, and a program that runs from dist does not see half a build.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ checksTypes?: boolean }} [wanted] types need no second check where a step of its own looks at them
 */
export async function build(root, progress, { checksTypes = true } = {}) {
  const since = performance.now();
  const fresh = join(root, `dist.${randomUUID()}`);
  const stamp = await fingerprint(root, SOURCES);
  try {
    await runCommand({
      name: 'build',
      command: process.execPath,
      args: [
        join(root, 'node_modules/typescript/bin/tsc'),
        ...['-p', 'tsconfig.build.json', '--pretty', 'false', '--outDir', fresh],
        ...(checksTypes ? [] : ['--noCheck']),
      ],
      cwd: root,
      progress,
      status: () => 'building',
      advice: 'Mend the faults above; `npm run types` shows them too.',
    });
    if (existsSync(join(fresh, 'src/cli/main.js'))) await bundle(root, fresh);
    await writeFile(join(fresh, '.built-from'), stamp);
    await replaceFolder(join(root, 'dist'), fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  progress.line(`Built in ${secondsSince(since)}.`);
}

/**
 * @param {string} folder
 * @param {string} fresh
 */
async function replaceFolder(folder, fresh) {
  const old = `${folder}.${randomUUID()}`;
  if (existsSync(folder)) await rename(folder, old);
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

/**
 * A hash of the names and contents of files and of all that lies in folders; what is not there counts as absent.
 * @param {string} root
 * @param {readonly string[]} paths
 */
export async function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(paths.map((each) => filesUnder(root, each)))).flat()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Promise<string[]>} in the order of their names
 */
async function filesUnder(root, path) {
  try {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    const names = entries.map((entry) => entry.name).sort();
    return (await Promise.all(names.map((name) => filesUnder(root, `${path}/${name}`)))).flat();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
