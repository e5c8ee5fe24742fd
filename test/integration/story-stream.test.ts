import { serve } from '@hono/node-server';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { siteOver } from '../../src/web/site.ts';
import { type LaunchSite, openLaunchSite } from '../support/launch-site.ts';

let site: LaunchSite;
let server: ReturnType<typeof serve>;
let url = '';

beforeAll(async () => {
  site = await openLaunchSite();
  await new Promise<void>((resolve) => {
    server = serve({ fetch: siteOver(site.options).fetch, port: 0 }, ({ port }) => {
      url = `http://127.0.0.1:${port}/api/v1/stories/stream`;
      resolve();
    });
  });
});

afterAll(() => void server.close());

interface Event {
  id: string;
  data: { title: string; updatedAt: string };
}

/** The first events of the stream after a place. */
async function events(lastEventId: string, count: number): Promise<readonly Event[]> {
  const stop = new AbortController();
  const { body, headers } = await request(url, {
    headers: { 'last-event-id': lastEventId },
    signal: stop.signal,
  });
  expect(headers['content-type']).toContain('text/event-stream');
  let text = '';
  for await (const chunk of body) {
    text += String(chunk);
    if ((text.match(/^event: story$/gm) ?? []).length >= count && text.endsWith('\n\n')) break;
  }
  stop.abort();
  return text
    .split('\n\n')
    .filter((block) => block.includes('event: story'))
    .map((block) => ({
      id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? ''),
    }));
}

it('the stream of stories goes on where a listener was, in the order in which stories grew, and skips none', async () => {
  const all = await events('2026-01-01T00:00:00.000Z_st_0', 4);
  expect(all.length).toBeGreaterThanOrEqual(4);
  const times = all.map(({ data }) => data.updatedAt);
  expect(times).toEqual([...times].sort());
  const rest = await events(all[0]?.id ?? '', 3);
  expect(rest[0]?.id).toBe(all[1]?.id);
  expect(rest.map(({ id }) => id).slice(0, 3)).toEqual(all.map(({ id }) => id).slice(1, 4));
});
