import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bug } from '../../src/domain/errors.ts';
import { bodyHash, idOf } from '../../src/domain/ids.ts';
import type { Change, ItemVersion } from '../../src/domain/item.ts';
import type { Store } from '../../src/store/store.ts';
import { s3Server } from '../support/s3-server.ts';
import { makeCapture, makeTarget, makeVersion, minute } from '../support/store-makers.ts';
import { STORES, withBodiesOutside } from '../support/stores.ts';

const target = makeTarget('news');
const other = makeTarget('help');

describe.each(withBodiesOutside(s3Server()))('the snapshots in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    await store.targets.register([target, other], minute(0));
  });

  test('the store of snapshots gives a capture and its bytes back as they came', async () => {
    const { body, ...capture } = makeCapture('<p>It is out.</p>'.repeat(50), { status: 404 });
    const kept = await store.snapshots.keep(target.id, { ...capture, body });

    expect(kept).toEqual({ id: kept.id, target: target.id, capture, size: body.byteLength });
    expect(await store.snapshots.get(kept.id)).toEqual(kept);
    expect(await store.snapshots.body(capture.bodyHash)).toEqual(body);
  });

  test('the store of snapshots keeps bytes of any kind', async () => {
    const bytes = fc.uint8Array({ maxLength: 2_000 });
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const { capture } = await store.snapshots.keep(target.id, makeCapture(body));
        expect(await store.snapshots.body(capture.bodyHash)).toEqual(body);
      }),
      { numRuns: 30 },
    );
  });

  test('the store of snapshots holds one body for all who sent it, compressed', async () => {
    const text = 'the same words again and again. '.repeat(200);
    await store.snapshots.keep(target.id, makeCapture(text));
    await store.snapshots.keep(target.id, makeCapture(text, { fetchedAt: minute(5) }));
    await store.snapshots.keep(other.id, makeCapture(text));

    const count = await store.snapshots.count();
    expect(count).toMatchObject({ snapshots: 3, bodies: 1, rawBytes: text.length });
    expect(count.storedBytes).toBeLessThan(text.length / 20);
  });

  test('the store of snapshots holds a body raw when compressing it does not pay', async () => {
    await store.snapshots.keep(target.id, makeCapture(randomBytes(500)));
    expect(await store.snapshots.count()).toMatchObject({ rawBytes: 500, storedBytes: 500 });
  });

  test('the store of snapshots changes nothing when the same capture is kept again', async () => {
    const first = await store.snapshots.keep(target.id, makeCapture('a'));
    await store.snapshots.markRead(first.id, minute(1));
    expect(await store.snapshots.keep(target.id, makeCapture('a'))).toEqual(first);
    expect(await store.snapshots.count()).toMatchObject({ snapshots: 1, bodies: 1 });
    expect(await store.snapshots.unread(target.id)).toEqual([]);
  });

  test('the store of snapshots refuses a capture whose body is not what its hash says', async () => {
    const wrong = makeCapture('a', { bodyHash: makeCapture('b').bodyHash });
    await expect(store.snapshots.keep(target.id, wrong)).rejects.toThrow(Bug);
    expect(await store.snapshots.count()).toMatchObject({ snapshots: 0, bodies: 0 });
  });

  test('the store of snapshots knows what was kept and never read, the oldest first', async () => {
    const late = await store.snapshots.keep(target.id, makeCapture('b', { fetchedAt: minute(2) }));
    const early = await store.snapshots.keep(target.id, makeCapture('a', { fetchedAt: minute(1) }));
    await store.snapshots.keep(other.id, makeCapture('c'));
    expect(await store.snapshots.unread(target.id)).toEqual([early, late]);
    await store.snapshots.markRead(early.id, minute(3));
    expect(await store.snapshots.unread(target.id)).toEqual([late]);
  });

  test('the store of snapshots lists the snapshots of a target from a moment on', async () => {
    const times = [minute(3), minute(1), minute(2)];
    for (const fetchedAt of times) {
      await store.snapshots.keep(target.id, makeCapture(fetchedAt, { fetchedAt }));
    }
    const all = await store.snapshots.list(target.id);
    expect(all.map(({ capture }) => capture.fetchedAt)).toEqual([minute(1), minute(2), minute(3)]);
    expect(await store.snapshots.list(target.id, minute(2))).toEqual(all.slice(1));
  });

  test('the store of snapshots has nothing where nothing was kept', async () => {
    expect(await store.snapshots.get(idOf('sn', 'none'))).toBeNull();
    expect(await store.snapshots.body(bodyHash('none'))).toBeNull();
  });
});

describe.each(STORES)('the items in $database', ({ open }) => {
  let store: Store;
  let first: ItemVersion;
  beforeEach(async () => {
    store = await open();
    await store.targets.register([target], minute(0));
    const { id } = await store.snapshots.keep(target.id, makeCapture('page'));
    first = makeVersion(target, id, 'post-1');
  });

  const changeOf = (before: ItemVersion | null, after: ItemVersion): Change => ({
    id: idOf('ch', after.id),
    target: target.id,
    at: after.firstSeenAt,
    kind: before === null ? 'added' : 'revised',
    key: after.item.key,
    title: after.item.title,
    before: before?.id ?? null,
    after: after.id,
    snapshot: after.snapshot,
    technical: false,
    baseline: before === null,
  });

  test('the store of items shows the versions that stand, and keeps those that ended', async () => {
    const second = makeVersion(target, first.snapshot, 'post-1', { firstSeenAt: minute(5) });
    const [added, revised] = [changeOf(null, first), changeOf(first, second)];
    await store.items.apply({ added: [first], ended: [], changes: [added] });
    const ended = [{ id: first.id, at: minute(5) }];
    await store.items.apply({ added: [second], ended, changes: [revised] });

    expect(await store.items.current(target.id)).toEqual(new Map([['post-1', second]]));
    expect(await store.items.get(first.id)).toEqual({ ...first, supersededAt: minute(5) });
    expect(await store.items.change(revised.id)).toEqual(revised);
    expect(await store.items.change(added.id)).toEqual(added);
  });

  test('a long list that was read before is read as it is now, whoever added and ended versions', async () => {
    const versions = Array.from({ length: 120 }, (_, n) =>
      makeVersion(target, first.snapshot, `post-${n + 10}`),
    );
    let standing = new Map(versions.map((version) => [version.item.key, version]));
    await store.items.apply({ added: versions, ended: [], changes: [] });
    expect(await store.items.current(target.id)).toEqual(standing);

    for (const [at, count] of [1, 70].entries()) {
      const firstSeenAt = minute(5 + at);
      const ended = versions.slice(at * 10, at * 10 + 3).map(({ id }) => ({ id, at: firstSeenAt }));
      const added = Array.from({ length: count }, (_, n) =>
        makeVersion(target, first.snapshot, `new-${at}-${n}`, { firstSeenAt }),
      );
      // By another way than the one that reads, as another process does.
      await store.write((tx) => tx.items.apply({ added, ended, changes: [] }));
      const gone = new Set<string>(ended.map(({ id }) => id));
      standing = new Map(
        [...standing.values(), ...added]
          .filter(({ id }) => !gone.has(id))
          .map((version) => [version.item.key, version]),
      );
      expect(await store.items.current(target.id)).toEqual(standing);
    }
  });

  test('the store of items keeps the first end of a version, and adds one only once', async () => {
    await store.items.apply({ added: [first], ended: [], changes: [] });
    await store.items.apply({ added: [], ended: [{ id: first.id, at: minute(5) }], changes: [] });
    await store.items.apply({
      added: [first],
      ended: [{ id: first.id, at: minute(9) }],
      changes: [],
    });
    expect(await store.items.get(first.id)).toEqual({ ...first, supersededAt: minute(5) });
    expect(await store.items.current(target.id)).toEqual(new Map());
  });

  test('the store of items writes all of an update or nothing', async () => {
    const rival = makeVersion(target, first.snapshot, 'post-1', { firstSeenAt: minute(5) });
    const twice = { added: [first, rival], ended: [], changes: [] };
    await expect(store.items.apply(twice)).rejects.toThrow(Bug);
    expect(await store.items.get(first.id)).toBeNull();
    const unknown = { added: [first], ended: [{ id: rival.id, at: minute(5) }], changes: [] };
    await expect(store.items.apply(unknown)).rejects.toThrow(Bug);
    expect(await store.items.get(first.id)).toBeNull();
  });

  test('the store of items gives every text back as the source wrote it', async () => {
    const text = fc.string({ unit: 'binary' });
    const interval = fc.constantFrom(null, {
      from: '2026-04-21',
      to: null,
      precision: 'day' as const,
    });
    const item = fc.record({
      key: text,
      kind: fc.constantFrom('post' as const, 'page' as const),
      title: text,
      text,
      url: text,
      published: interval,
      fields: fc.dictionary(text, fc.oneof(text, fc.array(text)), { noNullPrototype: true }),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(item, async (written) => {
        const id = idOf('iv', count++);
        const version = { ...first, id, item: written };
        await store.items.apply({ added: [version], ended: [], changes: [] });
        expect(await store.items.get(id)).toEqual(version);
        await store.items.apply({ added: [], ended: [{ id, at: minute(1) }], changes: [] });
      }),
      { numRuns: 60 },
    );
  });
});
