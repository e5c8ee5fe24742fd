import { beforeEach, describe, expect, test } from 'vitest';
import { StoreError } from '../../src/domain/errors.ts';
import { bodyHash, idOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { makeCapture, makeTarget, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const [news, help, spec] = [
  makeTarget('news', 'a'),
  makeTarget('help', 'a'),
  makeTarget('spec', 'b'),
];

describe.each(STORES)('the targets in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('the store of targets registers what is new, due at once, and leaves what is known as it is', async () => {
    expect(await store.targets.register([news], minute(0))).toHaveLength(1);
    await store.targets.lease(news.id, minute(0), minute(1), 'me');
    await store.targets.settle(news.id, 'me', { dueAt: minute(30), failures: 2 });

    const added = await store.targets.register([news, help], minute(5));

    expect(added.map(({ id, dueAt }) => [id, dueAt])).toEqual([[help.id, minute(5)]]);
    expect(await store.targets.get(news.id)).toMatchObject({ dueAt: minute(30), failures: 2 });
    expect(await store.targets.get(spec.id)).toBeNull();
  });

  test('the store of targets lists all targets, or those of one watcher', async () => {
    await store.targets.register([spec, news, help], minute(0));
    expect(await ids(store.targets.list())).toEqual([help.id, news.id, spec.id]);
    expect(await ids(store.targets.list({ watcher: 'b' }))).toEqual([spec.id]);
    await store.targets.lease(help.id, minute(1), minute(2), 'me');
    const health = { state: 'off', since: minute(1), reason: 'unwanted' } as const;
    await store.targets.settle(help.id, 'me', { health });
    expect(await ids(store.targets.list({ off: true }))).toEqual([help.id]);
  });

  test('the store of targets leases the longest due first, and no more than asked for', async () => {
    await store.targets.register([news], minute(2));
    await store.targets.register([help], minute(1));
    await store.targets.register([spec], minute(3));

    const leases = await store.targets.leaseDue(minute(5), minute(9), 'me', 2);

    expect(leases.map(({ target, owner, until }) => [target.id, owner, until])).toEqual([
      [help.id, 'me', minute(9)],
      [news.id, 'me', minute(9)],
    ]);
  });

  test('the store of targets leases those of the given watchers first among what is due at the same moment', async () => {
    await store.targets.register([news, help, spec], minute(2));
    const early = { ...makeTarget('early'), watcher: 'c' };
    await store.targets.register([early], minute(1));
    const leased = async (limit: number) => {
      const among = { first: [spec.watcher] };
      const leases = await store.targets.leaseDue(minute(5), minute(9), 'me', limit, among);
      return leases.map(({ target }) => target.id);
    };
    expect(await leased(2)).toEqual([early.id, spec.id]);
    expect(await leased(9)).toEqual([help.id, news.id]);
  });

  test('the store of targets leases nothing that is not due, and nothing twice', async () => {
    await store.targets.register([news], minute(2));
    expect(await store.targets.leaseDue(minute(1), minute(9), 'me', 5)).toEqual([]);
    expect(await store.targets.leaseDue(minute(2), minute(9), 'me', 5)).toHaveLength(1);
    expect(await store.targets.leaseDue(minute(3), minute(9), 'you', 5)).toEqual([]);
  });

  test('the store of targets tells when the next target of some watchers is due that nobody holds', async () => {
    await store.targets.register([news], minute(2));
    await store.targets.register([spec], minute(4));
    const { watcher } = news;
    const next = (at: number, ...watchers: string[]) =>
      store.targets.nextDueAt(minute(at), watchers);
    expect(await next(1, watcher, 'b')).toBe(minute(2));
    expect(await next(1, 'b')).toBe(minute(4));
    expect(await next(1)).toBeNull();
    await store.targets.lease(news.id, minute(2), minute(9), 'me');
    expect(await next(3, watcher)).toBeNull();
    expect(await next(3, watcher, 'b')).toBe(minute(4));
    expect(await next(9, watcher)).toBe(minute(2));
  });

  test('the store of targets shares due targets out among runners that ask at the same time', async () => {
    // Each at a host of its own: one host is asked by one runner at a time.
    const many = Array.from({ length: 60 }, (_, n) => ({
      ...makeTarget(`page-${n}`),
      url: `https://host-${n}.example/`,
    }));
    await store.targets.register(many, minute(0));
    const runners = ['a', 'b', 'c', 'd', 'e', 'f'];
    const leases = await Promise.all(
      runners.map((owner) => store.targets.leaseDue(minute(1), minute(9), owner, 15)),
    );
    const leased = leases.flat().map(({ target }) => target.id);
    expect(leased).toHaveLength(60);
    expect(new Set(leased).size).toBe(60);
  });

  test('the store of targets hands an expired lease to the next runner, and the first can no longer settle it', async () => {
    await store.targets.register([news], minute(0));
    await store.targets.leaseDue(minute(0), minute(5), 'slow', 1);

    const [taken] = await store.targets.leaseDue(minute(5), minute(9), 'next', 1);

    expect(taken?.owner).toBe('next');
    const late = store.targets.settle(news.id, 'slow', { dueAt: minute(60) });
    await expect(late).rejects.toThrow(StoreError);
    await expect(late).rejects.toMatchObject({ kind: 'conflict' });
    expect(await store.targets.get(news.id)).toMatchObject({ dueAt: minute(0) });
    await store.targets.settle(news.id, 'next', { dueAt: minute(30) });
  });

  test('the store of targets leases one target whether due or not, unless somebody holds it', async () => {
    await store.targets.register([news], minute(100));
    const lease = await store.targets.lease(news.id, minute(1), minute(5), 'me');
    expect(lease).toMatchObject({ target: { id: news.id }, owner: 'me', until: minute(5) });
    expect(await store.targets.lease(news.id, minute(2), minute(6), 'you')).toBeNull();
    expect(await store.targets.lease(help.id, minute(2), minute(6), 'you')).toBeNull();
  });

  test('the store of targets settles what the check found and leaves the rest', async () => {
    await store.targets.register([news], minute(0));
    await store.targets.lease(news.id, minute(1), minute(5), 'me');
    const found = {
      dueAt: minute(30),
      lastCheckAt: minute(1),
      lastGoodAt: minute(1),
      lastChangeAt: minute(1),
      baselineAt: minute(1),
      health: { state: 'ok', since: minute(1), reason: null },
      failures: 3,
      validators: { etag: '"x"', lastModified: null },
      fullAt: minute(1),
      readBy: 'a@1',
      bodyHash: bodyHash('ab'),
      itemCount: 4,
      suspectHash: bodyHash('cd'),
      awaitsRepeat: true,
    } as const;
    await store.targets.settle(news.id, 'me', found);
    expect(await store.targets.get(news.id)).toEqual({ ...news, createdAt: minute(0), ...found });

    await store.targets.lease(news.id, minute(31), minute(35), 'me');
    await store.targets.settle(news.id, 'me', { validators: null, suspectHash: null, failures: 0 });
    expect(await store.targets.get(news.id)).toEqual({
      ...news,
      createdAt: minute(0),
      ...found,
      validators: null,
      suspectHash: null,
      failures: 0,
    });
  });

  test('the store of targets lets go of a lease and changes nothing else', async () => {
    const [before] = await store.targets.register([news], minute(0));
    await store.targets.lease(news.id, minute(1), minute(5), 'me');
    await store.targets.release(news.id, 'me');
    expect(await store.targets.get(news.id)).toEqual(before);
    expect(await store.targets.leaseDue(minute(1), minute(5), 'you', 1)).toHaveLength(1);
    await expect(store.targets.release(news.id, 'me')).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('the store of targets ends checks that found nothing new together, and refuses the one that lost its lease alone', async () => {
    await store.targets.register([news, help], minute(0));
    for (const { id, watcher } of [news, help]) {
      const check = { id: idOf('ck', id, 'first'), target: id, watcher, at: minute(0) };
      await store.checks.add({
        ...{ ...check, outcome: 'present', failure: null, snapshot: null, shows: ['gpt-5.4'] },
      });
    }
    await store.targets.leaseAll([news.id, help.id], minute(1), minute(5), 'me');
    const end = (target: typeof news, owner: string) =>
      store.checks.settleUnchanged({
        ...{ id: idOf('ck', target.id, 'again'), target: target.id, watcher: target.watcher },
        ...{ at: minute(1), outcome: 'present', owner, dueAt: minute(30), fullAt: null },
      });
    const ends = await Promise.allSettled([end(news, 'me'), end(help, 'you')]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(ends[1]).toMatchObject({ reason: { kind: 'conflict' } });
    expect(await store.targets.get(news.id)).toMatchObject({
      ...{ dueAt: minute(30), lastCheckAt: minute(1), lastGoodAt: minute(1), fullAt: null },
    });
    expect(await store.checks.list(news.id, 9)).toMatchObject([
      { at: minute(1), outcome: 'present', shows: ['gpt-5.4'] },
      { at: minute(0) },
    ]);
    expect(await store.checks.list(help.id, 9)).toHaveLength(1);
    expect(await store.targets.leaseDue(minute(2), minute(9), 'you', 9)).toEqual([]);
  });

  test('a lease says whether an answer of its target was kept and never read', async () => {
    await store.targets.register([news], minute(0));
    const first = await store.targets.lease(news.id, minute(1), minute(2), 'me');
    expect(first?.hasUnread).toBe(false);
    const { id } = await store.snapshots.keep(news.id, makeCapture('a page'));
    const [second] = await store.targets.leaseDue(minute(3), minute(4), 'me', 1);
    expect(second?.hasUnread).toBe(true);
    await store.snapshots.markRead(id, minute(3));
    const third = await store.targets.lease(news.id, minute(5), minute(6), 'me');
    expect(third?.hasUnread).toBe(false);
  });

  test('a batch holds only targets whose last lease was settled', async () => {
    await store.targets.register([news, help], minute(0));
    await store.targets.lease(news.id, minute(0), minute(1), 'dead');
    const fresh = await store.targets.leaseDue(minute(2), minute(9), 'me', 9, { settled: true });
    expect(fresh.map(({ target }) => target.id)).toEqual([help.id]);
    const left = await store.targets.leaseDue(minute(2), minute(9), 'me', 9);
    expect(left).toMatchObject([{ target: { id: news.id }, tries: 2 }]);
  });

  test('the store of targets remembers when a watcher finished its first pass', async () => {
    expect(await store.targets.firstPassAt('a')).toBeNull();
    await store.targets.recordFirstPass('a', minute(1));
    await store.targets.recordFirstPass('a', minute(2));
    expect(await store.targets.firstPassAt('a')).toBe(minute(1));
  });
});

async function ids(list: Promise<readonly { id: string }[]>): Promise<readonly string[]> {
  return (await list).map(({ id }) => id);
}
