import { serve } from '@hono/node-server';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { siteOver } from '../../src/web/site.ts';
import { type LaunchSite, openLaunchSite } from '../support/launch-site.ts';

let site: LaunchSite;
let server: ReturnType<typeof serve>;
let base = '';

beforeAll(async () => {
  site = await openLaunchSite();
  await new Promise<void>((resolve) => {
    server = serve({ fetch: siteOver(site.options).fetch, port: 0 }, ({ port }) => {
      base = `http://127.0.0.1:${port}`;
      resolve();
    });
  });
});

afterAll(() => void server.close());

async function json<T>(path: string): Promise<T> {
  const answer = await site.get(path);
  expect(answer.status, path).toBe(200);
  return answer.json() as Promise<T>;
}

it('the API describes itself as valid OpenAPI 3.1', async () => {
  const document = await json<Record<string, unknown>>('/openapi.json');
  const found = await new Validator().validate(document);
  expect(found.errors ?? []).toEqual([]);
  expect(document['openapi']).toBe('3.1.0');
});

it('the API is called by a client that is made from the description alone', async () => {
  const definition = await json<never>('/openapi.json');
  const client = await new OpenAPIClientAxios({
    definition,
    axiosConfigDefaults: { baseURL: `${base}/api/v1` },
  }).init();
  const answer = await client['getSubjectsId']?.({ id: 'gpt-image-2', 'as-of': '2026-04-20' });
  expect(answer?.data).toMatchObject({ subject: 'gpt-image-2', level: 'rumor' });
  const board = await client['getStatus']?.();
  expect(board?.data.rows.length).toBeGreaterThan(0);
});

it('the API answers every question that it describes', async () => {
  const { paths } = await json<{ paths: Record<string, unknown> }>('/openapi.json');
  const { evidence } = await json<{ evidence: { id: string }[] }>(
    '/api/v1/subjects/gpt-image-2/evidence',
  );
  const { changes } = await json<{ changes: { id: string }[] }>('/api/v1/changes?limit=1');
  const { sources } = await json<{ sources: { target: string }[] }>('/api/v1/sources');
  const ids: Readonly<Record<string, string>> = {
    subjects: 'gpt-image-2',
    evidence: evidence[0]?.id ?? '',
    changes: changes[0]?.id ?? '',
    sources: encodeURIComponent(sources[0]?.target ?? ''),
  };
  const queries: Readonly<Record<string, string>> = {
    '/search': '?q=image',
    '/dependencies': '?id=dall-e-2&id=gpt-9',
  };
  expect(Object.keys(paths).length).toBeGreaterThan(10);
  for (const path of Object.keys(paths)) {
    const kind = path.split('/')[1] ?? '';
    const filled = path.replace('{id}', ids[kind] ?? '');
    await json(`/api/v1${filled}${queries[path] ?? ''}`);
  }
});

it('the API goes through a long list page by page, each piece once', async () => {
  type Page = { evidence: { id: string }[]; next: string | null };
  const path = '/api/v1/subjects/gpt-image-2/evidence';
  const whole = await json<Page>(`${path}?limit=200`);
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await json<Page>(
      `${path}?limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    ids.push(...page.evidence.map(({ id }) => id));
    cursor = page.next;
  }
  expect(ids).toEqual(whole.evidence.map(({ id }) => id));
  const first = await json<{ changes: unknown[]; next: string }>('/api/v1/changes?limit=5');
  const second = await json<{ changes: unknown[] }>(`/api/v1/changes?limit=5&cursor=${first.next}`);
  expect(second.changes).not.toEqual(first.changes);
});

it('the API says what is wrong as a problem that programs can read', async () => {
  const problem = async (path: string) => {
    const answer = await site.get(path);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return answer.json() as Promise<{ status: number; detail: string; near?: string[] }>;
  };
  expect(await problem('/api/v1/subjects/gpt-imag-2')).toMatchObject({
    status: 404,
    near: expect.arrayContaining(['gpt-image-2']),
  });
  expect((await problem('/api/v1/changes?limit=0')).status).toBe(400);
  expect((await problem('/api/v1/changes?cursor=nonsense')).detail).toContain('start again');
  expect((await problem('/api/v1/subjects/gpt-image-2?as-of=soon')).detail).toContain('is no time');
  expect((await problem('/api/v1/subjects/gpt-image-2/claims?facet=nonsense')).status).toBe(400);
  expect((await problem('/api/v1/nothing')).status).toBe(404);
});

it('the API says of model ids in code what is retired, by when, and what takes their place', async () => {
  const { dependencies } = await json<{ dependencies: Record<string, unknown>[] }>(
    '/api/v1/dependencies?id=dall-e-2&id=gpt-image-2&id=gpt-99-nova',
  );
  expect(dependencies).toMatchObject([
    { id: 'dall-e-2', state: 'retired', retires: '2026-05-12' },
    { id: 'gpt-image-2', state: 'available' },
    { id: 'gpt-99-nova', state: 'unknown', subject: null },
  ]);
  expect(dependencies[0]?.['replacements']).toEqual(['gpt-image-1', 'gpt-image-1-mini']);
  expect(dependencies[0]?.['proof']).toMatchObject({
    url: expect.stringContaining('developers.openai.com'),
  });
});

it('the API may be read by pages of others, and written by none', async () => {
  const read = await site.get('/api/v1/status', { origin: 'https://other.example' });
  expect(read.headers.get('access-control-allow-origin')).toBe('*');
  expect(read.headers.get('access-control-allow-credentials')).toBeNull();
});
