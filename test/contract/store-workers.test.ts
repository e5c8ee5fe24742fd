import { beforeEach, describe, expect, test } from 'vitest';
import { sharedTurnsOf } from '../../src/app/build-fetcher.ts';
import { databaseClock } from '../../src/app/trusted-clock.ts';
import { manualClock, systemClock } from '../../src/domain/clock.ts';
import { elapsed, instantOf, plus } from '../../src/domain/time.ts';
import type { Worker } from '../../src/domain/worker.ts';
import { openThrottle } from '../../src/fetch/throttle.ts';
import type { Store } from '../../src/store/store.ts';
import { makeTarget, minute } from '../support/store-makers.ts';
import { POSTGRES, STORES } from '../support/stores.ts';

const news = makeTarget('news');

const worker = (owner: string, seen: number): Worker => ({
  ...{ owner, machine: 'one.example', version: '1.0.0', room: 8 },
  ...{
    startedAt: minute(0),
    seenAt: minute(seen),
    checks: [{ target: news.id, since: minute(1) }],
  },
});

const GOING = new AbortController().signal;

describe.each(STORES)('workers of $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('workers of the database are listed as they last told of themselves, until they leave or are long gone', async () => {
    await store.workers.report(worker('one', 1), minute(0));
    await store.workers.report(worker('two', 2), minute(0));
    await store.workers.report(worker('one', 3), minute(0));
    expect(await store.workers.list()).toEqual([worker('one', 3), worker('two', 2)]);
    await store.workers.report(worker('one', 9), minute(5));
    expect(await store.workers.list()).toEqual([worker('one', 9)]);
    await store.workers.leave('one');
    expect(await store.workers.list()).toEqual([]);
  });

  test('workers of the database are told how far behind they are', async () => {
    expect(await store.workers.backlog(minute(9))).toEqual({ due: 0, oldestDueAt: null });
    await store.targets.register([news, makeTarget('help')], minute(3));
    expect(await store.workers.backlog(minute(9))).toEqual({ due: 2, oldestDueAt: minute(3) });
    await store.targets.lease(news.id, minute(8), minute(10), 'one');
    expect(await store.workers.backlog(minute(9))).toMatchObject({ due: 1 });
  });

  test('workers of the database take turns at a host, with the pause that the one before asked for', async () => {
    const turn = (now: number, until: number, goesOn = false) => ({
      ...{ now: minute(now), until: minute(until), goesOn },
    });
    const { hostTurns } = store;
    expect(await hostTurns.take('a.example', 'one', turn(0, 5))).toBeNull();
    expect(await hostTurns.take('b.example', 'two', turn(0, 5))).toBeNull();
    const held = { isPause: false, until: minute(5) };
    expect(await hostTurns.take('a.example', 'two', turn(1, 6))).toEqual(held);
    await hostTurns.giveBack('a.example', 'two', minute(1));
    expect(await hostTurns.take('a.example', 'two', turn(1, 6))).toEqual(held);
    await hostTurns.giveBack('a.example', 'one', minute(3));
    const pause = { isPause: true, until: minute(3) };
    expect(await hostTurns.take('a.example', 'two', turn(2, 6))).toEqual(pause);
    expect(await hostTurns.take('a.example', 'one', turn(2, 6, true))).toBeNull();
    // Whoever had it is gone: its turn ends by itself.
    expect(await hostTurns.take('a.example', 'two', turn(6, 9))).toBeNull();
  });

  test('workers of the database never ask a host at the same time, and keep its gap, whoever asks and however far their clocks are apart', async () => {
    const shared = { isShared: true, hostTurns: store.hostTurns };
    const visits: { from: number; to: number }[] = [];
    const gap = 30;
    // None of them knows the time of the database better than this, in milliseconds.
    const error = 40;
    const all = ['one', 'two', 'three'].flatMap((owner, index) => {
      const clock = { now: () => plus(systemClock.now(), (index - 1) * error) };
      const throttle = openThrottle(sharedTurnsOf(shared, clock, owner, () => error));
      return [1, 2, 3].map(async () => {
        const done = await throttle.turn('a.example', gap, GOING);
        const from = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 5));
        visits.push({ from, to: performance.now() });
        done();
      });
    });
    await Promise.all(all);
    visits.sort((a, b) => a.from - b.from);
    const gaps = visits.slice(1).map(({ from }, n) => from - (visits[n]?.to ?? 0));
    expect(visits).toHaveLength(9);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(gap - 2);
  });
});

describe.each(POSTGRES)('several machines at $database', ({ open }) => {
  test('several machines at the database go by its clock, however their own are set', async () => {
    const store = await open();
    const early = await databaseClock(store, manualClock(plus(systemClock.now(), -90_000)));
    const late = await databaseClock(store, manualClock(plus(systemClock.now(), 90_000)));
    for (const clock of [early, late]) {
      const [before, told, after] = [systemClock.now(), clock.now(), systemClock.now()];
      // The database is on this machine: its time is ours, but for what the clock knows it may be off, and rounding.
      const error = clock.error() + 2;
      expect(error).toBeLessThan(30_000);
      expect(elapsed(before, told)).toBeGreaterThanOrEqual(-error);
      expect(elapsed(told, after)).toBeGreaterThanOrEqual(-error);
    }
  });

  test('several machines at the database know how far they may be from its clock, and go by an answer that came sooner', async () => {
    const store = await open();
    let steady = 0;
    let takes = 400;
    const asked: number[] = [];
    const maintenance = {
      ...store.maintenance,
      async now() {
        asked.push(steady);
        steady += takes;
        return plus(minute(0), steady - takes / 4);
      },
    };
    const clock = await databaseClock({ isShared: true, maintenance }, systemClock, () => steady);
    const off = () => Math.abs(elapsed(plus(minute(0), steady), clock.now()));
    expect(off()).toBe(100);
    expect(clock.error()).toBeGreaterThanOrEqual(200);
    takes = 8;
    await clock.align();
    expect(off()).toBe(2);
    expect(clock.error()).toBeLessThan(10);
    steady += 60_000;
    expect(clock.error()).toBeGreaterThan(30);
    takes = 400;
    await clock.align();
    expect(off()).toBe(2);
    expect(asked.length).toBeGreaterThan(3);
  });

  test('several machines at the database lease nothing at a host that another is at, or that has its pause', async () => {
    const store = await open();
    const hosts = ['a', 'b'].flatMap((host) =>
      [1, 2].map((page) => ({
        ...makeTarget(`${host}${page}`),
        url: `https://${host}.example/${page}`,
      })),
    );
    await store.targets.register(hosts, minute(0));
    const leasedBy = async (owner: string, limit: number) => {
      const leases = await store.targets.leaseDue(minute(1), minute(9), owner, limit);
      return leases.map(({ target }) => new URL(target.url).host);
    };
    const [first] = await leasedBy('one', 1);
    const others = await leasedBy('two', 9);
    expect(others).toHaveLength(2);
    expect(others).not.toContain(first);
    expect(await leasedBy('three', 9)).toEqual([]);
    expect(await leasedBy('one', 9)).toEqual([first]);
    const more = { ...makeTarget('c'), url: 'https://c.example/' };
    await store.targets.register([more], minute(0));
    await store.hostTurns.take('c.example', 'x', {
      now: minute(0),
      until: minute(2),
      goesOn: false,
    });
    expect(await leasedBy('three', 9)).toEqual([]);
    await store.hostTurns.giveBack('c.example', 'x', minute(3));
    expect(await leasedBy('three', 9)).toEqual([]);
    await store.hostTurns.take('c.example', 'x', {
      now: minute(3),
      until: minute(4),
      goesOn: false,
    });
    await store.hostTurns.giveBack('c.example', 'x', minute(1));
    expect(await leasedBy('three', 9)).toEqual(['c.example']);
  });

  test('several machines at the database each lease what the others do not, when all ask at once', async () => {
    const store = await open();
    const many = Array.from({ length: 60 }, (_, n) => ({
      ...makeTarget(`page-${n}`),
      url: `https://host-${n}.example/`,
    }));
    await store.targets.register(many, instantOf(0));
    const leases = await Promise.all(
      ['one', 'two', 'three'].map((owner) =>
        store.targets.leaseDue(minute(1), minute(9), owner, 20),
      ),
    );
    const ids = leases.flat().map(({ target }) => target.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(60);
  });
});
