import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf } from '../../src/core/extract/text.ts';
import { type ManualClock, manualClock } from '../../src/domain/clock.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import type { Fetcher, FetchOutcome } from '../../src/fetch/fetcher.ts';
import { httpFetcher } from '../../src/fetch/http.ts';
import { type FetchContextOptions, openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import * as hostile from '../support/hostile-site.ts';
import {
  type HttpSite,
  openSite,
  type Scripted,
  type ScriptedAnswer,
} from '../support/http-site.ts';

const AT = '2026-04-21T19:00:42.000Z';
const NOTE = 'The laboratory describes its new picture model in a long note. '.repeat(20);

let site: HttpSite;
let clock: ManualClock;
let fetcher: Fetcher;

beforeEach(async () => {
  site = await openSite();
  clock = manualClock(AT);
  fetcher = opened({});
});

afterEach(async () => {
  await fetcher.close();
  await site.close();
});

function opened(options: Partial<FetchContextOptions>): Fetcher {
  const agent = { version: '0.1.0', contact: null };
  return httpFetcher(openFetchContext({ clock, agent, allow: ['127.0.0.1'], gap: 0, ...options }));
}

async function use(options: Partial<FetchContextOptions>): Promise<void> {
  await fetcher.close();
  fetcher = opened(options);
}

function get(
  address: string,
  validators: { etag: string | null; lastModified: string | null } | null = null,
): Promise<FetchOutcome> {
  const url = address.startsWith('/') ? `${site.origin}${address}` : address;
  return fetcher.fetch({ url, via: 'http', validators }, new AbortController().signal);
}

async function bodyAt(address: string): Promise<string> {
  const outcome = await get(address);
  if (outcome.kind !== 'fetched') throw outcome.kind === 'failed' ? outcome.error : new Error();
  return textOf(outcome.capture.body, outcome.capture.contentType);
}

function timesAsked(path: string): number {
  return site.requests.filter((request) => request.path === path).length;
}

/** Answers addresses, and tells the time from the first answer to the next request, in milliseconds, as the site sees it. */
function answerTimed(answers: Readonly<Record<string, ScriptedAnswer>>) {
  const answered: number[] = [];
  for (const [path, { status = 200, headers = {}, body = '' }] of Object.entries(answers)) {
    site.answer(path, (_request, response) => {
      answered.push(performance.now());
      response.writeHead(status, headers).end(body);
    });
  }
  return { betweenAnswers: () => (answered[1] ?? Number.NaN) - (answered[0] ?? Number.NaN) };
}

it('a conditional request costs no body when the page is as it was, by tag or by date', async () => {
  site.answer('/a', { body: NOTE, conditional: true });
  const first = await get('/a');
  const headers = first.kind === 'fetched' ? first.capture.headers : {};
  const { etag = null, 'last-modified': lastModified = null } = headers;
  expect(await get('/a', { etag, lastModified: null })).toEqual({ kind: 'not-modified' });
  expect(await get('/a', { etag: null, lastModified })).toEqual({ kind: 'not-modified' });
  expect((await get('/a', { etag: '"older"', lastModified })).kind).toBe('fetched');
});

it('a conditional request keeps its conditions over a redirect', async () => {
  site.answer('/a', hostile.redirectTo('/a/', 301));
  site.answer('/a/', { body: NOTE, conditional: true });
  const first = await get('/a');
  const etag = first.kind === 'fetched' ? (first.capture.headers['etag'] ?? null) : null;
  expect(await get('/a', { etag, lastModified: null })).toEqual({ kind: 'not-modified' });
});

it('a conditional request is a fault when 304 comes and nobody asked for it', async () => {
  site.answer('/a', { status: 304 });
  expect(await get('/a')).toMatchObject({
    kind: 'failed',
    error: { kind: 'status', status: 304 },
  });
});

describe('a packed body', () => {
  const packed = (coding: string, body: Uint8Array): Scripted => ({
    body,
    headers: { 'content-encoding': coding },
  });

  it.each([
    ['gzip', gzipSync(NOTE)],
    ['deflate', deflateSync(NOTE)],
    ['deflate', deflateRawSync(NOTE)],
    ['br', brotliCompressSync(NOTE)],
    ['gzip, br', brotliCompressSync(gzipSync(NOTE))],
    ['identity', Buffer.from(NOTE)],
  ])('a packed body is unpacked from %s', async (coding, body) => {
    site.answer('/a', packed(coding, body));
    expect(await bodyAt('/a')).toBe(NOTE);
  });

  it.each([
    ['gzip', gzipSync(NOTE).subarray(0, -20), 'cut-off'],
    ['br', brotliCompressSync(NOTE).subarray(0, -5), 'cut-off'],
    ['gzip', Buffer.concat([gzipSync(NOTE).subarray(0, 10), Buffer.alloc(60, 0xff)]), 'content'],
    ['zstd', Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), gzipSync(NOTE)]), 'content'],
    ['gzip, gzip, gzip, gzip', gzipSync(NOTE), 'content'],
  ])('a packed body in %s that is damaged or unknown is a fault', async (coding, body, kind) => {
    site.answer('/a', packed(coding, body));
    expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind } });
  });

  it('a packed body is not unpacked beyond the limit: 20 KB that hold 20 MB', async () => {
    await use({ limits: { bodyBytes: 5_000_000 } });
    site.answer('/bomb', hostile.compressionBomb(20));
    const before = process.memoryUsage().rss;
    expect(await get('/bomb')).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });
});

it('a charset that the header gets wrong does not spoil the text', async () => {
  site.answer('/utf8', { type: 'text/html; charset=iso-8859-1', body: `<p>gpt‑image – ${NOTE}` });
  site.answer('/latin', {
    type: 'text/html; charset=utf-8',
    body: Buffer.from(`<p>d\xe9j\xe0 vu ${NOTE}`, 'latin1'),
  });
  expect(await bodyAt('/utf8')).toContain('gpt‑image –');
  expect(await bodyAt('/latin')).toContain('déjà vu');
});

it('a host that asks for quiet is not asked again before the time it named, whatever the address', async () => {
  await use({ throttle: { longestWait: 50 } });
  site.answer('/busy', { status: 429, headers: { 'retry-after': '600' }, body: 'slow down' });
  const began = performance.now();
  expect(await get('/busy')).toMatchObject({ kind: 'failed', error: { retryAfter: 600_000 } });
  const next = await get('/other');
  const took = performance.now() - began;
  expect(next).toMatchObject({ kind: 'failed', error: { kind: 'status', transient: true } });
  const wait = next.kind === 'failed' ? (next.error.retryAfter ?? 0) : 0;
  expect(wait).toBeGreaterThanOrEqual(600_000 - took);
  expect(wait).toBeLessThanOrEqual(600_000);
  expect(timesAsked('/other')).toBe(0);
});

it('a host that asks for quiet is waited for when the time is short, and not longer than the cap when it is long', async () => {
  await use({ throttle: { cap: 200, longestWait: 1000 } });
  const times = answerTimed({
    '/busy': { status: 503, headers: { 'retry-after': '86400' }, body: 'maintenance' },
    '/other': { body: NOTE },
  });
  await get('/busy');
  expect((await get('/other')).kind).toBe('fetched');
  expect(times.betweenAnswers()).toBeGreaterThan(195);
});

describe('robots.txt', () => {
  const rules = (text: string) => site.answer('/robots.txt', { type: 'text/plain', body: text });

  it('robots.txt is asked for once a day, by however many targets', async () => {
    rules('User-agent: *\nAllow: /\n');
    site.answer('/a', { body: NOTE });
    await Promise.all([get('/a'), get('/a'), get('/a')]);
    expect(timesAsked('/robots.txt')).toBe(1);
    clock.set(plus(AT, DAY + 1));
    await get('/a');
    expect(timesAsked('/robots.txt')).toBe(2);
  });

  it('robots.txt binds us by our own name before the rules for all', async () => {
    rules('User-agent: *\nDisallow: /\n\nUser-agent: firsthand\nDisallow: /b\n');
    site.answer('/a', { body: NOTE });
    expect((await get('/a')).kind).toBe('fetched');
    expect(await get('/b')).toMatchObject({ kind: 'failed', error: { kind: 'robots' } });
  });

  it('robots.txt holds for the address a redirect leads to', async () => {
    rules('User-agent: *\nDisallow: /b\n');
    site.answer('/a', hostile.redirectTo('/b'));
    expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind: 'robots' } });
    expect(timesAsked('/b')).toBe(0);
  });

  it('robots.txt slows us down by its crawl-delay', async () => {
    rules('User-agent: *\nCrawl-delay: 0.3\n');
    const times = answerTimed({ '/a': { body: NOTE } });
    await get('/a');
    await get('/a');
    expect(times.betweenAnswers()).toBeGreaterThan(295);
  });

  it.each([404, 403, 401])('robots.txt that answers %d allows everything', async (status) => {
    site.answer('/robots.txt', { status, body: 'no' });
    site.answer('/a', { body: NOTE });
    expect((await get('/a')).kind).toBe('fetched');
  });

  it('robots.txt that answers 500 allows nothing, until it can be read or has been gone for 30 days', async () => {
    site.answer('/robots.txt', [{ status: 500 }, { status: 500 }]);
    expect(await get('/a')).toMatchObject({
      kind: 'failed',
      error: { kind: 'robots', transient: true, status: 500 },
    });
    expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind: 'robots' } });
    expect(timesAsked('/robots.txt')).toBe(1);
    clock.set(plus(AT, 31 * DAY));
    site.answer('/a', { body: NOTE });
    expect((await get('/a')).kind).toBe('fetched');
    expect(timesAsked('/robots.txt')).toBe(2);
  });

  it('robots.txt that answers 500 after it was read once stays as it was', async () => {
    site.answer('/robots.txt', [
      { type: 'text/plain', body: 'User-agent: *\nDisallow: /b' },
      { status: 500 },
    ]);
    site.answer('/a', { body: NOTE });
    await get('/a');
    clock.set(plus(AT, DAY + 1));
    expect((await get('/a')).kind).toBe('fetched');
    expect(await get('/b')).toMatchObject({ kind: 'failed', error: { kind: 'robots' } });
  });

  it('robots.txt that cannot be reached fails as the page would', async () => {
    const gone = await openSite();
    await gone.close();
    expect(await get(`${gone.origin}/a`)).toMatchObject({
      kind: 'failed',
      error: { kind: 'connect', transient: true },
    });
  });
});

it('a redirect from https to http is not followed', async () => {
  await use({ hosts: site.standingFor('news.example') });
  site.answer('news.example/a', hostile.redirectTo('http://news.example/b'));
  expect(await get('https://news.example/a')).toMatchObject({
    kind: 'failed',
    error: { kind: 'redirect' },
  });
});

it.each(['', 'http://', 'javascript:alert(1)'])(
  'a redirect to %j leads nowhere',
  async (location) => {
    site.answer('/a', (_request, response) => {
      response.writeHead(302, location === '' ? {} : { location }).end();
    });
    const outcome = await get('/a');
    const kinds = ['redirect', 'forbidden-address'];
    expect(kinds).toContain(outcome.kind === 'failed' ? outcome.error.kind : outcome.kind);
  },
);

it('a proxy of the environment is asked for the hosts of the world, and not for stand-ins or what is allowed', async () => {
  vi.stubEnv('HTTP_PROXY', site.origin);
  vi.stubEnv('NO_PROXY', '');
  await use({ allow: ['127.0.0.1'], hosts: site.standingFor('stand.example') });
  for (const path of ['/robots.txt', '/a']) {
    site.answer(`http://news.example${path}`, { status: path === '/a' ? 200 : 404, body: NOTE });
  }
  site.answer('stand.example/a', { body: NOTE });
  site.answer('/plain', { body: NOTE });
  expect((await get('http://news.example/a')).kind).toBe('fetched');
  expect((await get('http://stand.example/a')).kind).toBe('fetched');
  expect((await get('/plain')).kind).toBe('fetched');
  expect(site.requests.map((request) => request.path)).toEqual([
    'http://news.example/robots.txt',
    'http://news.example/a',
    '/robots.txt',
    '/a',
    '/robots.txt',
    '/plain',
  ]);
});

describe('a channel that needs a header', () => {
  const ask = () =>
    fetcher.fetch(
      { url: `${site.origin}/posts`, via: 'http', validators: null, needs: 'authorization' },
      new AbortController().signal,
    );

  it('a channel that needs a header is off while nobody set it, and nothing is asked', async () => {
    expect(await ask()).toMatchObject({ kind: 'failed', error: { kind: 'off' } });
    expect(site.requests).toEqual([]);
  });

  it('a channel that needs a header is read with it', async () => {
    await use({ headers: { [`127.0.0.1:${site.port}`]: { authorization: 'Bearer abc' } } });
    site.answer('/posts', { type: 'application/json', body: '{"meta":{"result_count":0}}' });
    expect(await ask()).toMatchObject({ kind: 'fetched' });
    expect(site.requests.at(-1)?.headers['authorization']).toBe('Bearer abc');
  });
});
