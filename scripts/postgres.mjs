// Finds a Postgres, or installs one, and starts servers of it that last as long as whoever asked.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { OWN_ADDRESS } from './own-address.mjs';

/** Where Debian's packages put the programs, a folder for each version. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

const HOW_TO =
  'Install it (Debian: apt-get install postgresql), or set FIRSTHAND_POSTGRES to the folder of the programs of one you have.';

/** How long a server may take to start or to end, in milliseconds. */
const DEADLINE = 300_000;

function holdsServer(folder) {
  try {
    for (const program of ['initdb', 'postgres']) accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder with the programs of a Postgres that is here, or null.
 * Throws when FIRSTHAND_POSTGRES names something else: a person said it, so it is not passed over.
 */
export function findPostgres(env = process.env) {
  const named = env.FIRSTHAND_POSTGRES;
  if (named) {
    if (holdsServer(named)) return named;
    throw new Error(
      `FIRSTHAND_POSTGRES is ${named}, and there is no initdb and no postgres in it.`,
    );
  }
  const versions = foldersIn(DEBIAN_POSTGRES).sort((a, b) => Number(b) - Number(a));
  const places = versions.map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
  return [...places, ...(env.PATH ?? '').split(delimiter)].find(holdsServer) ?? null;
}

function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folder of a Postgres, installed first when there is none and this is Debian's root. Throws with what to do. */
export function ensurePostgres({ env = process.env, say = () => undefined } = {}) {
  const here = findPostgres(env);
  if (here !== null) return here;
  if (process.getuid?.() !== 0 || !foldersIn('/usr/bin').includes('apt-get')) {
    throw new Error(`There is no Postgres here. ${HOW_TO}`);
  }
  say('No Postgres here: installing the package of the system (about 60 MB on disk) ...');
  const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-q', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1'],
    ['install', '-y', '-q', '--no-install-recommends', 'postgresql'],
  ]) {
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: quiet,
      timeout: 600_000,
    });
    if (status !== 0)
      throw new Error(`Postgres could not be installed (apt-get ${args[0]}). ${HOW_TO}`);
  }
  const installed = findPostgres(env);
  if (installed !== null) return installed;
  throw new Error(`The installation ended well and left no Postgres. ${HOW_TO}`);
}

/** Postgres refuses to run as root: it runs as somebody who owns nothing. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'nobody']).stdout.toString().trim());
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Starts a server over an empty folder, for tests and trials: it trusts whoever asks from this machine, and does not
 * wait for the disk. `standbyOf` is the address of a server that it copies and follows from then on, until it is promoted.
 * Gives its address, and how to end it, which also removes the folder.
 */
export async function startPostgres(settings = [], standbyOf = null) {
  const programs = findPostgres();
  if (programs === null) throw new Error(`There is no Postgres here. ${HOW_TO}`);
  const folder = mkdtempSync(join(tmpdir(), 'firsthand-postgres-'));
  const who = unprivileged();
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);
  const data = join(folder, 'data');
  await fillFolder({ programs, who, folder, data }, standbyOf);
  const port = await freePort();
  const url = `postgres://postgres@${OWN_ADDRESS}:${port}/postgres`;
  const server = { url, port, data, programs, who, child: null };
  await run(server, folder, settings);
  return {
    ...{ url, port, data, programs, who },
    /** Ends the server as an operator does, and starts it again. */
    async restart() {
      await end(server, 'SIGINT');
      await run(server, folder, settings);
    },
    /** Ends the server; `how` is `SIGINT` for at once, `SIGQUIT` for as after a crash. */
    stop: (how = 'SIGINT') => end(server, how),
    start: () => run(server, folder, settings),
    /** Lets a server that followed another take its place. */
    promote: () =>
      runProgram({ who, folder }, join(programs, 'pg_ctl'), ['promote', '-D', data, '-w']),
    async remove() {
      await end(server, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes the files of a new database, or copies those of a running server with the order to follow it. */
function fillFolder({ programs, who, folder, data }, standbyOf) {
  if (standbyOf !== null) {
    const copy = ['-D', data, '-d', standbyOf, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'];
    return runProgram({ who, folder }, join(programs, 'pg_basebackup'), copy);
  }
  const make = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  return runProgram({ who, folder }, join(programs, 'initdb'), [...make, '--no-sync']);
}

/** Runs a program beside this process, which may be serving what the program waits for. */
function runProgram({ who, folder }, program, args) {
  return new Promise((resolve, reject) => {
    const options = { ...who, cwd: folder, timeout: DEADLINE, stdio: ['ignore', 'ignore', 'pipe'] };
    const child = spawn(program, args, options);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} failed: ${said}`));
    });
  });
}

async function run(server, folder, settings) {
  const { programs, data, port, who } = server;
  const args = ['-D', data, '-p', port, '-k', folder, '-h', OWN_ADDRESS].map(String);
  const given = ['fsync=off', 'max_connections=200', 'shared_buffers=64MB', ...settings];
  const child = spawn(
    join(programs, 'postgres'),
    [...args, ...given.flatMap((one) => ['-c', one])],
    {
      ...who,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  server.child = child;
  let said = '';
  await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Postgres did not start: ${said}`)), DEADLINE);
    child.once('exit', () => reject(new Error(`Postgres ended at its start: ${said}`)));
    child.stderr.on('data', (chunk) => {
      if (said.length < 100_000) said += chunk;
      if (!/ready to accept (read-only )?connections/.test(said)) return;
      clearTimeout(late);
      said = 'x'.repeat(100_000);
      resolve();
    });
  });
}

async function end(server, signal) {
  const { child } = server;
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGQUIT'), DEADLINE);
  await ended;
  clearTimeout(late);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once('error', reject);
    listener.listen(0, OWN_ADDRESS, () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

/** A server in a process of its own, which ends it when it is let go of, even by a kill. Gives address and end. */
export async function servePostgres() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Postgres could not be started.')));
    child.stdout.once('data', (line) => resolve(String(line).trim()));
  });
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}

/** `serve` prints the address of a server and ends it with its own input; without it, the folder of the programs. */
async function main() {
  if (process.argv[2] !== 'serve') {
    process.stdout.write(
      `${ensurePostgres({ say: (line) => process.stderr.write(`${line}\n`) })}\n`,
    );
    return;
  }
  const server = await startPostgres();
  process.stdout.write(`${server.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.stdin.destroy());
  await new Promise((resolve) => process.stdin.on('close', resolve).on('end', resolve).resume());
  await server.remove();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
