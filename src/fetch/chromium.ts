import process from 'node:process';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright';
import { FetchError } from '../domain/errors.ts';
import { launch, mainPid, memoryOf, userAgentOf } from './chromium-process.ts';
import { calledOff } from './faults.ts';
import { openThrottle } from './throttle.ts';

/** One Chromium that is started when it is needed, shows one page at a time, and is started afresh before it grows. */
export interface Chromium {
  /** Gives the work a context of its own and closes it after, whatever happened. Throws `FetchError` when there is no Chromium. */
  withContext<T>(
    settings: (userAgent: string) => BrowserContextOptions,
    work: (context: BrowserContext, signal: AbortSignal) => Promise<T>,
    allowed: Allowed,
  ): Promise<T>;
  /** Proportional memory of all its processes in bytes; null where it does not run or that cannot be read. */
  memory(): Promise<number | null>;
  close(): Promise<void>;
}

/** How long a page may take, from the moment it has the browser to itself, and what calls it off before. */
export interface Allowed {
  milliseconds: number;
  signal: AbortSignal;
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
/** How long opening and closing may take before the process is ended, in milliseconds. */
const OPENING = 15_000;
const CLOSING = 5000;

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
    const browser = await launch(options.executable);
    running = { browser, pages: 0, pid: await mainPid(browser) };
    return running;
  }

  async function stop(): Promise<void> {
    const ended = running;
    running = null;
    if (ended !== null) await end(ended);
  }

  async function recycle(): Promise<void> {
    if (running === null) return;
    const memory = await inTime(CLOSING, memoryOf(running.browser));
    const grown = (memory ?? 0) > (options.memoryMark ?? USUAL_MEMORY_MARK);
    if (grown || running.pages >= (options.pages ?? USUAL_PAGES)) await stop();
  }

  return {
    async withContext(settings, work, allowed) {
      const done = await line.turn('the browser', 0, allowed.signal);
      try {
        const now = await started();
        now.pages += 1;
        const opening = now.browser.newContext(settings(userAgentOf(now.browser)));
        const context = await inTime(OPENING, opening);
        if (context === null) {
          await stop();
          throw new FetchError('timeout', 'Chromium does not answer.', { transient: true });
        }
        try {
          return await withinItsTime(context, work, allowed);
        } finally {
          const closed = context.close().then(() => true);
          if (!(await inTime(CLOSING, closed))) await stop();
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

/** At the end of its time, or when called off, the context is closed, which ends whatever the work waits for. */
async function withinItsTime<T>(
  context: BrowserContext,
  work: (context: BrowserContext, signal: AbortSignal) => Promise<T>,
  allowed: Allowed,
): Promise<T> {
  const { milliseconds } = allowed;
  const deadline = new AbortController();
  const end = (reason: FetchError) => {
    deadline.abort(reason);
    context.close().catch(() => undefined);
  };
  const leave = () => end(calledOff('the page', allowed.signal));
  const timer = setTimeout(() => end(outOfTime(milliseconds)), milliseconds);
  allowed.signal.addEventListener('abort', leave, { once: true });
  try {
    if (allowed.signal.aborted) leave();
    return await work(context, deadline.signal);
  } catch (error) {
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    clearTimeout(timer);
    allowed.signal.removeEventListener('abort', leave);
  }
}

function outOfTime(milliseconds: number): FetchError {
  const message = `The browser did not show the page within ${milliseconds / 1000} s.`;
  return new FetchError('timeout', message, { transient: true });
}

/** What a promise gives, or null when it fails or takes too long: a browser that hangs answers nothing, not even "close". */
async function inTime<T>(milliseconds: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  const settled = promise.catch(() => null);
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function end(running: Running): Promise<void> {
  const closed = running.browser.close().then(() => true);
  if (await inTime(CLOSING, closed)) return;
  if (running.pid === null) return;
  try {
    process.kill(running.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
