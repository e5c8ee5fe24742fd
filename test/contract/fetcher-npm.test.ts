import { afterEach, beforeEach, expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import type { FetchContext } from '../../src/fetch/fetch-context.ts';
import type { Fetcher, FetchOutcome } from '../../src/fetch/fetcher.ts';
import { type NpmOptions, npmFetcher, type PackageBody } from '../../src/fetch/npm.ts';
import { openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';
import { type Published, publishOn } from '../support/npm-registry.ts';

const TYPES = "export type ImageModel = 'gpt-image-1' | 'gpt-image-2' | (string & {});\n";

let site: HttpSite;
let context: FetchContext;

beforeEach(async () => {
  site = await openSite();
  context = openFetchContext({
    clock: manualClock('2026-05-07T10:00:00.000Z'),
    agent: { version: '0.1.0', contact: null },
  });
});

afterEach(async () => {
  await context.close();
  await site.close();
});

function fetcherWith(options: NpmOptions = {}): Fetcher {
  const settings = { registry: site.origin, ...options.settings };
  return npmFetcher(context, { ...options, settings });
}

function publish(name: string, published: Published): void {
  publishOn(site, name, published);
}

function get(url: string, etag: string | null = null, options?: NpmOptions): Promise<FetchOutcome> {
  const validators = etag === null ? null : { etag, lastModified: null };
  return fetcherWith(options).fetch({ url, via: 'npm', validators }, new AbortController().signal);
}

async function bodyOf(url: string, options?: NpmOptions): Promise<PackageBody> {
  const outcome = await get(url, null, options);
  if (outcome.kind !== 'fetched') throw outcome.kind === 'failed' ? outcome.error : new Error();
  return JSON.parse(Buffer.from(outcome.capture.body).toString());
}

it('a package is kept as its version, its integrity, its tags and the texts that may name models', async () => {
  publish('sdk', {
    latest: '7.1.0',
    versions: {
      '7.1.0': {
        'CHANGELOG.md': '# Changelog\n\n## 7.1.0 (2026-05-07)\n',
        'resources/images.d.ts': TYPES,
        'resources/images.d.mts': TYPES,
        'src/resources/images.d.ts': TYPES,
        'resources/empty.d.ts': 'export {};\n',
        'index.js': "const model = 'gpt-image-2';\n",
      },
    },
  });
  const outcome = await get('npm:sdk');
  expect(outcome).toMatchObject({
    kind: 'fetched',
    capture: { url: 'npm:sdk', finalUrl: 'npm:sdk', via: 'npm', contentType: 'application/json' },
  });
  const body = await bodyOf('npm:sdk');
  expect(body).toMatchObject({
    name: 'sdk',
    version: '7.1.0',
    distTags: { latest: '7.1.0' },
    versions: ['7.1.0'],
    leftOut: [],
  });
  expect(body.integrity).toMatch(/^sha512-/);
  expect(Object.keys(body.files)).toEqual(['CHANGELOG.md', 'resources/images.d.ts']);
  expect(body.files['resources/images.d.ts']).toBe(TYPES);
});

it('a package that has not moved costs no download', async () => {
  publish('sdk', { latest: '7.1.0', versions: { '7.1.0': { 'a.d.ts': TYPES } } });
  const first = await get('npm:sdk');
  const etag = first.kind === 'fetched' ? (first.capture.headers['etag'] ?? null) : null;
  const downloads = () => site.requests.filter(({ path }) => path.startsWith('/tarballs')).length;
  expect(downloads()).toBe(1);
  expect(await get('npm:sdk', etag)).toEqual({ kind: 'not-modified' });
  expect(downloads()).toBe(1);
});

it('a package is read at the version that is asked for, by either way of writing it', async () => {
  publish('sdk', {
    latest: '2.0.0',
    versions: { '1.0.0': { 'a.d.ts': TYPES }, '2.0.0': { 'b.d.ts': TYPES } },
  });
  expect((await bodyOf('npm:sdk@1.0.0')).version).toBe('1.0.0');
  expect((await bodyOf('https://packages.example/package/sdk/v/1.0.0')).version).toBe('1.0.0');
  expect((await bodyOf('https://packages.example/package/sdk')).version).toBe('2.0.0');
  expect(await get('npm:sdk@3.0.0')).toMatchObject({ kind: 'gone', capture: { status: 404 } });
});

it('a package of a scope is asked for in the form that registries take', async () => {
  const scoped = JSON.stringify({ name: '@lab/sdk', 'dist-tags': {}, versions: {} });
  site.answer('/@lab%2fsdk', { type: 'application/json', body: scoped });
  expect((await get('npm:@lab/sdk@1.0.0')).kind).toBe('gone');
});

it('a package that is not there is gone', async () => {
  site.answer('/nothing', { status: 404, type: 'application/json', body: '{}' });
  expect(await get('npm:nothing')).toMatchObject({ kind: 'gone', capture: { status: 404 } });
});

it('a package that does not match its integrity is refused', async () => {
  publish('sdk', { latest: '1.0.0', versions: { '1.0.0': { 'a.d.ts': TYPES } }, tampered: true });
  expect(await get('npm:sdk')).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
});

it('a package that is too large is read as far as it fits, and says what was left out', async () => {
  const long = TYPES.repeat(100);
  publish('sdk', {
    latest: '1.0.0',
    versions: { '1.0.0': { 'a.d.ts': TYPES, 'b.d.ts': long, 'c.d.ts': TYPES } },
  });
  const body = await bodyOf('npm:sdk', { limits: { file: 1000 } });
  expect(Object.keys(body.files)).toEqual(['a.d.ts', 'c.d.ts']);
  expect(body.leftOut).toEqual(['b.d.ts']);
  const little = await bodyOf('npm:sdk', { limits: { kept: TYPES.length } });
  expect(little.leftOut).toEqual(['b.d.ts', 'c.d.ts']);
});

it('a package that unpacks to more than allowed is refused', async () => {
  publish('sdk', { latest: '1.0.0', versions: { '1.0.0': { 'a.js': 'x'.repeat(500_000) } } });
  const outcome = await get('npm:sdk', null, { limits: { unpacked: 100_000 } });
  expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
});

it('a registry in trouble is a fault that may pass', async () => {
  site.answer('/sdk', { status: 503, body: '{}' });
  const settings = { retry: { retries: 0 } };
  expect(await get('npm:sdk', null, { settings })).toMatchObject({
    kind: 'failed',
    error: { kind: 'status', status: 503, transient: true },
  });
});

it('a registry that is not there is a fault of the connection', async () => {
  const gone = await openSite();
  await gone.close();
  const settings = { registry: gone.origin, retry: { retries: 0 } };
  expect(await get('npm:sdk', null, { settings })).toMatchObject({
    kind: 'failed',
    error: { kind: 'connect', transient: true },
  });
});

it('a registry is not asked for what is no package, nor when called off', async () => {
  expect(await get('npm:')).toMatchObject({
    kind: 'failed',
    error: { kind: 'forbidden-address' },
  });
  const request = { url: 'npm:sdk', via: 'npm' as const, validators: null };
  expect(await fetcherWith().fetch(request, AbortSignal.abort())).toMatchObject({
    kind: 'failed',
    error: { kind: 'timeout' },
  });
});
