import { beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/domain/capture.ts';
import { bodyHash as hash, idOf, targetId } from '../../src/domain/ids.ts';
import type { Target } from '../../src/domain/target.ts';
import type { Store } from '../../src/store/store.ts';
import { makeDelivery, nthAlert } from '../support/messages.ts';
import { checkAt, makeCapture, makeTarget, makeVersion, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

function targetAt(url: string, watcher = 'reports'): Target {
  return { ...makeTarget('x', watcher), id: targetId(watcher, url), url };
}

const hashOfNothing = hash('');

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

  test('the store leases nothing of a host that is being asked', async () => {
    await store.targets.register([one, two, other], minute(0));
    expect(await leased({ exceptHosts: ['a.example'] })).toEqual([other.id]);
    expect(await leased({ exceptHosts: ['b.example:8080', 'c.example'] })).toEqual([
      one.id,
      two.id,
    ]);
  });

  test('the store leases only targets of watchers that run', async () => {
    await store.targets.register([one, two, other], minute(0));
    expect(await leased({ watchers: [] })).toEqual([]);
    expect(await leased({ watchers: ['help', 'news'] })).toEqual([other.id]);
    expect(await leased()).toEqual([one.id, two.id]);
  });

  test('the store counts how often a target was leased and never settled', async () => {
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

  test('the store plans calendar work, and keeps the time of what stands', async () => {
    const heartbeat = { name: 'heartbeat', cadence: '0 9 * * *', dueAt: minute(10) };
    const prune = { name: 'prune', cadence: '1d', dueAt: minute(20) };
    await store.workPlan.plan([heartbeat, prune]);
    await store.workPlan.plan([
      { ...heartbeat, dueAt: minute(99) },
      { ...prune, cadence: '2d' },
    ]);
    expect(await store.workPlan.list()).toEqual([
      { ...heartbeat, lastAt: null, error: null },
      { ...prune, cadence: '2d', lastAt: null, error: null },
    ]);
    await store.workPlan.plan([prune]);
    expect((await store.workPlan.list()).map(({ name }) => name)).toEqual(['prune']);
    await store.workPlan.plan([]);
    expect(await store.workPlan.list()).toEqual([]);
  });

  test('the store hands each piece of calendar work that is due to one daemon', async () => {
    const chores = ['backup', 'prune'].map((name, at) => ({
      name,
      cadence: '1d',
      dueAt: minute(at),
    }));
    await store.workPlan.plan(chores);
    const lease = async (at: number, owner: string) =>
      (await store.workPlan.leaseDue(minute(at), minute(at + 5), owner))?.name ?? null;
    expect(await lease(0, 'me')).toBe('backup');
    expect([await lease(1, 'you'), await lease(1, 'you')]).toEqual(['prune', null]);
    await store.workPlan.settle('backup', 'me', {
      dueAt: minute(60),
      at: minute(2),
      error: 'full',
    });
    // It ran out of its lease: what it says no longer counts.
    expect(await lease(6, 'they')).toBe('prune');
    await store.workPlan.settle('prune', 'you', { dueAt: minute(90), at: minute(7), error: null });
    expect(await store.workPlan.list()).toMatchObject([
      { name: 'backup', dueAt: minute(60), lastAt: minute(2), error: 'full' },
      { name: 'prune', dueAt: minute(1), lastAt: null },
    ]);
  });

  test('the store keeps what was last said of following a subject', async () => {
    await store.follows.set({ subject: 'gpt-9', followed: true, at: minute(1) });
    await store.follows.set({ subject: 'gpt-8', followed: true, at: minute(2) });
    await store.follows.set({ subject: 'gpt-9', followed: false, at: minute(3) });
    expect(await store.follows.list()).toEqual([
      { subject: 'gpt-8', followed: true, at: minute(2) },
      { subject: 'gpt-9', followed: false, at: minute(3) },
    ]);
  });

  test('the store names the snapshots that nothing rests on, and removes them with their bodies', async () => {
    await store.targets.register([one], minute(0));
    const kept: Snapshot[] = [];
    for (let n = 0; n < 5; n += 1) {
      const capture = makeCapture(n < 2 ? 'the same' : `page ${n}`, { fetchedAt: minute(n) });
      const snapshot = await store.snapshots.keep(one.id, capture);
      await store.snapshots.markRead(snapshot.id, minute(n));
      kept.push(snapshot);
    }
    const [, second, third] = kept;
    const version = makeVersion(one, second?.id ?? idOf('sn'), 'entry');
    await store.items.apply({ added: [version], ended: [], changes: [] });
    const spare = async (keep: number, at = minute(60)) =>
      (await store.maintenance.prunableSnapshots(at, keep, 10)).map((id) =>
        kept.findIndex((snapshot) => snapshot.id === id),
      );
    expect(await spare(0)).toEqual([0, 2, 3, 4]);
    expect(await spare(2)).toEqual([0, 2]);
    expect(await spare(0, minute(2))).toEqual([0]);
    await store.targets.lease(one.id, minute(9), minute(10), 'me');
    const bodyHash = third?.capture.bodyHash ?? hashOfNothing;
    await store.targets.settle(one.id, 'me', { bodyHash });
    expect(await spare(0)).toEqual([0, 3, 4]);

    const removed = await store.maintenance.removeSnapshots(
      await store.maintenance.prunableSnapshots(minute(60), 0, 10),
    );

    // The body of the first is also that of the second.
    expect(removed).toBe(2);
    expect(await store.snapshots.count()).toMatchObject({ snapshots: 2, bodies: 2 });
    const hashes = await store.maintenance.bodies(null, 1);
    expect([...hashes, ...(await store.maintenance.bodies(hashes[0] ?? null, 5))]).toHaveLength(2);
  });

  test('the store names and removes the old checks of targets that were checked often', async () => {
    const { maintenance } = store;
    await store.targets.register([one, two], minute(0));
    const checks = [1, 2, 3].map((n) => checkAt(one, minute(n)));
    const others = [minute(2), minute(24 * 60)].map((at) => checkAt(two, at));
    for (const check of [...checks, ...others]) await store.checks.add(check);
    expect(await maintenance.oftenChecked(minute(2))).toEqual([]);
    expect(await maintenance.oftenChecked(minute(48 * 60))).toEqual([one.id]);
    const old = await maintenance.checksBefore([one.id], minute(3));
    expect(old).toEqual(
      checks.slice(0, 2).map(({ id, target, at, outcome }) => ({ id, target, at, outcome })),
    );
    const both = await maintenance.checksBefore([two.id, one.id], minute(48 * 60));
    const own = both.filter(({ target }) => target === one.id);
    expect(both).toHaveLength(5);
    expect(own.map(({ at }) => at)).toEqual([1, 2, 3].map(minute));
    await maintenance.removeChecks(old.filter(({ at }) => at === minute(1)));
    expect(await maintenance.checksBefore([two.id], minute(48 * 60))).toHaveLength(2);
    expect((await store.checks.list(one.id, 9)).map(({ at }) => at)).toEqual([
      minute(3),
      minute(2),
    ]);
    expect(await store.maintenance.judgedAt()).toEqual([]);
  });

  test('the store makes due what a clock that ran ahead has put off', async () => {
    const year = 365 * 24 * 60;
    await store.targets.register([one, two], minute(0));
    await store.targets.lease(one.id, minute(0), minute(year), 'dead');
    await store.targets.lease(two.id, minute(year), minute(year + 1), 'me');
    await store.targets.settle(two.id, 'me', {
      dueAt: minute(year + 5),
      lastCheckAt: minute(year),
    });
    await store.workPlan.plan([{ name: 'prune', cadence: '1d', dueAt: minute(0) }]);
    await store.workPlan.leaseDue(minute(year), minute(year + 1), 'me');
    await store.workPlan.settle('prune', 'me', {
      dueAt: minute(year + 99),
      at: minute(year),
      error: null,
    });
    const alert = nthAlert(0);
    await store.outbox.enqueue(alert, [makeDelivery(alert, { dueAt: minute(year) })]);
    await store.outbox.hold('mail', minute(year), 'later');

    expect(await store.maintenance.repairClockSkew(minute(10))).toBeGreaterThanOrEqual(5);

    expect(await store.targets.leaseDue(minute(10), minute(11), 'me', 9)).toHaveLength(2);
    expect(await store.workPlan.leaseDue(minute(10), minute(11), 'me')).toMatchObject({
      name: 'prune',
    });
    expect(await store.outbox.dueChannels(minute(11))).toEqual(['mail']);
    expect(await store.maintenance.repairClockSkew(minute(10))).toBe(0);
  });

  test('the store makes due what a clock that ran ahead has found, and forgets that a host disagreed with it', async () => {
    const year = 365 * 24 * 60;
    await store.targets.register([one], minute(year));
    const failed = { ...checkAt(one, minute(year)), outcome: 'unreachable' as const };
    await store.checks.add({
      ...failed,
      failure: { kind: 'clock', message: 'It says another time.' },
    });
    expect(await store.targets.leaseDue(minute(10), minute(11), 'me', 9)).toEqual([]);
    expect(await store.maintenance.repairClockSkew(minute(10))).toBe(2);
    expect(await store.targets.leaseDue(minute(10), minute(11), 'me', 9)).toHaveLength(1);
    expect(await store.maintenance.ahead(minute(10))).toEqual([]);
  });

  test('the store tells what was stored under times that have yet to come, by table', async () => {
    await store.targets.register([one], minute(0));
    for (const at of [1, 8, 9]) await store.checks.add(checkAt(one, minute(at)));
    await store.outbox.enqueue({ ...nthAlert(0), at: minute(7) }, []);
    expect(await store.maintenance.ahead(minute(9))).toEqual([]);
    expect(await store.maintenance.ahead(minute(5))).toEqual([
      { table: 'checks', rows: 2, last: minute(9) },
      { table: 'alerts', rows: 1, last: minute(7) },
    ]);
  });
});
