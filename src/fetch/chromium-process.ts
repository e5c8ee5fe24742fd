import { randomUUID } from 'node:crypto';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import pTimeout from 'p-timeout';
import type { Browser } from 'playwright';
import { asError, FetchError } from '../domain/errors.ts';

/** Quiet and contained: no traffic of its own, no names resolved but by the browser proxy, no way out beside it. */
const FLAGS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
];

export interface Launched {
  browser: Browser;
  /** Of the main process; null where it cannot be told. */
  pid: number | null;
}

/**
 * Starts a Chromium within so many milliseconds. Throws `FetchError`: of kind off when there is none, of kind connect
 * when it does not start.
 */
export async function launch(executable: string | undefined, limit: number): Promise<Launched> {
  const playwright = await import('playwright').catch((cause: unknown) => {
    throw new FetchError('off', 'Playwright is not installed, so no page is read by browser.', {
      cause,
    });
  });
  const executablePath = executableOf(executable, playwright.chromium.executablePath());
  if (executablePath === null) {
    throw new FetchError(
      'off',
      'No Chromium is installed, so no page is read by browser; run `node scripts/chromium.mjs`, or set FIRSTHAND_CHROMIUM to one.',
    );
  }
  // Chromium ignores what it does not know: a flag of its own tells which process is this one, though it answers nothing.
  const mark = `--firsthand-instance=${randomUUID()}`;
  const starting = playwright.chromium.launch({
    executablePath,
    chromiumSandbox: isSandboxed(),
    args: [...FLAGS, mark],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: limit,
  });
  try {
    // Playwright's own limit waits for the process to end, which a stopped one does not.
    const browser = await pTimeout(starting, { milliseconds: limit + KILLED_BY_PLAYWRIGHT });
    const told = pTimeout(mainPid(browser), { milliseconds: limit, fallback: () => null });
    return { browser, pid: pidOfMark(mark) ?? (await told) };
  } catch (cause) {
    endProcess(pidOfMark(mark));
    throw notStarted(executablePath, asError(cause));
  }
}

/** How long Playwright gets to end what did not start in time, in milliseconds. */
const KILLED_BY_PLAYWRIGHT = 5000;

/** The process that was started with this flag; null when there is none, or where /proc does not tell. */
function pidOfMark(mark: string): number | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return Number(pids.find((pid) => argumentsOf(pid).includes(mark)) ?? Number.NaN) || null;
  } catch {
    return null;
  }
}

function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // It ended meanwhile, or is not ours to look at.
    return [];
  }
}

/** Ends a browser that does not answer, with its children: Playwright gives it a process group of its own. */
export function endProcess(pid: number | null): void {
  if (pid === null) return;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It ended meanwhile, or leads no group.
    }
  }
}

/** Chromium's own sandbox does not work for root, nor in a container that takes all rights away and is a sandbox itself. */
function isSandboxed(): boolean {
  return process.getuid?.() !== 0 && process.env['FIRSTHAND_CHROMIUM_SANDBOX'] !== 'off';
}

function notStarted(executable: string, cause: Error): FetchError {
  const [reason] = cause.message.split('\n');
  const message = `Chromium (${executable}) could not be started: ${reason}`;
  return new FetchError('connect', message, { cause, transient: true });
}

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

function executableOf(wanted: string | undefined, playwrights: string): string | null {
  const named = wanted ?? process.env['FIRSTHAND_CHROMIUM'];
  if (named) return isExecutable(named) ? named : null;
  return [DEBIAN_CHROMIUM, playwrights].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the browser would call itself, without the word for having no window. */
export function userAgentOf(browser: Browser): string {
  const major = browser.version().split('.')[0] ?? '';
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

interface ProcessInfo {
  type: string;
  id: number;
}

async function processesOf(browser: Browser): Promise<readonly ProcessInfo[]> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo;
  } finally {
    await session.detach().catch(() => undefined);
  }
}

/** What the browser says its main process is; null where it cannot be told. */
async function mainPid(browser: Browser): Promise<number | null> {
  const processes = await processesOf(browser).catch(() => []);
  return processes.find((found) => found.type === 'browser')?.id ?? null;
}

/** Proportional memory: pages that its processes share count once. Linux only. */
export async function memoryOf(browser: Browser): Promise<number | null> {
  try {
    const sizes = await Promise.all((await processesOf(browser)).map(({ id }) => proportional(id)));
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch {
    return null;
  }
}

async function proportional(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}
