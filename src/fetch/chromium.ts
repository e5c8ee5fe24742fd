import pTimeout from 'p-timeout';
import type { BrowserContext, BrowserContextOptions } from 'playwright';
import { FetchError } from '../domain/errors.ts';
import { endProcess, type Launched, launch, memoryOf, userAgentOf } from './chromium-process.ts';
import { abandonable, calledOff } from './faults.ts';
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
  timeouts?: Partial<Timeouts>;
}

/** How long the browser may take for what is not a page, in milliseconds, before its processes are ended. */
interface Timeouts {
  launch: number;
  open: number;
  close: number;
}

const USUAL_PAGES = 50;
const USUAL_MEMORY_MARK = 900 * 1024 * 1024;
const USUAL_TIMEOUTS: Timeouts = { launch: 40_000, open: 15_000, close: 5000 };

interface Running extends Launched {
  pages: number;
}

/**
 * A browser that hangs answers nothing, not even "close", and a context that is closed while a page is being opened
 * may leave a call that never settles. So every call to it races a deadline here, and what outlives its deadline is
 * ended by its process id: the browser's turn is always given back.
 */
export function openChromium(options: ChromiumOptions = {}): Chromium {
  const turns = openThrottle();
  const timeouts = { ...USUAL_TIMEOUTS, ...options.timeouts };
  const keeper = openKeeper(options, timeouts);

  async function session<T>(
    settings: (userAgent: string) => BrowserContextOptions,
    work: (context: BrowserContext, signal: AbortSignal) => Promise<T>,
    allowed: Allowed,
  ): Promise<T> {
    const { browser } = await keeper.forOnePage();
    const opening = browser.newContext(settings(userAgentOf(browser)));
    const context = await inTime(timeouts.open, opening);
    if (context === null) {
      await keeper.stop();
      throw new FetchError('timeout', 'Chromium does not answer.', { transient: true });
    }
    try {
      return await withinItsTime(context, work, allowed);
    } finally {
      const closing = context.close().then(() => true);
      if ((await inTime(timeouts.close, closing)) === null) await keeper.stop();
      await keeper.recycle();
    }
  }

  return {
    async withContext(settings, work, allowed) {
      const done = await turns.turn('the browser', 0, allowed.signal);
      const whole = session(settings, work, allowed).finally(done);
      // Whoever is called off leaves at once; the turn is given back when the browser is tidy again.
      return abandonable(whole, 'the page', allowed.signal);
    },
    memory: keeper.memory,
    close: keeper.stop,
  };
}

interface Keeper {
  /** The browser that runs, started when none does; the page is counted. */
  forOnePage(): Promise<Running>;
  /** Ends a browser that has shown enough pages or grown too large. */
  recycle(): Promise<void>;
  stop(): Promise<void>;
  memory(): Promise<number | null>;
}

function openKeeper(options: ChromiumOptions, timeouts: Timeouts): Keeper {
  const { pages = USUAL_PAGES, memoryMark = USUAL_MEMORY_MARK } = options;
  let running: Running | null = null;

  async function stop(): Promise<void> {
    const ended = running;
    running = null;
    if (ended === null) return;
    const closing = ended.browser.close().then(() => true);
    if ((await inTime(timeouts.close, closing)) === null) endProcess(ended.pid);
  }

  async function memory(): Promise<number | null> {
    return running === null ? null : inTime(timeouts.close, memoryOf(running.browser));
  }

  return {
    async forOnePage() {
      if (!running?.browser.isConnected()) {
        running = { ...(await launch(options.executable, timeouts.launch)), pages: 0 };
      }
      running.pages += 1;
      return running;
    },
    async recycle() {
      if (running === null) return;
      const isGrown = ((await memory()) ?? 0) > memoryMark;
      if (isGrown || running.pages >= pages) await stop();
    },
    stop,
    memory,
  };
}

/** Whatever the work waits for, it has no longer than its time. */
async function withinItsTime<T>(
  context: BrowserContext,
  work: (context: BrowserContext, signal: AbortSignal) => Promise<T>,
  { milliseconds, signal }: Allowed,
): Promise<T> {
  const over = new AbortController();
  try {
    const message = outOfTime(milliseconds);
    return await pTimeout(work(context, over.signal), { milliseconds, message, signal });
  } catch (error) {
    throw signal.aborted ? calledOff('the page', signal) : error;
  } finally {
    over.abort();
  }
}

function outOfTime(milliseconds: number): FetchError {
  const message = `The browser did not show the page within ${milliseconds / 1000} s.`;
  return new FetchError('timeout', message, { transient: true });
}

/** What a promise gives, or null when it fails or takes too long. */
function inTime<T>(milliseconds: number, promise: Promise<T>): Promise<T | null> {
  return pTimeout(promise, { milliseconds, fallback: () => null }).catch(() => null);
}
