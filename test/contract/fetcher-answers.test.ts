import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf } from '../../src/core/extract/text.ts';
import { systemClock } from '../../src/domain/clock.ts';
import type { Fetcher, FetchOutcome } from '../../src/fetch/fetcher.ts';
import { httpFetcher } from '../../src/fetch/http.ts';
import { type FetchContextOptions, openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import * as hostile from '../support/hostile-site.ts';
import { type HttpSite, openSite, type Scripted } from '../support/http-site.ts';
import { openProxy } from '../support/proxy.ts';

const NOTE = 'The laboratory describes its new picture model in a long note. '.repeat(20);

let site: HttpSite;
let fetcher: Fetcher;

beforeEach(async () => {
  site = await openSite();
  fetcher = opened({});
});

afterEach(async () => {
  await fetcher.close();
  await site.close();
});

function opened(options: Partial<FetchContextOptions>): Fetcher {
  const agent = { version: '0.1.0', contact: null };
  const usual = { clock: systemClock, agent, allow: ['127.0.0.1'], gap: 0 };
  return httpFetcher(openFetchContext({ ...usual, ...options }));
}

async function use(options: Partial<FetchContextOptions>): Promise<void> {
  await fetcher.close();
  fetcher = opened(options);
}

function get(address: string): Promise<FetchOutcome> {
  const url = address.startsWith('/') ? `${site.origin}${address}` : address;
  return fetcher.fetch({ url, via: 'http', validators: null }, new AbortController().signal);
}

async function bodyAt(address: string): Promise<string> {
  const outcome = await get(address);
  if (outcome.kind !== 'fetched') throw outcome.kind === 'failed' ? outcome.error : new Error();
  return textOf(outcome.capture.body, outcome.capture.contentType);
}

function timesAsked(path: string): number {
  return site.requests.filter((request) => request.path === path).length;
}

/** An answer byte for byte, for what a server of Node would not send. */
function raw(...lines: readonly string[]): Scripted {
  return (_request, response) => {
    response.socket?.end(Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`));
  };
}

describe('HTTP as it is', () => {
  it('HTTP as it is takes heads of up to 64 KB, and no larger ones', async () => {
    const headers = { 'content-security-policy': 'x'.repeat(50_000) };
    site.answer('/a', { body: NOTE, headers });
    expect(await bodyAt('/a')).toBe(NOTE);
    site.answer('/b', { body: NOTE, headers: { 'content-security-policy': 'x'.repeat(70_000) } });
    expect(await get('/b')).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
  });

  const CLOSE = `Content-Length: ${NOTE.length}\r\nConnection: close\r\n\r\n${NOTE}`;
  const CHUNK = `${NOTE.length.toString(16)}\r\n${NOTE}\r\n0\r\n\r\n`;

  it.each([
    ['bare line feeds', `HTTP/1.1 200 OK\nContent-Length: ${NOTE.length}\n\n${NOTE}`],
    ['a folded header', `HTTP/1.1 200 OK\r\nX-A: b\r\n  more\r\n${CLOSE}`],
    ['control characters in a header', `HTTP/1.1 200 OK\r\nX-A: b\x01\r\n${CLOSE}`],
    ['100 Continue before it', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n${CLOSE}`],
    [
      'a length beside chunks',
      `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNK}`,
    ],
    [
      'blanks behind the size of a chunk',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${CHUNK.replace('\r', '  \r')}`,
    ],
  ])('HTTP as it is reads an answer that browsers take: %s', async (_what, answer) => {
    site.answer('/a', (_request, response) => void response.socket?.end(answer));
    expect(await bodyAt('/a')).toBe(NOTE);
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n', 'content'],
    ['no chunks', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${NOTE}`, 'cut-off'],
    [
      'a part',
      `HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/90\r\n${CLOSE}`,
      'cut-off',
    ],
    [
      'loose HTTP cut off',
      `HTTP/1.1 200 OK\nContent-Length: ${NOTE.length + 1}\n\n${NOTE}`,
      'cut-off',
    ],
  ])(
    'HTTP as it is refuses an answer that is %s, and does not give up on its host',
    async (_what, answer, kind) => {
      site.answer('/a', (_request, response) => void response.socket?.end(answer));
      site.answer('/b', { body: NOTE });
      expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind } });
      expect(await bodyAt('/b')).toBe(NOTE);
    },
  );

  it('HTTP as it is keeps its deadline with an answer that only browsers take', async () => {
    await use({ limits: { total: 500 } });
    site.answer(
      '/a',
      (_request, response) =>
        void response.socket?.write('HTTP/1.1 200 OK\nContent-Length: 9\n\nx'),
    );
    expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
  });

  it('HTTP as it is follows a Location that is written in UTF-8 or Latin-1 instead of escaped', async () => {
    site.answer(
      '/a',
      raw('HTTP/1.1 302 Found', 'Location: /veröffentlichung', 'Content-Length: 0'),
    );
    site.answer('/ver%C3%B6ffentlichung', { body: NOTE });
    expect(await bodyAt('/a')).toBe(NOTE);
  });

  it('HTTP as it is brings a cookie back within one fetch, and forgets it after', async () => {
    const isKnown = (cookie = '') => cookie.includes('seen=1');
    site.answer('/a', (request, response) => {
      if (isKnown(request.headers.cookie)) response.end(NOTE);
      else response.writeHead(302, { location: '/a', 'set-cookie': 'seen=1; Path=/' }).end();
    });
    expect(await bodyAt('/a')).toBe(NOTE);
    expect(await bodyAt('/a')).toBe(NOTE);
    const cookies = site.requests.filter(({ path }) => path === '/a').map((r) => r.headers.cookie);
    expect(cookies).toEqual([undefined, 'seen=1', undefined, 'seen=1']);
  });

  it('HTTP as it is gives a cookie to no other host, and keeps none in the capture', async () => {
    await use({ hosts: site.standingFor('a.example', 'b.example') });
    const cookies = ['one=1; Path=/', 'two=2; Domain=b.example; Path=/', 'bad=3; Domain=example'];
    site.answer('a.example/', (_request, response) => {
      response.writeHead(302, { location: 'https://b.example/', 'set-cookie': cookies }).end();
    });
    site.answer('b.example/', { body: NOTE });
    const outcome = await get('https://a.example/');
    expect(JSON.stringify(outcome)).not.toContain('one=1');
    const seen = site.requests.find(({ address }) => address === 'b.example/');
    expect(seen?.headers.cookie).toBeUndefined();
  });

  it.each([
    ['utf-8', NOTE],
    ['none', NOTE],
    ['gzip', NOTE],
    ['br', NOTE],
    ['zstd', NOTE],
    ['deflate', gzipSync(NOTE)],
    ['gzip', deflateSync(NOTE)],
    ['gzip', Buffer.concat([gzipSync(NOTE), Buffer.from('\r\n')])],
    ['', gzipSync(NOTE)],
    ['identity', gzipSync(NOTE)],
    ['UTF-8, gzip', gzipSync(NOTE)],
  ])(
    'HTTP as it is reads a body whose Content-Encoding says "%s" and is wrong',
    async (coding, body) => {
      site.answer('/a', {
        body,
        type: 'text/html',
        ...(coding === '' ? {} : { headers: { 'content-encoding': coding } }),
      });
      expect(await bodyAt('/a')).toBe(NOTE);
    },
  );

  it('HTTP as it is still refuses a coding that it cannot undo, and a body that is damaged', async () => {
    const packed = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 1, 2]), gzipSync(NOTE)]);
    site.answer('/a', { body: packed, headers: { 'content-encoding': 'zstd' } });
    expect(await get('/a')).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
    const damaged = Buffer.from(gzipSync(NOTE));
    damaged.fill(0xff, 20, 40);
    site.answer('/b', { body: damaged, headers: { 'content-encoding': 'gzip' } });
    expect(await get('/b')).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
  });

  const html = (head: string, body = '') =>
    `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

  it.each([
    ['<meta http-equiv="refresh" content="0; url=/New?a=1&amp;b=2">', '/New?a=1&b=2'],
    [`<META CONTENT='1;URL="/New"' HTTP-EQUIV=Refresh>`, '/New'],
    ['<meta http-equiv="refresh" content="5,/New">', '/New'],
    ['<meta http-equiv="refresh" content=" 0 ; URL = /New ">', '/New'],
  ])('HTTP as it is follows a page that only sends its reader on: %s', async (head, to) => {
    site.answer('/a', { body: html(head, '<a href="/new">Moved</a>') });
    site.answer(to, { body: html('', NOTE) });
    const outcome = await get('/a');
    expect(outcome).toMatchObject({
      kind: 'fetched',
      capture: {
        finalUrl: `${site.origin}${to}`,
        redirects: [`${site.origin}/a`, expect.any(String)],
      },
    });
  });

  it('HTTP as it is follows a Refresh header, within the guard', async () => {
    site.answer('/a', { body: 'Moved', headers: { refresh: '0; url=/b' } });
    site.answer('/b', { body: html('', NOTE) });
    expect(await bodyAt('/a')).toContain(NOTE.trim());
    site.answer('/f', { body: '', headers: { refresh: '0; url=/b' } });
    expect(await bodyAt('/f')).toContain(NOTE.trim());
    site.answer('/c', { body: 'Moved', headers: { refresh: '0; url=http://10.0.0.1/' } });
    expect(await get('/c')).toMatchObject({
      kind: 'failed',
      error: { kind: 'forbidden-address' },
    });
    site.answer('/d', { body: html('<meta http-equiv=refresh content="0;url=/e">') });
    site.answer('/e', { body: html('<meta http-equiv=refresh content="0;url=/d">') });
    expect(await get('/d')).toMatchObject({ kind: 'failed', error: { kind: 'redirect' } });
  });

  it.each([
    [
      'a page with text of its own',
      html('<meta http-equiv=refresh content="0;url=/b">', NOTE.repeat(2)),
    ],
    ['a page that loads itself anew', html('<meta http-equiv=refresh content="3">', 'short')],
    [
      'a page that is to be read first',
      html('<meta http-equiv=refresh content="60;url=/b">', 'short'),
    ],
    ['a comment', html('<!-- <meta http-equiv=refresh content="0;url=/b"> -->', 'short')],
    [
      'a page without scripts',
      html('<noscript><meta http-equiv=refresh content="0;url=/b"></noscript>', 'short'),
    ],
  ])('HTTP as it is stays at %s', async (_what, body) => {
    site.answer('/a', { body });
    expect(await get('/a')).toMatchObject({
      kind: 'fetched',
      capture: { finalUrl: `${site.origin}/a` },
    });
  });

  it('HTTP as it is knows a host of the config by its letters as by its escaped name', async () => {
    await use({
      hosts: site.standingFor('bücher.example'),
      headers: { 'BÜCHER.example': { 'x-token': 'one' } },
    });
    site.answer('xn--bcher-kva.example/', { body: NOTE });
    expect((await get('https://bücher.example/')).kind).toBe('fetched');
    expect(site.requests.at(-1)?.headers['x-token']).toBe('one');
  });
});

it('a connection that the far side closes is made anew when it was kept from an earlier answer, and counts when it never answered', async () => {
  site.answer('/a', { body: NOTE });
  await bodyAt('/a');
  site.answer('/b', [hostile.hangUp, { body: NOTE }]);
  expect(await bodyAt('/b')).toContain('long note');
  expect(timesAsked('/b')).toBe(2);
  site.answer('/c', hostile.hangUp);
  await expect(bodyAt('/c')).rejects.toMatchObject({ kind: 'connect' });
  expect(timesAsked('/c')).toBe(2);
});

describe('the guard before a proxy of the environment', () => {
  const inside = { address: '10.1.2.3', family: 4 };

  async function throughProxy(written: (origin: string) => string): Promise<readonly string[]> {
    const proxy = await openProxy(site.port);
    try {
      for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, written(proxy.origin));
      vi.stubEnv('NO_PROXY', '');
      await use({
        allow: [],
        resolve(host, _options, done) {
          if (host === 'inside.example') done(null, [inside]);
          else done(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
        },
      });
      site.answer('/a', { body: NOTE });
      expect((await get('http://news.example/a')).kind).toBe('fetched');
      for (const host of ['printer', 'localhost', 'db.internal', 'nas.local', 'inside.example']) {
        expect(await get(`http://${host}/a`)).toMatchObject({
          kind: 'failed',
          error: { kind: 'forbidden-address' },
        });
      }
      return proxy.asked;
    } finally {
      await proxy.close();
    }
  }

  it.each([
    ['with its scheme', (origin: string) => origin],
    ['without a scheme', (origin: string) => origin.replace('http://', '')],
  ])(
    'the guard before a proxy of the environment refuses local names and names that lie inside, of a proxy written %s',
    async (_how, written) => {
      expect(await throughProxy(written)).toEqual([
        'GET http://news.example/robots.txt',
        'GET http://news.example/a',
      ]);
    },
  );

  it.each(['socks5://127.0.0.1:1080', 'http://', 'not a proxy'])(
    'the guard before a proxy of the environment says what to write instead of %s',
    async (proxy) => {
      vi.stubEnv('HTTP_PROXY', proxy);
      vi.stubEnv('NO_PROXY', '');
      await use({ allow: [] });
      expect(await get('http://news.example/a')).toMatchObject({
        kind: 'failed',
        error: { kind: 'connect', message: expect.stringContaining('write http://host:port') },
      });
    },
  );
});
