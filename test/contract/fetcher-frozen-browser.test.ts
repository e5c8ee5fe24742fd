import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { browserFetcher } from '../../src/fetch/browser.ts';
import { type Chromium, openChromium } from '../../src/fetch/chromium.ts';
import type { FetchContext } from '../../src/fetch/fetch-context.ts';
import type { FetchOutcome } from '../../src/fetch/fetcher.ts';
import { openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { chromiumPath } from '../support/chromium.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { WAIT } from '../support/timeouts.ts';

const NOTE = 'The laboratory describes its new picture model in a long note. '.repeat(8);
const PAGE = `<!doctype html><title>T</title><p>${NOTE}</p>`;
const TIMEOUTS = { launch: 5000, open: 1500, close: 1000 };

let site: HttpSite;
let context: FetchContext;
let chromium: Chromium;

beforeAll(chromiumPath);

beforeEach(async () => {
  site = await openSite();
  const agent = { version: '0.1.0', contact: null };
  const limits = { total: 4000 };
  context = openFetchContext({ clock: systemClock, agent, allow: ['127.0.0.1'], gap: 0, limits });
  chromium = openChromium({ timeouts: TIMEOUTS });
});

afterEach(async () => {
  await chromium.close();
  await context.close();
  await site.close();
});

function get(path: string): Promise<FetchOutcome> {
  const request = { url: `${site.origin}${path}`, via: 'browser' as const, validators: null };
  return browserFetcher(context, chromium).fetch(request, new AbortController().signal);
}

interface Process {
  pid: number;
  parent: number;
  command: string;
}

function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const parent = Number(
          readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1],
        );
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
        return [{ pid: Number(pid), parent, command }];
      } catch {
        return [];
      }
    });
}

/** Every process of the browsers that this one started. */
function browserProcesses(): readonly Process[] {
  const all = processes();
  const ours = (one: Process): boolean => {
    if (one.parent === process.pid) return true;
    const parent = all.find(({ pid }) => pid === one.parent);
    return parent !== undefined && ours(parent);
  };
  return all.filter((one) => one.command.includes('chromium') && ours(one));
}

/** Stops processes of the browser where they stand. False when there was none. */
function freeze(which: (one: Process) => boolean): boolean {
  let isFrozen = false;
  for (const { pid } of browserProcesses().filter(which)) {
    try {
      isFrozen = process.kill(pid, 'SIGSTOP');
    } catch {
      // It ended since it was seen.
    }
  }
  return isFrozen;
}

const isMain = ({ parent }: Process) => parent === process.pid;
const isRenderer = ({ command }: Process) => command.includes('--type=renderer');
const isAny = () => true;

describe.runIf(process.platform === 'linux')('a Chromium that stops answering', () => {
  /** The next page is read by a fresh browser, and nothing of the old one is left. */
  async function recovers(): Promise<void> {
    site.answer('/after', { body: PAGE });
    await vi.waitFor(() => isFetched('/after'), WAIT);
    await chromium.close();
    await expect.poll(() => browserProcesses().length).toBe(0);
  }

  /** A busy machine may take longer than these tests give it, and have its browser ended: it is asked again. */
  async function isFetched(path: string): Promise<void> {
    expect(await get(path)).toMatchObject({ kind: 'fetched' });
    expect(browserProcesses()).not.toEqual([]);
  }

  /** Asks for pages until one of them came as far as to freeze the browser; says what became of that one. */
  async function whenFrozen(isFrozen: () => boolean): Promise<FetchOutcome> {
    for (;;) {
      const outcome = await get('/');
      if (isFrozen()) return outcome;
    }
  }

  it('a Chromium that stops answering between two pages costs one failed page', async () => {
    site.answer('/', { body: PAGE });
    await vi.waitFor(() => isFetched('/'), WAIT);
    freeze(isAny);
    expect(await get('/')).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
    await recovers();
  });

  it.each([
    ['its main process', isMain],
    ['a renderer', isRenderer],
    ['every process', isAny],
  ])(
    'a Chromium that stops answering while a page is opened (%s) costs one failed page',
    async (_which, which) => {
      let isFrozen = false;
      site.answer('/', (_request, response) => {
        isFrozen = freeze(which);
        response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      });
      const outcome = await whenFrozen(() => isFrozen);
      expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
      await recovers();
    },
  );

  it('a Chromium that stops answering while a page draws itself costs one failed page', async () => {
    site.answer('/', { body: `${PAGE}<script>fetch('/late')</script>` });
    let isFrozen = false;
    site.answer('/late', (_request, response) => {
      isFrozen = freeze(isAny);
      response.end('{}');
    });
    const outcome = await whenFrozen(() => isFrozen);
    expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
    await recovers();
  });

  it('a Chromium that stops answering while it starts is ended, and the next one is started', async () => {
    const asked = get('/');
    // A browser is started by a script and by processes that come and go: whatever appears is frozen.
    const freezing = setInterval(() => freeze(isAny), 5);
    const outcome = await asked.finally(() => clearInterval(freezing));
    expect(outcome).toMatchObject({ kind: 'failed' });
    await recovers();
  });

  it('a Chromium that stops answering tells no memory instead of waiting for it, and can be closed', async () => {
    site.answer('/', { body: PAGE });
    await vi.waitFor(() => isFetched('/'), WAIT);
    freeze(isAny);
    expect(await chromium.memory()).toBeNull();
    await chromium.close();
    await expect.poll(() => browserProcesses().length).toBe(0);
  });
});
