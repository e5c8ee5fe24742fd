import { expect, test } from 'vitest';
import { FetchError } from '../../../src/domain/errors.ts';
import { DAY, plus } from '../../../src/domain/time.ts';
import { openRobots, type RobotsMemory } from '../../../src/fetch/robots.ts';
import { minute } from '../../support/store-makers.ts';

const { signal } = new AbortController();
const page = new URL('https://a.example/secret/page');

function memory(): RobotsMemory & { files: Map<string, { text: string | null; readAt: string }> } {
  const files = new Map<string, { text: string | null; readAt: string }>();
  return {
    files,
    get: (origin) => Promise.resolve(files.get(origin) ?? null),
    put: (origin, file) => Promise.resolve(void files.set(origin, file)),
  };
}

/** A process of its own: it knows nothing but what the memory holds. */
function robotsAt(now: string, kept: RobotsMemory, status: number, text: string) {
  const asked: string[] = [];
  const robots = openRobots({
    ...{ agent: 'firsthand/1', clock: { now: () => now }, memory: kept },
    ask(url) {
      asked.push(url.href);
      return Promise.resolve({ status, body: new TextEncoder().encode(text) });
    },
  });
  return { robots, asked };
}

test('the rules that one process read hold for the next for a day, and are then read again', async () => {
  const kept = memory();
  const first = robotsAt(minute(0), kept, 200, 'User-agent: *\nDisallow: /secret\n');
  await expect(first.robots.admit(page, signal)).rejects.toMatchObject({ kind: 'robots' });

  const second = robotsAt(minute(60), kept, 404, '');
  await expect(second.robots.admit(page, signal)).rejects.toMatchObject({ kind: 'robots' });
  expect(second.asked).toEqual([]);

  const third = robotsAt(plus(minute(0), DAY), kept, 404, '');
  expect(await third.robots.admit(page, signal)).toBeNull();
  expect(third.asked).toEqual(['https://a.example/robots.txt']);
  expect(kept.files.get('https://a.example')).toEqual({
    text: null,
    readAt: plus(minute(0), DAY),
  });
});

test('rules that could not be had are remembered by nobody', async () => {
  const kept = memory();
  const { robots } = robotsAt(minute(0), kept, 503, '');
  await expect(robots.admit(page, signal)).rejects.toMatchObject({ kind: 'robots', status: 503 });
  expect(kept.files.size).toBe(0);
});

test.each(['redirect', 'content'] as const)(
  'rules behind a fault of kind %s are none',
  async (kind) => {
    const robots = openRobots({
      ...{ agent: 'firsthand/1', clock: { now: () => minute(0) } },
      ask: () => Promise.reject(new FetchError(kind, 'a.example redirects in a circle.')),
    });
    expect(await robots.admit(page, signal)).toBeNull();
  },
);

test('rules that an editor saved as UTF-16 are rules', async () => {
  const body = Buffer.from('\ufeffUser-agent: *\nDisallow: /secret\n', 'utf16le');
  const robots = openRobots({
    ...{ agent: 'firsthand/1', clock: { now: () => minute(0) } },
    ask: () => Promise.resolve({ status: 200, body }),
  });
  await expect(robots.admit(page, signal)).rejects.toMatchObject({ kind: 'robots' });
});
