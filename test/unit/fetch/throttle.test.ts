import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FetchError, StoreError } from '../../../src/domain/errors.ts';
import { faultOf } from '../../../src/fetch/faults.ts';
import { openThrottle } from '../../../src/fetch/throttle.ts';

const GOING = new AbortController().signal;

afterEach(() => {
  vi.useRealTimers();
});

it('a throttle lets one request at a time go to a host, in the order they came', async () => {
  const throttle = openThrottle();
  const order: string[] = [];
  let running = 0;
  const work = async (name: string) => {
    const done = await throttle.turn('a.example', 0, GOING);
    running += 1;
    expect(running).toBe(1);
    await sleep(5);
    order.push(name);
    running -= 1;
    done();
  };
  await Promise.all(['1', '2', '3', '4'].map(work));
  expect(order).toEqual(['1', '2', '3', '4']);
});

it('a throttle lets hosts go beside each other', async () => {
  const throttle = openThrottle();
  const first = await throttle.turn('a.example', 0, GOING);
  const second = await throttle.turn('b.example', 0, GOING);
  first();
  second();
});

it('a throttle pauses after a request, from its end on', async () => {
  const throttle = openThrottle();
  const done = await throttle.turn('a.example', 80, GOING);
  const began = performance.now();
  done();
  (await throttle.turn('a.example', 0, GOING))();
  expect(performance.now() - began).toBeGreaterThan(70);
});

it('a throttle keeps the whole pause between visits, and says how long it lasts; a redirect waits less', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const throttle = openThrottle({ longestWait: 20 });
  (await throttle.turn('a.example', 60_000, GOING))();
  expect(throttle.restOf('a.example')).toBe(60_000);
  expect(throttle.restOf('b.example')).toBe(0);
  (await throttle.turn('a.example', 60_000, GOING, 'goes-on'))();
  const waiting = throttle.turn('a.example', 0, AbortSignal.timeout(50));
  await expect(waiting).rejects.toThrow(FetchError);
});

it('a throttle passes the turn on when one in the line is called off', async () => {
  const throttle = openThrottle();
  const first = await throttle.turn('a.example', 0, GOING);
  const stop = new AbortController();
  const leaver = throttle.turn('a.example', 0, stop.signal);
  const stayer = throttle.turn('a.example', 0, GOING);
  stop.abort();
  await expect(leaver).rejects.toMatchObject({ kind: 'timeout' });
  first();
  (await stayer)();
});

it('a throttle passes the turn on when one is called off in its pause', async () => {
  const throttle = openThrottle();
  (await throttle.turn('a.example', 200, GOING))();
  const stop = AbortSignal.timeout(20);
  await expect(throttle.turn('a.example', 0, stop)).rejects.toMatchObject({ kind: 'timeout' });
  (await throttle.turn('a.example', 0, GOING))();
});

it('a throttle turns away at once, with the time to come back, when a host asked for a long quiet', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const throttle = openThrottle({ cap: 60_000, longestWait: 1000 });
  expect(throttle.holdOff('a.example', 999_999_999)).toBe(60_000);
  const turned = throttle.turn('a.example', 0, GOING);
  await expect(turned).rejects.toMatchObject({ kind: 'status', transient: true });
  await expect(turned).rejects.toHaveProperty('retryAfter', 60_000);
  (await throttle.turn('b.example', 0, GOING))();
});

it('a throttle keeps the longer of two wishes for quiet, and lets nobody wish for less than none', async () => {
  const throttle = openThrottle({ longestWait: 1000 });
  throttle.holdOff('a.example', 60_000);
  expect(throttle.holdOff('a.example', -5)).toBe(0);
  await expect(throttle.turn('a.example', 0, GOING)).rejects.toMatchObject({ kind: 'status' });
});

it('a throttle forgets hosts that rest, and none that are in use or asked for quiet', async () => {
  const throttle = openThrottle({ longestWait: 1 });
  throttle.holdOff('quiet.example', 60_000);
  const busy = await throttle.turn('busy.example', 0, GOING);
  for (let host = 0; host < 1200; host += 1) (await throttle.turn(`${host}.example`, 0, GOING))();
  await expect(throttle.turn('quiet.example', 0, GOING)).rejects.toMatchObject({
    kind: 'status',
  });
  const next = throttle.turn('busy.example', 0, GOING);
  expect(await Promise.race([next, sleep(20, 'waits')])).toBe('waits');
  busy();
  (await next)();
});

it('a throttle turns away at once, with the first reason, while a host cannot be reached, and tries it again after', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const throttle = openThrottle({ down: 1_000 });
  const nowhere = new FetchError('dns', 'The name down.example could not be resolved.');
  throttle.unreachable('down.example', nowhere);
  await expect(throttle.turn('down.example', 0, GOING)).rejects.toMatchObject({
    kind: 'dns',
    message: 'The name down.example could not be resolved. That was tried just now.',
    cause: nowhere,
  });
  (await throttle.turn('up.example', 0, GOING))();
  vi.advanceTimersByTime(1_050);
  (await throttle.turn('down.example', 0, GOING))();
});

describe('a throttle that shares its turns with other workers', () => {
  const BUSY = { family: 'store', kind: 'busy' };

  it.each([
    ['has the turn', { isPause: false, wait: 60_000 }],
    ['left it with a long pause', { isPause: true, wait: 60_000 }],
  ])(
    'a throttle that shares its turns with other workers leaves a host to another that %s, without a word against the host',
    async (_what, taken) => {
      const shared = { take: async () => taken, giveBack: async () => undefined };
      const throttle = openThrottle({ shared, longestWait: 1_000 });
      const waiting = throttle.turn('a.example', 0, AbortSignal.timeout(30));
      await expect(waiting).rejects.toMatchObject(BUSY);
    },
  );

  it('a throttle that shares its turns with other workers gives back, with its pause, a turn that came when nobody waited for it any more', async () => {
    const given: number[] = [];
    const stop = new AbortController();
    const shared = {
      take: async () => {
        stop.abort();
        return null;
      },
      giveBack: async (_host: string, pause: number) => void given.push(pause),
    };
    const throttle = openThrottle({ shared });
    const waiting = throttle.turn('a.example', 700, stop.signal);
    await expect(waiting).rejects.toMatchObject(BUSY);
    expect(given).toEqual([700]);
  });

  it('a throttle that shares its turns with other workers has a fault of the database told as that, and not as one of the host', async () => {
    const error = new StoreError('unavailable', 'The database is away.');
    const shared = { take: () => Promise.reject(error), giveBack: async () => undefined };
    const waiting = openThrottle({ shared }).turn('a.example', 0, GOING);
    const thrown = await waiting.catch((fault: unknown) => fault);
    expect(() => faultOf(thrown, 'https://a.example/')).toThrow(error);
  });
});
