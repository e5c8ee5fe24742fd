import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { secondsSince } from './progress.mjs';
import { runCommand, StepError } from './run-command.mjs';

const STAMP = 'node_modules/.firsthand-installed';
const BUILD_TOOLS = ['python3', 'make', 'g++'];

/**
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages: Readonly<Record<string, LockedPackage>> }} Lock
 */

/**
 * Why this Node cannot run the project, or null when it can.
 * @param {string} version as in `process.version`
 * @param {string} range as in `engines.node`, of the form `>=20.19`
 */
export function nodeFault(version, range) {
  const wanted = numbersOf(range);
  const found = numbersOf(version);
  for (const [place, least] of wanted.entries()) {
    const number = found[place] ?? 0;
    if (number > least) return null;
    if (number < least) return `firsthand needs Node ${range}; this is ${version}.`;
  }
  return null;
}

/** @param {string} text */
function numbersOf(text) {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/**
 * Brings node_modules in line with package-lock.json, when it is not.
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
export async function install(root, progress) {
  const since = performance.now();
  progress.line('Installing the packages; one of them is compiled, which takes about a minute.');
  await installPackages(root, progress);
  const fault = await nativeFault(root);
  if (fault !== null) {
    throw new StepError('better-sqlite3 was installed and cannot be loaded.', {
      output: fault,
      advice: 'Remove node_modules and start again with the Node you mean to use.',
    });
  }
  await writeFile(join(root, STAMP), await stampOf(root));
  progress.line(`Installed the packages in ${secondsSince(since)}.`);
}

/**
 * Whether node_modules holds what package-lock.json asks for, for this Node. A tree that npm was asked to make by hand
 * counts as well; it gets its stamp here.
 * @param {string} root
 */
export async function isInstalled(root) {
  const stamp = await stampOf(root);
  if ((await textOf(join(root, STAMP))) === stamp) return true;
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  if (!(await holdsAll(root, JSON.parse(lock)))) return false;
  if ((await nativeFault(root)) !== null) return false;
  await writeFile(join(root, STAMP), stamp);
  return true;
}

/**
 * Whether every package of the lock stands in its place in its version. Optional packages may be absent: most are for
 * other platforms. The folders are asked, not npm's own note of what it installed: that one outlives what it speaks of.
 * @param {string} root
 * @param {Lock} lock
 */
export async function holdsAll(root, lock) {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  const standing = packages.map(async ([place, locked]) => {
    const text = await textOf(join(root, place, 'package.json'));
    if (text === null) return locked.optional === true || locked.devOptional === true;
    return locked.link === true || JSON.parse(text).version === locked.version;
  });
  return (await Promise.all(standing)).every(Boolean);
}

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
async function installPackages(root, progress) {
  try {
    await runNpmCi(root, progress);
  } catch (error) {
    const missing = missingTools();
    if (missing.length === 0) throw error;
    await installBuildTools(root, missing, progress, error);
    await runNpmCi(root, progress);
  }
}

/**
 * @param {string} root
 * @param {import('./progress.mjs').Progress} progress
 */
async function runNpmCi(root, progress) {
  const npm = npmCommand();
  let unpacked = 0;
  let unchangedFor = 0;
  const counting = setInterval(async () => {
    const found = await countPackages(join(root, 'node_modules'));
    unchangedFor = found === unpacked ? unchangedFor + 1 : 0;
    unpacked = found;
  }, 1000);
  try {
    await runCommand({
      name: 'install the packages',
      command: npm.command,
      args: [...npm.args, 'ci', '--include=dev', '--ignore-scripts=false', '--no-progress'],
      cwd: root,
      env: { ...process.env, ...headersOfThisNode() },
      progress,
      status: () =>
        `${unpacked} packages unpacked${unpacked > 0 && unchangedFor > 3 ? ', compiling one' : ''}`,
      advice:
        'Is the package registry reachable (`npm ping`)? Does package-lock.json fit package.json?',
    });
  } finally {
    clearInterval(counting);
  }
}

/** The npm that started us, or the one on the path. */
export function npmCommand() {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) {
    return { command: process.execPath, args: [cli] };
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** Where Node came with its headers, compiling against them saves a download that may not be possible. */
function headersOfThisNode() {
  const prefix = dirname(dirname(process.execPath));
  const known = process.env['npm_config_nodedir'] !== undefined;
  return known || !existsSync(join(prefix, 'include/node')) ? {} : { npm_config_nodedir: prefix };
}

/**
 * @param {string} folder
 * @returns {Promise<number>}
 */
async function countPackages(folder) {
  const names = await readdir(folder).catch(() => []);
  const scopes = names.filter((name) => name.startsWith('@'));
  const inScopes = await Promise.all(scopes.map((scope) => countPackages(join(folder, scope))));
  const own = names.filter((name) => !name.startsWith('@') && !name.startsWith('.')).length;
  return inScopes.reduce((sum, count) => sum + count, own);
}

function missingTools() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return BUILD_TOOLS.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
}

/**
 * @param {string} root
 * @param {readonly string[]} missing
 * @param {import('./progress.mjs').Progress} progress
 * @param {unknown} cause why the first attempt failed
 */
async function installBuildTools(root, missing, progress, cause) {
  const packages = BUILD_TOOLS.join(' ');
  const advice = `Install them (on Debian: apt-get install -y ${packages}) and start again.`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    const output = cause instanceof StepError ? cause.output : '';
    throw new StepError(
      `Could not install the packages. A compiler may be needed, and there is no ${missing.join(', no ')}.`,
      { output, advice, cause },
    );
  }
  progress.line(
    `A package has to be compiled, and there is no ${missing.join(', no ')}: installing them.`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const step = { command: '/usr/bin/apt-get', cwd: root, env, progress, advice };
  await runCommand({ ...step, name: 'read the package lists', args: ['update', '-q'] });
  const wanted = ['install', '-qy', '--no-install-recommends', ...BUILD_TOOLS];
  await runCommand({ ...step, name: 'install a compiler', args: wanted });
}

/**
 * Why the one compiled package cannot be loaded by this Node, or null when it can or is not wanted.
 * @param {string} root
 */
async function nativeFault(root) {
  if (
    !(await readFile(join(root, 'package-lock.json'), 'utf8')).includes(
      '"node_modules/better-sqlite3"',
    )
  ) {
    return null;
  }
  const opening = "new (require('better-sqlite3'))(':memory:').close()";
  try {
    await promisify(execFile)(process.execPath, ['-e', opening], { cwd: root });
    return null;
  } catch (error) {
    return String(error);
  }
}

/**
 * What an installed tree depends on: the lock, and the Node its compiled parts were made for.
 * @param {string} root
 */
async function stampOf(root) {
  const lock = await readFile(join(root, 'package-lock.json'));
  const made = [process.versions.modules, process.platform, process.arch].join('-');
  return `${createHash('sha256').update(lock).digest('hex')} ${made}\n`;
}

/** @param {string} path */
function textOf(path) {
  return readFile(path, 'utf8').catch(() => null);
}
