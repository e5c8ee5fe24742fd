import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { UsageError } from '../../src/domain/errors.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { openBodyPlace, openStore } from '../../src/store/open.ts';
import { s3Place } from '../../src/store/s3-place.ts';
import type { Store } from '../../src/store/store.ts';
import { s3Server } from '../support/s3-server.ts';
import { startMuteServer } from '../support/smtp-server.ts';
import { closing, temporaryFolder } from '../support/store.ts';
import { makeCapture, makeTarget, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const s3 = s3Server();
const target = makeTarget('news');
const PAGE = '<p>It is out.</p>'.repeat(50);
const NONE = { snapshots: 0, bodies: 0 };

/** What no row has named since the moment after this one. */
const later = () => plus(systemClock.now(), 1_000);

async function withTarget(store: Store): Promise<Store> {
  await store.targets.register([target], minute(0));
  return store;
}

describe.each(STORES)('the bodies of $database that lie in S3', ({ open }) => {
  test('the bodies of the database that lie in S3 are not in the database, and are the same bytes', async () => {
    const place = s3.place();
    const store = await withTarget(await open(place));
    const { capture } = await store.snapshots.keep(target.id, makeCapture(PAGE));
    const [file = '', ...others] = s3.filesOf(place);
    expect(others).toEqual([]);
    expect(file).toContain(`${capture.bodyHash.slice(0, 2)}/${capture.bodyHash}`);
    expect(readFileSync(file).byteLength).toBe((await store.snapshots.count()).storedBytes);
    expect(await store.snapshots.body(capture.bodyHash)).toEqual(makeCapture(PAGE).body);
  });

  test('the bodies of the database that lie in S3 are there before a row names them: what cannot be put leaves no row', async () => {
    const store = await withTarget(await open({ ...s3.place(), endpoint: 'http://127.0.0.1:1' }));
    const keeping = store.snapshots.keep(target.id, makeCapture(PAGE));
    await expect(keeping).rejects.toMatchObject({ family: 'store', kind: 'unavailable' });
    await expect(keeping).rejects.toThrow(/s3:\/\/pages\/of-test-\d+\/ cannot be reached/);
    expect(await store.snapshots.count()).toMatchObject(NONE);
  });

  test('the bodies of the database that lie in S3 are kept once, whoever brings them at the same time, and the second copy goes later', async () => {
    const place = s3.place();
    const store = await withTarget(await open(place));
    const captures = [1, 2, 3].map((at) => makeCapture(PAGE, { fetchedAt: minute(at) }));
    await Promise.all(captures.map((capture) => store.snapshots.keep(target.id, capture)));
    expect(await store.snapshots.count()).toMatchObject({ snapshots: 3, bodies: 1 });
    const before = s3.filesOf(place).length;
    expect(await store.maintenance.removeSpareObjects(later())).toBe(before - 1);
    expect(s3.filesOf(place)).toHaveLength(1);
    expect(await store.snapshots.body(makeCapture(PAGE).bodyHash)).toEqual(makeCapture(PAGE).body);
  });

  test('the bodies of the database that lie in S3 go a day after the last snapshot that held them, and come back under another name', async () => {
    const place = s3.place();
    const store = await withTarget(await open(place));
    const { id } = await store.snapshots.keep(target.id, makeCapture(PAGE));
    expect(await store.maintenance.removeSnapshots([id])).toBe(1);
    expect(await store.maintenance.removeSpareObjects(plus(systemClock.now(), -DAY))).toBe(0);
    expect(s3.filesOf(place)).toHaveLength(1);
    await store.snapshots.keep(target.id, makeCapture(PAGE));
    expect(await store.maintenance.removeSpareObjects(later())).toBe(1);
    expect(await store.maintenance.removeSpareObjects(later())).toBe(0);
    expect(await store.snapshots.body(makeCapture(PAGE).bodyHash)).toEqual(makeCapture(PAGE).body);
    expect(s3.filesOf(place)).toHaveLength(1);
  });

  test('the bodies of the database that lie in S3 have a changed and a missing object told as damage', async () => {
    const place = s3.place();
    const store = await withTarget(await open(place));
    const { capture } = await store.snapshots.keep(target.id, makeCapture(PAGE));
    const [file = ''] = s3.filesOf(place);
    writeFileSync(file, 'something else');
    const corrupt = { family: 'store', kind: 'corrupt' };
    await expect(store.snapshots.body(capture.bodyHash)).rejects.toMatchObject(corrupt);
    rmSync(file);
    await expect(store.snapshots.body(capture.bodyHash)).rejects.toMatchObject(corrupt);
    await expect(store.snapshots.body(capture.bodyHash)).rejects.toThrow(/no longer at s3:/);
  });

  test('the bodies of the database that lie in S3 wait for a place that is away for a moment', async () => {
    const place = s3.place();
    const store = await withTarget(await open(place));
    await s3.stop();
    const keeping = store.snapshots.keep(target.id, makeCapture(PAGE));
    await s3.start();
    await keeping;
    expect(s3.filesOf(place)).toHaveLength(1);
  });
});

test('a body that is being removed where it lies is given to no row', async () => {
  const place = s3.place();
  const url = `${temporaryFolder()}/firsthand.db`;
  const store = await withTarget(closing(await openStore({ url, bodies: place })));
  const sweeper = closing(await openStore({ url, bodies: place }));
  const keeping = store.snapshots.keep(target.id, makeCapture(PAGE));
  let isOver = false;
  const ended = keeping.then(
    () => 'kept',
    ({ kind }) => kind,
  );
  void ended.then(() => {
    isOver = true;
  });
  // As if the upload took longer than a day: whichever comes first, no row is left without its body.
  while (!isOver) {
    await sweeper.maintenance.removeSpareObjects(later());
    await turn();
  }
  const { bodies } = await store.snapshots.count();
  expect(bodies).toBe((await ended) === 'kept' ? 1 : 0);
  expect(s3.filesOf(place).length).toBeGreaterThanOrEqual(bodies);
});

test('bodies that lie outside are not read without saying where', async () => {
  const url = `${temporaryFolder()}/firsthand.db`;
  const store = await withTarget(closing(await openStore({ url, bodies: s3.place() })));
  const { capture } = await store.snapshots.keep(target.id, makeCapture(PAGE));
  const blind = closing(await openStore({ url }));
  const { bodyHash } = capture;
  await expect(blind.snapshots.body(bodyHash)).rejects.toThrow(/say in the config where/);
});

test('a place that takes the question and never answers is given up', async () => {
  const mute = await startMuteServer('silent');
  const endpoint = `http://127.0.0.1:${mute.port}`;
  const settings = { address: 's3://pages', bucket: 'pages', prefix: '', endpoint, deadline: 300 };
  const place = s3Place(settings);
  await expect(place.get('a')).rejects.toMatchObject({ family: 'store', kind: 'unavailable' });
  await expect(place.put('a', new Uint8Array(3))).rejects.toThrow(/cannot be reached/);
  place.close();
  await mute.close();
});

test.each(['s3://', 'gs://pages', 'pages', 's3:///x'])(
  '%s is no place for bodies',
  async (address) => {
    await expect(openBodyPlace({ address })).rejects.toThrow(UsageError);
  },
);
