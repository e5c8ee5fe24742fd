import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../src/domain/clock.ts';
import type { FetchContext } from '../../src/fetch/fetch-context.ts';
import type { FetchOutcome } from '../../src/fetch/fetcher.ts';
import { type ModelListOptions, modelListFetcher } from '../../src/fetch/model-list.ts';
import { openFetchContext } from '../../src/fetch/open-fetch-context.ts';
import { pagedLists } from '../../src/fetch/paged-lists.ts';
import models from '../../watchers/openai-models.ts';
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
  options: Partial<ModelListOptions> = {},
  signal = new AbortController().signal,
): Promise<FetchOutcome> {
  const fetcher = modelListFetcher(context, { key: 'sk-test', retries: 0, ...options });
  return fetcher.fetch({ url: URL_OF_LIST, via: 'model-list', validators: null }, signal);
}

it('the list of models by API is kept as the bytes that were sent, under the address of the API', async () => {
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
      via: 'model-list',
    },
  });
  const body = outcome.kind === 'fetched' ? outcome.capture.body : [];
  expect(Buffer.from(body).toString()).toBe(LIST);
});

it('the list of models by API is asked for with the key, by our own name, and the key is kept nowhere', async () => {
  site.answer(ASKED, { type: 'application/json', body: LIST });
  const outcome = await list();
  expect(site.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer sk-test',
    'user-agent': 'firsthand/0.1.0',
    host: 'api.openai.com',
  });
  expect(JSON.stringify(outcome)).not.toContain('sk-test');
});

it('the list of models by API is off without a key, and asks nobody', async () => {
  const outcome = await list({ key: null });
  expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'off', transient: false } });
  expect(site.requests).toEqual([]);
});

it.each([
  [401, false],
  [403, false],
  [429, true],
  [500, true],
])(
  'the list of models by API fails with its status when the API answers %d',
  async (status, transient) => {
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
  },
);

it('the list of models by API is asked for again after a fault that may pass', async () => {
  site.answer(ASKED, [
    { status: 503, headers: { 'retry-after-ms': '10' } },
    { type: 'application/json', body: LIST },
  ]);
  expect((await list({ retries: 1 })).kind).toBe('fetched');
});

it('the list of models by API is not waited for beyond its time, nor when called off', async () => {
  site.mayAnswer(ASKED, hostile.silence);
  expect(await list({ timeout: 200 })).toMatchObject({
    kind: 'failed',
    error: { kind: 'timeout', transient: true },
  });
  const stop = AbortSignal.timeout(100);
  expect(await list({}, stop)).toMatchObject({ kind: 'failed', error: { kind: 'timeout' } });
});

it('the list of models by API fails as a connection does when nobody is there', async () => {
  const gone = await openSite();
  await gone.close();
  const nobody = openFetchContext({
    clock: manualClock('2026-04-21T19:00:00.000Z'),
    agent: { version: '0.1.0', contact: null },
    hosts: gone.standingFor('api.openai.com'),
  });
  const fetcher = modelListFetcher(nobody, { key: 'sk-test', retries: 0 });
  const request = { url: URL_OF_LIST, via: 'model-list' as const, validators: null };
  expect(await fetcher.fetch(request, new AbortController().signal)).toMatchObject({
    kind: 'failed',
    error: { kind: 'connect', transient: true },
  });
  await nobody.close();
});

it('the list of models by API names another host as its source when the base address is another', async () => {
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

it('the list of models by API stops at an answer without end', async () => {
  site.answer(ASKED, hostile.endlessBody);
  expect(await list()).toMatchObject({ kind: 'failed', error: { kind: 'too-large' } });
});

describe('a list that comes in pages', () => {
  const row = (id: string) => ({ id, object: 'model', owned_by: 'system' });

  function page(ids: readonly string[], more: boolean, over: object = {}): string {
    return JSON.stringify({ object: 'list', data: ids.map(row), has_more: more, ...over });
  }

  function paged(limits: Partial<Parameters<typeof pagedLists>[1]> = {}): Promise<FetchOutcome> {
    const fetcher = modelListFetcher(context, { key: 'sk-test', retries: 0 });
    const request = {
      url: URL_OF_LIST,
      via: 'model-list',
      validators: null,
      pages: 'after',
    } as const;
    const all = pagedLists(fetcher, { bodyBytes: 10_000, ...limits });
    return all.fetch(request, new AbortController().signal);
  }

  const json = (body: string) => ({ type: 'application/json', body });
  const bodyIn = (outcome: FetchOutcome) =>
    outcome.kind === 'fetched' ? Buffer.from(outcome.capture.body).toString() : outcome.kind;

  it('a list that comes in pages is fetched to its end, and kept as its pages were sent', async () => {
    const [one, two, three] = [
      page(['gpt-5.4', 'gpt-5.5'], true),
      page(['gpt-image-2'], true, { last_id: 'cursor-7' }),
      page(['gpt-9'], false),
    ];
    site.answer(ASKED, json(one));
    site.answer(`${ASKED}?after=gpt-5.5`, json(two));
    site.answer(`${ASKED}?after=cursor-7`, json(three));
    const outcome = await paged();
    expect(bodyIn(outcome)).toBe(`[${one},${two},${three}]`);
    expect(outcome).toMatchObject({ capture: { url: URL_OF_LIST, finalUrl: URL_OF_LIST } });
    const capture = outcome.kind === 'fetched' ? outcome.capture : undefined;
    if (capture === undefined) throw new Error('nothing was fetched');
    const items = await models.extract(capture);
    expect(items.map(({ key }) => key)).toEqual(['gpt-5.4', 'gpt-5.5', 'gpt-image-2', 'gpt-9']);
  });

  it('a list that comes in pages is kept as it was sent where it is one page', async () => {
    site.answer(ASKED, json(page(['gpt-5.4'], false)));
    expect(bodyIn(await paged())).toBe(page(['gpt-5.4'], false));
    expect(site.requests).toHaveLength(1);
  });

  it('a list that comes in pages fails as a whole when a page of it fails', async () => {
    site.answer(ASKED, json(page(['gpt-5.4'], true)));
    site.answer(`${ASKED}?after=gpt-5.4`, { status: 500, body: 'no' });
    expect(await paged()).toMatchObject({ kind: 'failed', error: { kind: 'status', status: 500 } });
  });

  it('a list that comes in pages is not followed for ever, nor in a ring, nor beyond its bytes or its time', async () => {
    site.answer(ASKED, json(page(['gpt-5.4'], true)));
    site.answer(`${ASKED}?after=gpt-5.4`, json(page(['gpt-5.4'], true)));
    expect(await paged()).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
    expect(await paged({ pages: 1 })).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
    expect(await paged({ bodyBytes: 150 })).toMatchObject({ error: { kind: 'too-large' } });
    site.mayAnswer(`${ASKED}?after=gpt-5.4`, hostile.silence);
    expect(await paged({ deadline: 200 })).toMatchObject({ error: { kind: 'timeout' } });
  });

  it('a list that comes in pages is refused where it does not say by what it goes on', async () => {
    site.answer(ASKED, json(page([], true)));
    expect(await paged()).toMatchObject({ kind: 'failed', error: { kind: 'content' } });
  });

  it('a list that comes in pages is refused by the watcher where nobody fetched it to its end', async () => {
    site.answer(ASKED, json(page(['gpt-5.4'], true)));
    const outcome = await list();
    const capture = outcome.kind === 'fetched' ? outcome.capture : undefined;
    if (capture === undefined) throw new Error('nothing was fetched');
    await expect(models.extract(capture)).rejects.toMatchObject({ kind: 'shape' });
  });
});
