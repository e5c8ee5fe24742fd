import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lastOf, wordsOf } from './dockerfile.mjs';
import { StepError } from './run-command.mjs';

/** How long an image may take to be well, and to end when it is told to, in milliseconds. */
const PATIENCE = 40_000;

/**
 * Starts an image as Docker would with a read-only root and one volume: its own user, its own process tree. Asks its
 * health check and its doctor how it is, and ends it by a signal.
 * @param {readonly import('./dockerfile.mjs').Stage[]} stages
 * @param {{ name: string, root: string, env: Record<string, string>, folder: string, user: string }} image
 * @param {string} place
 * @param {import('./progress.mjs').Progress} progress
 */
export async function tryImage(stages, image, place, progress) {
  const said = (/** @type {string} */ what) => lastOf(stages, image.name, what) ?? '[]';
  const volume = join(place, `${image.name}-volume`);
  mkdirSync(volume);
  chownSync(volume, 1000, 1000);
  sh(`mount --bind '${volume}' '${image.root}${said('VOLUME')}'`);
  sh(`mount -o remount,ro '${image.root}'`);
  if (sh(`chroot --userspec=${image.user} '${image.root}' touch /app/mark`, true) === 0) {
    throw new StepError(`${image.name}: its user can write to the program.`);
  }
  const running = start(image, [...wordsOf(said('ENTRYPOINT')), ...wordsOf(said('CMD'))]);
  try {
    const [, check = ''] = /CMD (.*)$/.exec(said('HEALTHCHECK')) ?? [];
    await untilWell(image, wordsOf(check), running);
    consult(image, wordsOf(said('ENTRYPOINT')));
    progress.line(`image ${image.name}: is well as ${image.user}, on a read-only root`);
  } finally {
    running.child.kill('SIGTERM');
  }
  const code = await Promise.race([running.ended, pause(PATIENCE, 'not at all', { ref: false })]);
  if (code !== 0) throw new StepError(`${image.name}: SIGTERM ended it with ${code}.`, running);
}

/**
 * @param {{ root: string, env: Record<string, string>, folder: string, user: string }} image
 * @param {readonly string[]} words
 */
function inside({ root, folder, user }, words) {
  const shell = ['sh', '-c', `cd '${folder}' && exec "$@"`, 'sh', ...words];
  return ['chroot', `--userspec=${user}`, root, ...shell];
}

/** @param {Record<string, string>} env */
function environment(env) {
  const PATH = ['/usr/local', '/usr', ''].map((at) => `${at}/sbin:${at}/bin`).join(':');
  return { PATH, HOME: '/home/node', ...env };
}

/**
 * @param {{ root: string, env: Record<string, string>, folder: string, user: string }} image
 * @param {readonly string[]} words
 */
function start(image, words) {
  // `exec`, so that the first process of the container is its entry point and gets the signal itself.
  const child = spawn('/bin/sh', ['-c', 'exec "$@"', 'sh', ...inside(image, words)], {
    env: environment(image.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running = {
    child,
    output: '',
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal))),
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      running.output += chunk;
    });
  }
  return running;
}

/**
 * @param {{ name: string, root: string, env: Record<string, string>, folder: string, user: string }} image
 * @param {readonly string[]} check
 * @param {{ output: string, child: import('node:child_process').ChildProcess }} running
 */
async function untilWell(image, check, running) {
  const [command = '', ...args] = inside(image, check);
  const end = performance.now() + PATIENCE;
  while (performance.now() < end && running.child.exitCode === null) {
    if (spawnSync(command, args, { env: environment(image.env) }).status === 0) return;
    await pause(500);
  }
  throw new StepError(`${image.name}: its health check never passed.`, running);
}

/**
 * What the doctor says in there of the database and, where one is meant to be, of the browser.
 * @param {{ name: string, root: string, env: Record<string, string>, folder: string, user: string }} image
 * @param {readonly string[]} entry
 */
function consult(image, entry) {
  const [command = '', ...args] = inside(image, [...entry, 'doctor', '--json']);
  const { stdout } = spawnSync(command, args, { env: environment(image.env), encoding: 'utf8' });
  /** @type {{ findings: { about: string, state: string, says: string }[] }} */
  const { findings } = JSON.parse(stdout);
  const needed = ['config', 'record', 'disk', 'temporary files'];
  if ('FIRSTHAND_CHROMIUM' in image.env) needed.push('browser');
  for (const about of needed) {
    const finding = findings.find((one) => one.about === about);
    if (finding?.state === 'ok') continue;
    throw new StepError(`${image.name}: ${about}: ${finding?.says ?? 'was not looked at'}.`);
  }
}

/**
 * @param {string} line
 * @param {boolean} [mayFail]
 */
function sh(line, mayFail = false) {
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
  if (status === 0 || mayFail) return status;
  throw new StepError(`\`${line}\` ended with ${status}.`, { output: stderr });
}
