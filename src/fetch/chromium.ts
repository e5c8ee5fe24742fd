import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright';
import { asError, FetchError } from '../domain/errors.ts';
import { calledOff } from './faults.ts';
import { openThrottle } from './throttle.ts';

/** One Chromium that is started when it is needed, shows one page at a time, and is started afresh before it grows. */
export interface Chromium {
  /** Gives the work a context of its own and closes it after, whatever happened. Throws `FetchError` when there is no Chromium. */
  withContext<T>(
    settings: (userAgent: string) => BrowserContextOptions,
    work: (context: BrowserContext) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T>;
  /** Resident memory of all its processes in bytes; null where it does not run or that cannot be read. */
  memory(): Promise<number | null>;
  close(): Promise<void>;
}

export interface ChromiumOptions {
  /** The program; without it FIRSTHAND_CHROMIUM, Debian's, then Playwright's own. */
  executable?: string;
  /** Started afresh after this many pages. */
  pages?: number;
  /** Started afresh after a page that leaves it above this, in bytes. */
  memoryMark?: number;
}

const USUAL_PAGES = 50;
const USUAL_MEMORY_MARK = 900 * 1024 * 1024;
/** How long a closing may take before the process is ended. */
const CLOSING = 5000;

/** Quiet and contained: no traffic of its own, no names resolved but by the gate, no way out beside it. */
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

interface Running {
  browser: Browser;
  pages: number;
  /** Of the main process; null where it cannot be told. */
  pid: number | null;
}

export function openChromium(options: ChromiumOptions = {}): Chromium {
  const line = openThrottle();
  let running: Running | null = null;

  async function started(): Promise<Running> {
    if (running?.browser.isConnected()) return running;
    running = await start(options);
    return running;
  }

  async function stop(): Promise<void> {
    const ended = running;
    running = null;
    if (ended !== null) await end(ended);
  }

  async function recycle(): Promise<void> {
    if (running === null) return;
    const memory = await memoryOf(running.browser);
    const grown = (memory ?? 0) > (options.memoryMark ?? USUAL_MEMORY_MARK);
    if (grown || running.pages >= (options.pages ?? USUAL_PAGES)) await stop();
  }

  return {
    async withContext(settings, work, signal) {
      const done = await line.turn('the browser', 0, signal);
      try {
        const now = await started();
        now.pages += 1;
        const context = await now.browser.newContext(settings(userAgentOf(now.browser)));
        try {
          return await closedWhenAborted(context, work, signal);
        } finally {
          if (!(await within(CLOSING, context.close()))) await stop();
          await recycle();
        }
      } finally {
        done();
      }
    },
    memory: () => (running === null ? Promise.resolve(null) : memoryOf(running.browser)),
    close: stop,
  };
}

/** Being called off closes the context, which ends whatever the work waits for. */
async function closedWhenAborted<T>(
  context: BrowserContext,
  work: (context: BrowserContext) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const leave = () => void context.close().catch(() => undefined);
  if (signal.aborted) throw calledOff('the page', signal);
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await work(context);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** Whether a promise settled well in time. */
async function within(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const settled = promise.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function start(options: ChromiumOptions): Promise<Running> {
  const playwright = await import('playwright').catch((cause: unknown) => {
    throw new FetchError('off', 'Playwright is not installed, so no page is read by browser.', {
      cause,
    });
  });
  const executablePath = executableOf(options, playwright.chromium.executablePath());
  if (executablePath === null) {
    throw new FetchError(
      'off',
      'No Chromium is installed, so no page is read by browser; run `node scripts/chromium.mjs`, or set FIRSTHAND_CHROMIUM to one.',
    );
  }
  const asRoot = process.getuid?.() === 0;
  try {
    const browser = await playwright.chromium.launch({
      executablePath,
      // Chromium's own sandbox does not work for root.
      chromiumSandbox: !asRoot,
      args: FLAGS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 30_000,
    });
    return { browser, pages: 0, pid: await mainPid(browser) };
  } catch (cause) {
    throw notStarted(executablePath, asError(cause));
  }
}

function notStarted(executable: string, cause: Error): FetchError {
  const [reason] = cause.message.split('\n');
  const message = `Chromium (${executable}) could not be started: ${reason}`;
  return new FetchError('connect', message, { cause, transient: true });
}

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

function executableOf(options: ChromiumOptions, playwrights: string): string | null {
  const named = options.executable ?? process.env['FIRSTHAND_CHROMIUM'];
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

async function end(running: Running): Promise<void> {
  if (await within(CLOSING, running.browser.close())) return;
  if (running.pid === null) return;
  try {
    process.kill(running.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** What the browser would call itself, without the word for having no window. */
function userAgentOf(browser: Browser): string {
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

async function mainPid(browser: Browser): Promise<number | null> {
  const processes = await processesOf(browser).catch(() => []);
  return processes.find((found) => found.type === 'browser')?.id ?? null;
}

/** Proportional memory: pages that its processes share count once. Linux only. */
async function memoryOf(browser: Browser): Promise<number | null> {
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
