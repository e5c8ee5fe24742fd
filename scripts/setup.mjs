import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled, nodeFault } from './install.mjs';
import { progressOn } from './progress.mjs';
import { StepError } from './run-command.mjs';
import { withLock } from './set-up-lock.mjs';

/** Brings a checkout to the point where it can run: Node, packages, build, and a browser when one is asked for. */

export const PROJECT_ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} SetUp
 * @property {string} root
 * @property {import('./progress.mjs').Progress} progress
 * @property {boolean} [withPackages] install what package-lock.json asks for; true unless said otherwise
 * @property {boolean} [withBuild] compile into dist; true unless said otherwise
 * @property {boolean} [withBrowser] have a Chromium at hand; false unless said otherwise
 */

/**
 * Does what is missing, and nothing twice; says what it does. Throws `StepError`.
 * @param {SetUp} wanted
 */
export async function setUp({
  root,
  progress,
  withPackages = true,
  withBuild = true,
  withBrowser = false,
}) {
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const fault = nodeFault(process.version, engines.node);
  if (fault !== null) {
    throw new StepError(fault, { advice: 'Install Node 20 or later, and start again.' });
  }
  if (withPackages) await once(root, progress, isInstalled, install);
  if (withBuild) await once(root, progress, isBuilt, build);
  if (withBrowser) await withLock(lockOf(root), progress, () => ensureBrowser(root, progress));
}

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 * @param {(root: string) => Promise<boolean>} isDone
 * @param {(root: string, progress: import('./progress.mjs').Progress) => Promise<void>} act
 */
async function once(root, progress, isDone, act) {
  if (await isDone(root)) return;
  await withLock(lockOf(root), progress, async () => {
    // Whoever held the lock before may have done it.
    if (!(await isDone(root))) await act(root, progress);
  });
}

/** @param {string} root */
function lockOf(root) {
  return join(root, '.firsthand/set-up.lock');
}

/**
 * Loaded late: it needs the installed packages.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
async function ensureBrowser(root, progress) {
  const { ensureChromium } = await import(join(root, 'scripts/chromium.mjs'));
  try {
    await ensureChromium({ say: progress.line });
  } catch (error) {
    throw new StepError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Runs a script to its end and turns a failed step into words on standard error and an exit code of 1.
 * @param {() => Promise<number>} work gives the exit code
 */
export async function runScript(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const parts = [error.output, `\n${error.message}`, error.advice];
    process.stderr.write(`${parts.filter((part) => part !== '').join('\n')}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const progress = progressOn(process.stderr);
    const withBuild = !process.argv.includes('--no-build');
    const withBrowser = process.argv.includes('--browser');
    await setUp({ root: PROJECT_ROOT, progress, withBuild, withBrowser });
    progress.line('Everything is in place.');
    return 0;
  });
}
