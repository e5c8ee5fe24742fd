import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { browserFetcher } from '../../src/fetch/browser.ts';
import { openChromium } from '../../src/fetch/chromium.ts';
import type { FetchContext } from '../../src/fetch/fetch-context.ts';
import type { Fetcher, FetchOutcome } from '../../src/fetch/fetcher.ts';
import { httpFetcher } from '../../src/fetch/http.ts';
import { type FetchContextOptions, openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { escalatingFetcher } from '../../src/fetch/open-fetcher.ts';
import { chromiumPath } from '../support/chromium.ts';
import * as hostile from '../support/hostile-site.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { openProxy } from '../support/proxy.ts';
import { BROWSER_TIMEOUTS, FETCH_TIMEOUTS } from '../support/timeouts.ts';

const NOTE = 'The laboratory describes its new picture model in a long note. '.repeat(8);

const chromium = openChromium({ pages: 1000, timeouts: BROWSER_TIMEOUTS });
let site: HttpSite;
let context: FetchContext;
let fetcher: Fetcher;

beforeAll(chromiumPath);
afterAll(() => chromium.close());

beforeEach(async () => {
  site = await openSite();
  use({});
});

afterEach(async () => {
  await context.close();
  await site.close();
});

function use(options: Partial<FetchContextOptions>): void {
  const agent = { version: '0.1.0', contact: null };
  context = openFetchContext({
    clock: systemClock,
    agent,
    allow: ['127.0.0.1'],
    gap: 0,
    limits: FETCH_TIMEOUTS,
    ...options,
  });
  fetcher = browserFetcher(context, chromium);
}

function get(address: string, screenshot = false): Promise<FetchOutcome> {
  const url = address.startsWith('/') ? `${site.origin}${address}` : address;
  const request = { url, via: 'browser' as const, validators: null, screenshot };
  return fetcher.fetch(request, new AbortController().signal);
}

async function fetched(address: string, screenshot = false) {
  const outcome = await get(address, screenshot);
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind !== 'fetched') throw new Error(outcome.kind);
  return { ...outcome, text: Buffer.from(outcome.capture.body).toString() };
}

/** The processes this one started. Linux only. */
function childrenOfOurs(): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return (
        readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[1] ===
        `${process.pid}`
      );
    } catch {
      return false;
    }
  });
}

const doc = (body: string) =>
  `<!doctype html><html><head><title>T</title></head><body>${body}</body></html>`;
const SHELL = doc('<div id="root"></div><script src="/app.js"></script>');
const APP = `fetch('/api/models').then((answer) => answer.json()).then((list) => {
  document.getElementById('root').innerHTML = list.map((id) => '<p>' + id + '</p>').join('');
});`;

function answerApp(host: string): void {
  site.answer(`${host}/`, { body: SHELL, headers: { etag: '"shell"' } });
  site.answer(`${host}/app.js`, { type: 'text/javascript', body: APP });
  site.answer(`${host}/api/models`, {
    type: 'application/json',
    body: JSON.stringify(['gpt-image-2', NOTE]),
  });
}

it('a rendered page holds what its scripts drew, as UTF-8, and no validators of bytes that are not kept', async () => {
  answerApp(`127.0.0.1:${site.port}`);
  const { capture, text } = await fetched('/');
  expect(text).toContain('<p>gpt-image-2</p>');
  expect(capture.contentType).toBe('text/html; charset=utf-8');
  expect(capture.headers['etag']).toBeUndefined();
});

it('a rendered page is drawn the same from a stand-in, with its scripts, under the public name', async () => {
  use({ allow: [], hosts: site.standingFor('help.example') });
  answerApp('help.example');
  const { capture, text } = await fetched('https://help.example/');
  expect(text).toContain('<p>gpt-image-2</p>');
  expect(capture.finalUrl).toBe('https://help.example/');
  expect(capture.redirects).toEqual(['https://help.example/']);
});

it('a rendered page loads no pictures, fonts and films', async () => {
  const extras = `<style>@font-face{font-family:f;src:url(/f.woff2)} p{font-family:f}</style>
      <img src="/a.png"><video src="/a.mp4" autoplay></video><link rel="stylesheet" href="/a.css">`;
  site.answer('/', { body: doc(`<p>${NOTE}</p>${extras}`) });
  site.answer('/a.css', { type: 'text/css', body: 'p{color:black}' });
  await fetched('/');
  const asked = site.requests.map((request) => request.path);
  expect(asked.filter((path) => /png|mp4|woff2/.test(path))).toEqual([]);
});

it('a rendered page comes with a picture when one is asked for, and without otherwise', async () => {
  site.answer('/', { body: doc(`<h1>Models</h1><p>${NOTE}</p>`) });
  expect((await fetched('/')).screenshot).toBeUndefined();
  const { screenshot } = await fetched('/', true);
  expect(
    Buffer.from(screenshot ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

it('a rendered page has a final address that scripts may move on, and that is recorded', async () => {
  site.answer('/', { body: doc('<script>location.replace("/next")</script>') });
  site.answer('/next', { body: doc(`<p>${NOTE}</p>`) });
  const { capture } = await fetched('/');
  expect(capture.finalUrl).toBe(`${site.origin}/next`);
  expect(capture.redirects).toEqual([`${site.origin}/`, `${site.origin}/next`]);
});

it('a rendered page starts clean: nothing of the page before is there', async () => {
  const script = `<p id=p></p><script>
      document.getElementById('p').textContent = 'before: ' + document.cookie + localStorage.getItem('k');
      document.cookie = 'k=kept'; localStorage.setItem('k', 'kept');</script><p>${NOTE}</p>`;
  site.answer('/', { body: doc(script) });
  await fetched('/');
  expect((await fetched('/')).text).toContain('before: null');
});

it('what a page tries does not reach private addresses: scripts, frames, redirects, sockets, lies of DNS', async () => {
  const inner = await openSite();
  use({
    allow: [],
    hosts: site.standingFor('evil.example'),
    resolve: (_name, _how, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  const target = `127.0.0.1:${inner.port}`;
  site.answer('evil.example/', {
    body: doc(`<p>${NOTE}</p><iframe src="http://${target}/frame"></iframe><script>
        fetch('http://${target}/script', { mode: 'no-cors' }).catch(() => {});
        fetch('http://rebound.example:${inner.port}/dns', { mode: 'no-cors' }).catch(() => {});
        fetch('/away', { mode: 'no-cors' }).catch(() => {});
        navigator.sendBeacon('http://${target}/beacon', 'x');
        try { new WebSocket('ws://${target}/socket'); } catch {}
      </script>`),
  });
  site.answer('evil.example/away', hostile.redirectTo(`http://${target}/redirected`));
  const { text } = await fetched('http://evil.example/');
  expect(text).toContain('picture model');
  expect(inner.requests).toEqual([]);
  await inner.close();
});

it('what a page tries does not get inside by a redirect that the browser itself follows', async () => {
  const inner = await openSite();
  const target = `http://[::ffff:127.0.0.1]:${inner.port}/redirected`;
  site.answer('/', { body: doc(`<p>${NOTE}</p><script src="/away"></script>`) });
  site.answer('/away', hostile.redirectTo(target));
  await fetched('/');
  expect(inner.requests).toEqual([]);
  await inner.close();
});

it('what a page tries ends as a fault when it sends itself to a private address', async () => {
  site.answer('/', { body: doc('<script>location = "http://169.254.169.254/latest/"</script>') });
  const outcome = await get('/');
  expect(outcome.kind).toBe('failed');
});

it('what a page tries does not open windows, dialogs or downloads that hold it up', async () => {
  const noise = '<script>window.open("/popup"); alert("hello"); confirm("sure?")</script>';
  site.answer('/', { body: doc(`<p>${NOTE}</p>${noise}`) });
  site.answer('/popup', { body: doc('popup') });
  await fetched('/');
  await get('/popup');
  site.answer('/file', {
    type: 'application/zip',
    headers: { 'content-disposition': 'attachment; filename=a.zip' },
    body: 'PK',
  });
  expect(await get('/file')).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
});

it('what a page tries does not go on for ever: a page that never rests is read as it stands', async () => {
  const restless = `<p id=n></p><script>setInterval(() => {
      document.getElementById('n').textContent += 'x'; fetch('/tick').catch(() => {}); }, 50)</script>`;
  site.answer('/', { body: doc(`<p>${NOTE}</p>${restless}`) });
  site.answer('/tick', { body: '' });
  const began = performance.now();
  await fetched('/');
  expect(performance.now() - began).toBeLessThan(120_000);
});

it('what a page tries does not grow without end', async () => {
  use({ limits: { ...FETCH_TIMEOUTS, bodyBytes: 300_000 } });
  site.answer('/', {
    body: doc(`<p id=n hidden></p><script>
        document.getElementById('n').textContent = 'x'.repeat(400_000)</script>`),
  });
  expect(await get('/')).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
});

describe('a wall', () => {
  const opening = doc(`<title>Just a moment...</title><p>Verifying you are human.</p>
    <script>window.path = '/challenge-platform/'; setTimeout(() => location.reload(), 400)</script>`);

  it('a wall that opens by itself is waited for', async () => {
    site.answer('/', [{ status: 403, body: opening }, { body: doc(`<p>${NOTE}</p>`) }]);
    const { capture, text } = await fetched('/');
    expect(capture.status).toBe(200);
    expect(text).toContain('picture model');
  });

  it('a wall sends a plain fetch to the browser, which reads the page', async () => {
    fetcher = escalatingFetcher(httpFetcher(context), fetcher);
    answerApp(`127.0.0.1:${site.port}`);
    const url = `${site.origin}/`;
    const request = { url, via: 'http' as const, validators: null };
    const outcome = await fetcher.fetch(request, new AbortController().signal);
    expect(outcome).toMatchObject({ kind: 'fetched', capture: { via: 'browser' } });
  });
});

it('the browser is told apart from a fault when there is none, and leaves the wall standing', async () => {
  const none = browserFetcher(context, openChromium({ executable: '/nowhere/chromium' }));
  site.answer('/', { body: SHELL });
  const request = { url: `${site.origin}/`, via: 'browser' as const, validators: null };
  const { signal } = new AbortController();
  const outcome = await none.fetch(request, signal);
  expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'off' } });
  const both = escalatingFetcher(httpFetcher(context), none);
  const walled = await both.fetch({ ...request, via: 'http' }, signal);
  expect(walled).toMatchObject({
    kind: 'failed',
    error: { kind: 'blocked', block: 'script-shell', cause: { kind: 'off' } },
  });
});

it('the browser is started afresh after so many pages', async () => {
  const short = openChromium({ pages: 2, timeouts: BROWSER_TIMEOUTS });
  fetcher = browserFetcher(context, short);
  site.answer('/', { body: doc(`<p>${NOTE}</p>`) });
  await fetched('/');
  expect(await short.memory()).toBeGreaterThan(50_000_000);
  await fetched('/');
  expect(await short.memory()).toBeNull();
  await short.close();
});

it.runIf(process.platform === 'linux')('the browser is started afresh after it died', async () => {
  const before = childrenOfOurs();
  const mortal = openChromium({ timeouts: BROWSER_TIMEOUTS });
  fetcher = browserFetcher(context, mortal);
  site.answer('/', { body: doc(`<p>${NOTE}</p>`) });
  await fetched('/');
  for (const pid of childrenOfOurs()) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
  await expect.poll(() => mortal.memory()).toBeNull();
  await fetched('/');
  await mortal.close();
});

it('the browser goes through the proxy of the environment, which resolves what is not known here', async () => {
  const proxy = await openProxy(site.port);
  vi.stubEnv('HTTP_PROXY', proxy.origin);
  vi.stubEnv('HTTPS_PROXY', proxy.origin);
  use({ allow: [], resolve: (_host, _options, done) => done(new Error('unknown here'), []) });
  site.answer('/a', { body: doc(`<p>${NOTE}</p>`) });
  await fetched('http://news.example/a');
  expect(proxy.asked).toContain('GET http://news.example/a');
  // The site speaks no TLS: that the handshake fails there shows that the tunnel leads to it.
  expect(await get('https://news.example/')).toMatchObject({
    kind: 'failed',
    error: { kind: 'tls' },
  });
  expect(proxy.asked).toContain('CONNECT news.example:443');
  await proxy.close();
});
