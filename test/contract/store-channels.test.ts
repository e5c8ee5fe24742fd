import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { makeCapture, makeTarget, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const page = makeTarget('page');
const feed = makeTarget('feed');

describe.each(STORES)('what watching the web asks of $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  test('what watching the web asks of the database makes a target due sooner, and never later', async () => {
    await store.targets.register([page], minute(0));
    await store.targets.lease(page.id, minute(0), minute(1), 'me');
    await store.targets.settle(page.id, 'me', { dueAt: minute(60) });
    await store.targets.expedite(page.id, minute(20));
    expect((await store.targets.get(page.id))?.dueAt).toBe(minute(20));
    await store.targets.expedite(page.id, minute(40));
    expect((await store.targets.get(page.id))?.dueAt).toBe(minute(20));
  });

  test('what watching the web asks of the database hastens a target that is being checked without taking it from its runner', async () => {
    await store.targets.register([page], minute(0));
    await store.targets.lease(page.id, minute(0), minute(9), 'me');
    await store.targets.expedite(page.id, minute(0));
    expect(await store.targets.lease(page.id, minute(1), minute(9), 'you')).toBeNull();
    await store.targets.settle(page.id, 'me', { dueAt: minute(60) });
  });

  test('what watching the web asks of the database remembers what led to a page, and lists what was found so since a moment', async () => {
    const linkedFrom = { from: feed.id, baseline: true };
    const late = { ...makeTarget('late'), linkedFrom: { from: feed.id, baseline: false } };
    await store.targets.register([feed, { ...page, linkedFrom }], minute(0));
    await store.targets.register([late], minute(10));
    expect((await store.targets.get(page.id))?.linkedFrom).toEqual(linkedFrom);
    expect((await store.targets.get(feed.id))?.linkedFrom).toBeUndefined();
    const found = async (since: string) =>
      (await store.targets.linkedSince(since)).map(({ id }) => id);
    expect(await found(minute(0))).toEqual([page.id, late.id]);
    expect(await found(minute(1))).toEqual([late.id]);
  });

  test('what watching the web asks of the database keeps a target as it was first named', async () => {
    await store.targets.register([page], minute(0));
    const again = { ...page, linkedFrom: { from: feed.id, baseline: false } };
    expect(await store.targets.register([again], minute(1))).toEqual([]);
    expect((await store.targets.get(page.id))?.linkedFrom).toBeUndefined();
  });

  test('what watching the web asks of the database knows when a page was last had in full', async () => {
    await store.targets.register([page], minute(0));
    expect((await store.targets.get(page.id))?.fullAt).toBeNull();
    await store.targets.lease(page.id, minute(0), minute(1), 'me');
    await store.targets.settle(page.id, 'me', { fullAt: minute(3) });
    expect((await store.targets.get(page.id))?.fullAt).toBe(minute(3));
  });

  test('what watching the web asks of the database keeps a screenshot of a page beside its snapshot, by its hash', async () => {
    await store.targets.register([page], minute(0));
    const snapshot = await store.snapshots.keep(page.id, makeCapture('the page'));
    expect(await store.snapshots.screenshotOf(snapshot.id)).toBeNull();
    const picture = new Uint8Array([137, 80, 78, 71, 0, 255, 1]);
    const hash = await store.snapshots.attachScreenshot(snapshot.id, picture);
    expect(hash).toBe(createHash('sha256').update(picture).digest('hex'));
    expect(await store.snapshots.screenshotOf(snapshot.id)).toBe(hash);
    expect(await store.snapshots.body(hash)).toEqual(picture);
    expect(await store.snapshots.attachScreenshot(snapshot.id, picture)).toBe(hash);
    expect((await store.snapshots.count()).bodies).toBe(2);
  });
});
