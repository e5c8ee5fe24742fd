// Finds a Chromium, or installs one. Run it (`node scripts/chromium.mjs` prints the path) or import `ensureChromium`.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** Where Debian's package puts it. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

const HOW_TO =
  'Install Chromium yourself (Debian: apt-get install chromium; elsewhere: npx playwright install --with-deps chromium), ' +
  'or set FIRSTHAND_CHROMIUM to the path of one you have.';

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium that Playwright downloaded for itself; null when it did not, or when Playwright is not installed. */
async function playwrightChromium() {
  try {
    const { chromium } = await import('playwright');
    const path = chromium.executablePath();
    return isExecutable(path) ? path : null;
  } catch {
    return null;
  }
}

/**
 * The path of a Chromium that is already here, or null.
 * Throws when FIRSTHAND_CHROMIUM names something that cannot be run: a person said it, so it is not passed over.
 */
export async function findChromium(env = process.env) {
  const named = env.FIRSTHAND_CHROMIUM;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`FIRSTHAND_CHROMIUM is ${named}, and that is not a program that can be run.`);
  }
  return isExecutable(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : playwrightChromium();
}

/** Runs a command with its output on stderr, so that stdout stays for the answer. */
function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${signal ?? code}`)),
    );
  });
}

async function aptInstall() {
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], quiet);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
}

function onPath(command, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

/** The path of a Chromium, installed first when there is none. Throws with what to do when that fails. */
export async function ensureChromium({
  env = process.env,
  say = (line) => process.stderr.write(`${line}\n`),
} = {}) {
  const here = await findChromium(env);
  if (here !== null) return here;
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  try {
    if (asRoot && onPath('apt-get', env)) {
      say('No Chromium here: installing the package of the system (about 400 MB on disk) ...');
      await aptInstall();
    } else {
      say('No Chromium here: asking Playwright to download one (about 400 MB on disk) ...');
      await run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
    }
  } catch (cause) {
    throw new Error(`Chromium could not be installed: ${cause.message}. ${HOW_TO}`, { cause });
  }
  const installed = await findChromium(env);
  if (installed !== null) return installed;
  throw new Error(`The installation ended well and left no Chromium. ${HOW_TO}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.stdout.write(`${await ensureChromium()}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
