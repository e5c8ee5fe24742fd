import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import type { FetchContext } from '../../src/fetch/fetch-context.ts';
import type { FetchOutcome } from '../../src/fetch/fetcher.ts';
import { openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { type OpenaiApiOptions, openaiApiFetcher } from '../../src/fetch/openai-api.ts';
import * as hostile from '../support/hostile-site.ts';
import { type HttpSite, openSite } from '../support/http-site.ts';

const URL_OF_LIST = 'https://api.openai.com/v1/models';
const ASKED = 'api.openai.com/v1/models';
const LIST = JSON.stringify({
  object: 'list',
  data: [{ id: 'gpt-image-2', object: 'model', created: 1776398580, owned_by: 'system' }],
});

let site: HttpSite;
let context: FetchContext;

beforeEach(async () => {
  site = await openSite();
  context = openFetchContext({
    clock: manualClock('2026-04-21T19:00:00.000Z'),
    agent: { version: '0.1.0', contact: null },
    hosts: site.standingFor('api.openai.com'),
  });
});

afterEach(async () => {
  await context.close();
  await site.close();
});

function list(
  options: Partial<OpenaiApiOptions> = {},
  signal = new AbortController().signal,
): Promise<FetchOutcome> {
  const fetcher = openaiApiFetcher(context, { key: 'sk-test', retries: 0, ...options });
  return fetcher.fetch({ url: URL_OF_LIST, via: 'openai-api', validators: null }, signal);
}

describe('the list of models by API', () => {
  it('is kept as the bytes that were sent, under the address of the API', async () => {
    site.answer(ASKED, { type: 'application/json', body: LIST });
    const outcome = await list();
    expect(outcome).toMatchObject({
      kind: 'fetched',
      capture: {
        url: URL_OF_LIST,
        finalUrl: URL_OF_LIST,
        status: 200,
        contentType: 'application/json',
        fetchedAt: '2026-04-21T19:00:00.000Z',
        via: 'openai-api',
      },
    });
    const body = outcome.kind === 'fetched' ? outcome.capture.body : [];
    expect(Buffer.from(body).toString()).toBe(LIST);
  });

  it('is asked for with the key, by our own name, and the key is kept nowhere', async () => {
    site.answer(ASKED, { type: 'application/json', body: LIST });
    const outcome = await list();
    expect(site.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer sk-test',
      'user-agent': 'firsthand/0.1.0',
      host: 'api.openai.com',
    });
    expect(JSON.stringify(outcome)).not.toContain('sk-test');
  });

  it('is off without a key, and asks nobody', async () => {
    const outcome = await list({ key: null });
    expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'off', transient: false } });
    expect(site.requests).toEqual([]);
  });

  it.each([
    [401, false],
    [403, false],
    [429, true],
    [500, true],
  ])('fails with its status when the API answers %d', async (status, transient) => {
    site.answer(ASKED, {
      status,
      type: 'application/json',
      headers: { 'retry-after': '7' },
      body: '{"error":{"message":"no"}}',
    });
    expect(await list()).toMatchObject({
      kind: 'failed',
      error: { kind: 'status', status, transient, retryAfter: 7000 },
    });
  });

  it('is asked for again after a fault that may pass', async () => {
    site.answer(ASKED, [
      { status: 503, headers: { 'retry-after-ms': '10' } },
      { type: 'application/json', body: LIST },
    ]);
    expect((await list({ retries: 1 })).kind).toBe('fetched');
  });

  it('is not waited for beyond its time, nor when called off', async () => {
    site.answer(ASKED, hostile.silence);
    expect(await list({ timeout: 200 })).toMatchObject({
      kind: 'failed',
      error: { kind: 'timeout', transient: true },
    });
    const stop = AbortSignal.timeout(100);
    expect(await list({}, stop)).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
  });

  it('fails as a connection does when nobody is there', async () => {
    const gone = await openSite();
    await gone.close();
    const nobody = openFetchContext({
      clock: manualClock('2026-04-21T19:00:00.000Z'),
      agent: { version: '0.1.0', contact: null },
      hosts: gone.standingFor('api.openai.com'),
    });
    const fetcher = openaiApiFetcher(nobody, { key: 'sk-test', retries: 0 });
    const request = { url: URL_OF_LIST, via: 'openai-api' as const, validators: null };
    expect(await fetcher.fetch(request, new AbortController().signal)).toMatchObject({
      kind: 'failed',
      error: { kind: 'connect', transient: true },
    });
    await nobody.close();
  });

  it('names another host as its source when the base address is another', async () => {
    site.answer('/v1/models', { type: 'application/json', body: LIST });
    const guarded = await list({ baseUrl: `${site.origin}/v1` });
    expect(guarded).toMatchObject({ kind: 'failed', error: { kind: 'forbidden-address' } });
    await context.close();
    context = openFetchContext({
      clock: manualClock('2026-04-21T19:00:00.000Z'),
      agent: { version: '0.1.0', contact: null },
      allow: ['127.0.0.1'],
    });
    expect(await list({ baseUrl: `${site.origin}/v1` })).toMatchObject({
      kind: 'fetched',
      capture: { url: URL_OF_LIST, finalUrl: `${site.origin}/v1/models` },
    });
  });

  it('stops at an answer without end', async () => {
    site.answer(ASKED, hostile.endlessBody);
    expect(await list()).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
  });
});
