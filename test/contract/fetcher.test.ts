import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import type { FetchError } from '../../src/domain/errors.ts';
import { browserFetcher } from '../../src/fetch/browser.ts';
import { openChromium } from '../../src/fetch/chromium.ts';
import type { Fetcher, FetchOutcome } from '../../src/fetch/fetcher.ts';
import { httpFetcher } from '../../src/fetch/http.ts';
import { type FetchContextOptions, openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { chromiumPath } from '../support/chromium.ts';
import * as hostile from '../support/hostile-site.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { BROWSER_TIMEOUTS, FETCH_TIMEOUTS } from '../support/timeouts.ts';

const AT = '2026-04-21T19:00:42.000Z';
const LIMITS = { ...FETCH_TIMEOUTS, wireBytes: 2e6 };

/** A fetcher with its context, both ended by `close`. */
type Factory = (options: FetchContextOptions) => Fetcher;

/** One for all tests: starting it takes longer than most of them. */
const chromium = openChromium({ timeouts: BROWSER_TIMEOUTS });

const FETCHERS: readonly [string, Factory][] = [
  ['http', (options) => httpFetcher(openFetchContext(options))],
  [
    'browser',
    (options) => {
      const context = openFetchContext(options);
      const fetcher = browserFetcher(context, chromium);
      return { fetch: fetcher.fetch, close: context.close };
    },
  ],
];

const page = (text: string) =>
  `<!doctype html><html><head><title>Models</title></head><body><main><h1>Models</h1><p>${text}</p></main></body></html>`;

beforeAll(chromiumPath);
afterAll(() => chromium.close());

describe.each(FETCHERS)('a fetcher by %s', (via, open) => {
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
    return open({
      clock: manualClock(AT),
      agent: { version: '0.1.0', contact: 'https://watch.example/about' },
      allow: ['127.0.0.1'],
      gap: 0,
      limits: LIMITS,
      ...options,
    });
  }

  /** Replaces the usual fetcher by one with other options. */
  async function use(options: Partial<FetchContextOptions>): Promise<void> {
    await fetcher.close();
    fetcher = opened(options);
  }

  function get(address: string, signal = new AbortController().signal): Promise<FetchOutcome> {
    const url = address.startsWith('/') ? `${site.origin}${address}` : address;
    return fetcher.fetch({ url, via: 'http', validators: null }, signal);
  }

  async function faultAt(address: string): Promise<FetchError> {
    const outcome = await get(address);
    if (outcome.kind === 'failed') return outcome.error;
    throw new Error(`was expected to fail, and ended as ${outcome.kind}`);
  }

  async function captureAt(address: string) {
    const outcome = await get(address);
    if (outcome.kind === 'fetched' || outcome.kind === 'gone') return outcome.capture;
    throw outcome.kind === 'failed' ? outcome.error : new Error(outcome.kind);
  }

  describe('what it keeps', () => {
    it('what a fetcher keeps is the answer with its time, its address, its type and the hash of its bytes', async () => {
      site.answer('/models', { body: page('The new model is here, with a long note about it.') });
      const capture = await captureAt('/models');
      expect(capture).toMatchObject({
        url: `${site.origin}/models`,
        finalUrl: `${site.origin}/models`,
        redirects: [`${site.origin}/models`],
        status: 200,
        contentType: 'text/html; charset=utf-8',
        fetchedAt: AT,
        via,
      });
      expect(Buffer.from(capture.body).toString()).toContain('<h1>Models</h1>');
      const sha = createHash('sha256').update(capture.body).digest('hex');
      expect(capture.bodyHash).toBe(sha);
    });

    it('what a fetcher keeps is the headers in lower case, without cookies and credentials', async () => {
      site.answer('/models', {
        body: page('text'),
        headers: { 'Set-Cookie': 'session=secret', 'X-Served-By': 'edge', Link: '</a>; rel=next' },
      });
      const { headers } = await captureAt('/models');
      expect(headers).toMatchObject({ 'x-served-by': 'edge', link: '</a>; rel=next' });
      expect(JSON.stringify(headers)).not.toContain('secret');
    });

    it('what a fetcher keeps is every address on the way, and the one that answered', async () => {
      site.answer('/a', hostile.redirectTo('/b', 301));
      site.answer('/b', hostile.redirectTo('/c/?x=1#part', 307));
      site.answer('/c/?x=1', { body: page('text') });
      const capture = await captureAt('/a#top');
      expect(capture.url).toBe(`${site.origin}/a#top`);
      expect(capture.finalUrl).toBe(`${site.origin}/c/?x=1`);
      expect(capture.redirects).toEqual(
        ['/a', '/b', '/c/?x=1'].map((path) => `${site.origin}${path}`),
      );
    });

    it('what a fetcher keeps is the very bytes of what is no HTML', async () => {
      const feed = '<?xml version="1.0"?><rss><channel><title>Néws</title></channel></rss>\n';
      site.answer('/feed.xml', { type: 'application/xml', body: feed });
      site.answer('/doc.md', { type: 'text/markdown; charset=utf-8', body: '# Models\n\nText\n' });
      site.answer('/list.json', { type: 'application/json', body: '{"data":[]}' });
      expect(Buffer.from((await captureAt('/feed.xml')).body).toString()).toBe(feed);
      expect(Buffer.from((await captureAt('/doc.md')).body).toString()).toBe('# Models\n\nText\n');
      expect((await captureAt('/list.json')).contentType).toBe('application/json');
    });

    it('what a fetcher keeps is nothing, where nothing was sent', async () => {
      site.answer('/empty', { body: '' });
      expect((await captureAt('/empty')).body).toHaveLength(0);
    });

    it.each([404, 410])(
      'what a fetcher keeps is the page of a %d too, which says that there is none',
      async (status) => {
        site.answer('/gone', { status, body: page('This model page is not here.') });
        const outcome = await get('/gone');
        expect(outcome).toMatchObject({ kind: 'gone', capture: { status } });
      },
    );
  });

  describe('how it behaves', () => {
    it('a fetcher says who it is and where its people are reached', async () => {
      site.answer('/models', { body: page('text') });
      await get('/models');
      const agents = site.requests.map((request) => request.headers['user-agent']);
      expect(agents.length).toBeGreaterThan(1);
      for (const agent of agents) {
        expect(agent).toContain('firsthand/0.1.0 (+https://watch.example/about)');
      }
    });

    it('a fetcher obeys robots.txt, with the line that forbids', async () => {
      const rules = 'User-agent: *\nDisallow: /private\n';
      site.answer('/robots.txt', { type: 'text/plain', body: rules });
      const fault = await faultAt('/private/a');
      expect(fault).toMatchObject({ kind: 'robots', transient: false });
      expect(fault.message).toMatch(/does not allow firsthand to read \/private\/a \(line 2\)/);
    });

    it('a fetcher asks one host one thing at a time, with a pause between', async () => {
      await use({ gap: 150 });
      const times: [number, number][] = [];
      site.answer('/slow', (_request, response) => {
        const began = performance.now();
        setTimeout(() => {
          response.end(page('text'));
          times.push([began, performance.now()]);
        }, 50);
      });
      await Promise.all([get('/slow'), get('/slow')]);
      expect(times).toHaveLength(2);
      expect((times[1]?.[0] ?? 0) - (times[0]?.[1] ?? 0)).toBeGreaterThanOrEqual(100);
    });

    it('a fetcher asks a stand-in under the public name, and counts it as the public host over TLS', async () => {
      await use({ allow: [], hosts: site.standingFor('openai.com', 'help.openai.com') });
      site.answer('openai.com/news', hostile.redirectTo('https://help.openai.com/en/'));
      site.answer('help.openai.com/en/', { body: page('text') });
      const capture = await captureAt('https://openai.com/news');
      expect(capture.finalUrl).toBe('https://help.openai.com/en/');
      expect(capture.redirects).toEqual(['https://openai.com/news', 'https://help.openai.com/en/']);
    });

    it('a fetcher sends the headers of a host there, and nowhere else', async () => {
      await use({
        hosts: site.standingFor('api.example', 'other.example'),
        headers: { 'api.example': { 'x-key': 'k1' } },
      });
      site.answer('api.example/a', hostile.redirectTo('https://other.example/b'));
      site.answer('other.example/b', { body: page('text') });
      await captureAt('https://api.example/a');
      const seen = (address: string) =>
        site.requests.find((request) => request.address === address)?.headers['x-key'];
      expect(seen('api.example/a')).toBe('k1');
      expect(seen('other.example/b')).toBeUndefined();
    });
  });

  describe('what it refuses to reach', () => {
    it.each([
      'http://127.0.0.1:9/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::1]/',
      'http://169.254.169.254/latest/meta-data/',
      'http://100.100.100.200/',
      'http://10.0.0.8/',
      'http://[64:ff9b::7f00:1]/',
      'http://[2002:7f00:1::]/',
      'ftp://files.example/a',
      'file:///etc/passwd',
      'https://name:word@news.example/',
      'no address at all',
    ])('a fetcher is %s', async (address) => {
      await use({ allow: [] });
      expect(await faultAt(address)).toMatchObject({ kind: 'forbidden-address', transient: false });
    });

    it('a fetcher is a name that stands for a private address, even beside a public one', async () => {
      await use({
        allow: [],
        resolve: (_name, _how, done) =>
          done(null, [
            { address: '93.184.215.14', family: 4 },
            { address: '10.1.2.3', family: 4 },
          ]),
      });
      const fault = await faultAt('http://intranet.example/');
      expect(fault.kind).toBe('forbidden-address');
      expect(fault.message).toContain('10.1.2.3');
    });

    const INWARD = [
      'http://169.254.169.254/latest/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:169.254.169.254]/',
    ];

    it.each(INWARD)('a fetcher is %s by way of a redirect', async (location) => {
      site.answer('/a', hostile.redirectTo(location));
      expect((await faultAt('/a')).kind).toBe('forbidden-address');
    });

    it.each([...INWARD, 'http://2130706433/'])(
      'a fetcher is %s by way of a stand-in',
      async (location) => {
        await use({ allow: [], hosts: site.standingFor('a.example') });
        site.answer('a.example/a', hostile.redirectTo(location));
        expect((await faultAt('http://a.example/a')).kind).toBe('forbidden-address');
      },
    );
  });

  describe('how it fails', () => {
    it('a fetcher tells a host without a server', async () => {
      const other = await openSite();
      await other.close();
      expect(await faultAt(`${other.origin}/`)).toMatchObject({ kind: 'connect', transient: true });
    });

    it('a fetcher tells a name that does not exist', async () => {
      await use({
        resolve: (name, _how, done) =>
          done(
            Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }),
            [],
          ),
      });
      expect(await faultAt('https://nowhere.example/')).toMatchObject({
        kind: 'dns',
        transient: true,
      });
    });

    it('a fetcher tells a certificate nobody vouches for', async () => {
      const secure = await hostile.openSelfSignedSite();
      expect(await faultAt(`${secure.origin}/`)).toMatchObject({ kind: 'tls', transient: false });
      await secure.close();
    });

    it('a fetcher tells a server that speaks no TLS', async () => {
      expect((await faultAt(site.origin.replace('http:', 'https:'))).kind).toBe('tls');
    });

    it('a fetcher tells a body that is cut off', async () => {
      site.answer('/half', hostile.cutOff);
      expect(await faultAt('/half')).toMatchObject({ kind: 'cut-off', transient: true });
    });

    it('a fetcher tells a server that hangs up', async () => {
      site.answer('/hang', hostile.hangUp);
      expect(await faultAt('/hang')).toMatchObject({ kind: 'connect', transient: true });
    });

    it.each([
      ['a body without end', hostile.endlessBody],
      ['a page of 50 MB', hostile.largePage(50)],
    ])('a fetcher stops at %s', async (_what, answer) => {
      site.answer('/large', answer);
      expect(await faultAt('/large')).toMatchObject({ kind: 'too-large', transient: false });
    });

    it.each([
      ['a body that drips', hostile.slowDrip],
      ['a server that says nothing', hostile.silence],
    ])('a fetcher stops waiting for %s', async (_what, answer) => {
      await use({ limits: { ...LIMITS, total: 5_000, headers: 3_000 } });
      site.mayAnswer('/slow', answer);
      const began = performance.now();
      expect(await faultAt('/slow')).toMatchObject({ kind: 'timeout', transient: true });
      expect(performance.now() - began).toBeLessThan(60_000);
    });

    it('a fetcher stops at redirects in a circle, and at too many', async () => {
      site.answer('/a', hostile.redirectTo('/b'));
      site.answer('/b', hostile.redirectTo('/a'));
      expect((await faultAt('/a')).kind).toBe('redirect');
      await use({ limits: { ...LIMITS, redirects: 3 } });
      for (const step of [0, 1, 2, 3]) {
        site.answer(`/${step}`, hostile.redirectTo(`/${step + 1}`));
      }
      site.answer('/4', { body: page('text') });
      expect((await faultAt('/0')).kind).toBe('redirect');
      await get('/4');
    });

    it('a fetcher tells a status that is no answer, and how long to wait', async () => {
      site.answer('/down', { status: 500, body: page('Oh no') });
      expect(await faultAt('/down')).toMatchObject({
        kind: 'status',
        status: 500,
        transient: true,
        retryAfter: null,
      });
      site.answer('/busy', { status: 429, headers: { 'Retry-After': '120' }, body: 'slow down' });
      expect(await faultAt('/busy')).toMatchObject({
        kind: 'status',
        status: 429,
        transient: true,
        retryAfter: 120_000,
      });
    });

    it('a fetcher tells a wall from a page, whatever its status', async () => {
      await use({ limits: LIMITS });
      site.answer('/refused', { status: 403, body: page('Forbidden') });
      expect(await faultAt('/refused')).toMatchObject({ kind: 'blocked', block: 'refused' });
      site.answer('/login', {
        body: '<!doctype html><h1>Sign in</h1><form><input type=password></form>',
      });
      expect(await faultAt('/login')).toMatchObject({
        kind: 'blocked',
        block: 'login',
        status: 200,
      });
    });

    it('a fetcher tells a check for robots sent with 200', async () => {
      site.answer('/check', { body: hostile.CHALLENGE });
      expect(await faultAt('/check')).toMatchObject({
        kind: 'blocked',
        block: 'challenge',
        status: 200,
      });
    });

    it('a fetcher does not read pictures and films', async () => {
      site.answer('/film', { type: 'video/mp4', body: 'xxxx' });
      expect((await faultAt('/film')).kind).toBe('content');
    });

    it('a fetcher ends at once when it is called off, and was never begun when that came first', async () => {
      const stop = new AbortController();
      let stoppedAt = 0;
      site.answer('/silent', () => {
        stoppedAt = performance.now();
        stop.abort(new Error('stopping'));
      });
      const outcome = await get('/silent', stop.signal);
      expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
      expect(performance.now() - stoppedAt).toBeLessThan(60_000);
      expect(await get('/never', AbortSignal.abort())).toMatchObject({ kind: 'failed' });
    });
  });
});
