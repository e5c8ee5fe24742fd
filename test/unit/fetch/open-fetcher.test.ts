import { expect, it } from 'vitest';
import type { Capture } from '../../../src/domain/capture.ts';
import { type Block, FetchError } from '../../../src/domain/errors.ts';
import { bodyHash } from '../../../src/domain/ids.ts';
import type { Fetcher, FetchOutcome, FetchRequest } from '../../../src/fetch/fetcher.ts';
import { escalatingFetcher } from '../../../src/fetch/open-fetcher.ts';

interface Scripted extends Fetcher {
  asked: FetchRequest[];
  closed: number;
}

function scripted(outcome: FetchOutcome): Scripted {
  const asked: FetchRequest[] = [];
  return {
    asked,
    closed: 0,
    fetch(request) {
      asked.push(request);
      return Promise.resolve(outcome);
    },
    close() {
      this.closed += 1;
      return Promise.resolve();
    },
  };
}

const CAPTURE: Capture = {
  url: 'https://news.example/',
  finalUrl: 'https://news.example/',
  redirects: ['https://news.example/'],
  status: 200,
  headers: {},
  contentType: 'text/html',
  body: new Uint8Array(),
  bodyHash: bodyHash('0'),
  fetchedAt: '2026-04-21T19:00:00.000Z',
  via: 'browser',
};

const fetched: FetchOutcome = { kind: 'fetched', capture: CAPTURE };
const blocked = (block: Block): FetchOutcome => ({
  kind: 'failed',
  error: new FetchError('blocked', 'A wall.', { block, status: 403, retryAfter: 5 }),
});
const request: FetchRequest = {
  url: 'https://news.example/',
  via: 'http',
  validators: { etag: '"a"', lastModified: null },
};

function fetchedBy(http: Scripted, browser: Scripted, asked = request): Promise<FetchOutcome> {
  return escalatingFetcher(http, browser).fetch(asked, new AbortController().signal);
}

it.each<Block>(['challenge', 'script-shell'])(
  'an escalating fetcher tries a %s with the browser',
  async (block) => {
    const browser = scripted(fetched);
    expect(await fetchedBy(scripted(blocked(block)), browser)).toBe(fetched);
    expect(browser.asked).toEqual([{ ...request, validators: null }]);
  },
);

it.each<Block>(['captcha', 'login', 'consent', 'refused'])(
  'an escalating fetcher lets a %s stand',
  async (block) => {
    const wall = blocked(block);
    const browser = scripted(fetched);
    expect(await fetchedBy(scripted(wall), browser)).toBe(wall);
    expect(browser.asked).toEqual([]);
  },
);

it('an escalating fetcher does not trouble the browser with answers and other faults', async () => {
  const browser = scripted(fetched);
  const down: FetchOutcome = { kind: 'failed', error: new FetchError('dns', 'No such name.') };
  for (const outcome of [fetched, { kind: 'not-modified' } as const, down]) {
    expect(await fetchedBy(scripted(outcome), browser)).toBe(outcome);
  }
  expect(browser.asked).toEqual([]);
});

it('an escalating fetcher goes to the browser at once when asked to', async () => {
  const http = scripted(fetched);
  await fetchedBy(http, scripted(fetched), { ...request, via: 'browser' });
  expect(http.asked).toEqual([]);
});

it('an escalating fetcher keeps the wall, and what the browser met, when the browser fares no better', async () => {
  const off = new FetchError('off', 'No Chromium is installed.');
  const outcome = await fetchedBy(
    scripted(blocked('challenge')),
    scripted({ kind: 'failed', error: off }),
  );
  expect(outcome).toMatchObject({
    kind: 'failed',
    error: { kind: 'blocked', block: 'challenge', status: 403, retryAfter: 5, cause: off },
  });
  expect(outcome.kind === 'failed' ? outcome.error.message : '').toBe(
    'A wall. By browser: No Chromium is installed.',
  );
});

it('an escalating fetcher closes both', async () => {
  const [http, browser] = [scripted(fetched), scripted(fetched)];
  await escalatingFetcher(http, browser).close();
  expect([http.closed, browser.closed]).toEqual([1, 1]);
});
