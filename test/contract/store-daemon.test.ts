import { beforeEach, describe, expect, test } from 'vitest';
import { targetId } from '../../src/domain/ids.ts';
import type { Target } from '../../src/domain/target.ts';
import type { Store } from '../../src/store/store.ts';
import { makeTarget, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

function targetAt(url: string, watcher = 'reports'): Target {
  return { ...makeTarget('x', watcher), id: targetId(watcher, url), url };
}

const [one, two, other] = [
  targetAt('https://a.example/1'),
  targetAt('https://a.example/2'),
  targetAt('https://b.example:8080/1', 'help'),
];

describe.each(STORES)('what a daemon asks of $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  const leased = async (among?: Parameters<Store['targets']['leaseDue']>[4]) => {
    const leases = await store.targets.leaseDue(minute(5), minute(9), 'me', 9, among);
    return leases.map(({ target }) => target.id);
  };

  test('leases nothing of a host that is being asked', async () => {
    await store.targets.register([one, two, other], minute(0));
    expect(await leased({ exceptHosts: ['a.example'] })).toEqual([other.id]);
    expect(await leased({ exceptHosts: ['b.example:8080', 'c.example'] })).toEqual([
      one.id,
      two.id,
    ]);
  });

  test('leases only targets of watchers that run', async () => {
    await store.targets.register([one, two, other], minute(0));
    expect(await leased({ watchers: [] })).toEqual([]);
    expect(await leased({ watchers: ['help', 'news'] })).toEqual([other.id]);
    expect(await leased()).toEqual([one.id, two.id]);
  });

  test('counts how often a target was leased and never settled', async () => {
    await store.targets.register([one], minute(0));
    const tries = async (at: number) =>
      (await store.targets.leaseDue(minute(at), minute(at + 1), 'me', 1)).map(
        (lease) => lease.tries,
      );
    expect([await tries(1), await tries(2), await tries(3)]).toEqual([[1], [2], [3]]);
    await store.targets.release(one.id, 'me');
    expect(await tries(4)).toEqual([1]);
    await store.targets.settle(one.id, 'me', { dueAt: minute(0) });
    expect((await store.targets.lease(one.id, minute(5), minute(6), 'me'))?.tries).toBe(1);
  });

  test('plans calendar work, and keeps the time of what stands', async () => {
    const heartbeat = { name: 'heartbeat', cadence: '0 9 * * *', dueAt: minute(10) };
    const prune = { name: 'prune', cadence: '1d', dueAt: minute(20) };
    await store.chores.plan([heartbeat, prune]);
    await store.chores.plan([
      { ...heartbeat, dueAt: minute(99) },
      { ...prune, cadence: '2d' },
    ]);
    expect(await store.chores.list()).toEqual([
      { ...heartbeat, lastAt: null, error: null },
      { ...prune, cadence: '2d', lastAt: null, error: null },
    ]);
    await store.chores.plan([prune]);
    expect((await store.chores.list()).map(({ name }) => name)).toEqual(['prune']);
    await store.chores.plan([]);
    expect(await store.chores.list()).toEqual([]);
  });

  test('hands each piece of calendar work that is due to one daemon', async () => {
    const chores = ['backup', 'prune'].map((name, at) => ({
      name,
      cadence: '1d',
      dueAt: minute(at),
    }));
    await store.chores.plan(chores);
    const lease = async (at: number, owner: string) =>
      (await store.chores.leaseDue(minute(at), minute(at + 5), owner))?.name ?? null;
    expect(await lease(0, 'me')).toBe('backup');
    expect([await lease(1, 'you'), await lease(1, 'you')]).toEqual(['prune', null]);
    await store.chores.settle('backup', 'me', { dueAt: minute(60), at: minute(2), error: 'full' });
    // It ran out of its lease: what it says no longer counts.
    expect(await lease(6, 'they')).toBe('prune');
    await store.chores.settle('prune', 'you', { dueAt: minute(90), at: minute(7), error: null });
    expect(await store.chores.list()).toMatchObject([
      { name: 'backup', dueAt: minute(60), lastAt: minute(2), error: 'full' },
      { name: 'prune', dueAt: minute(1), lastAt: null },
    ]);
  });

  test('keeps what was last said of following a subject', async () => {
    await store.follows.set({ subject: 'gpt-9', followed: true, at: minute(1) });
    await store.follows.set({ subject: 'gpt-8', followed: true, at: minute(2) });
    await store.follows.set({ subject: 'gpt-9', followed: false, at: minute(3) });
    expect(await store.follows.list()).toEqual([
      { subject: 'gpt-8', followed: true, at: minute(2) },
      { subject: 'gpt-9', followed: false, at: minute(3) },
    ]);
  });
});
