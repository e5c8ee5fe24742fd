import type { Capture, Snapshot } from '../domain/capture.ts';
import { type BodyHash, idOf, type SnapshotId, type TargetId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { BodyPlace } from './bodies.ts';
import { bodyOf, insertBody, pack, packedScreenshot, placed } from './bodies.ts';
import { addNew, atomically, type Database, rowById } from './database.ts';
import type { Snapshots } from './ports/pages.ts';
import { CAPTURE } from './records.ts';
import type { BodyRow, SnapshotRow } from './tables.ts';

/** `place` is where new bodies go instead of into the database. */
export function snapshotsIn(db: Database, place: BodyPlace | null): Snapshots {
  return {
    keep: (target, capture) => keep(db, place, target, capture),
    async get(id) {
      const row = await rowById(db, 'snapshots', id);
      return row === undefined ? null : snapshotOf(row);
    },
    body: (hash) => bodyOf(db, place, hash),
    async unread(target) {
      const rows = await db
        .selectFrom('snapshots')
        .selectAll()
        .where('target', '=', target)
        .where('read_at', 'is', null)
        .orderBy('fetched_at')
        .orderBy('id')
        .execute();
      return rows.map(snapshotOf);
    },
    markRead: (id, at) => markRead(db, id, at),
    attachScreenshot: (id, screenshot) => attachScreenshot(db, place, id, screenshot),
    async screenshotOf(id) {
      const row = await db
        .selectFrom('snapshots')
        .select('screenshot')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.screenshot ?? null;
    },
    async list(target, from) {
      const all = db
        .selectFrom('snapshots')
        .selectAll()
        .where('target', '=', target)
        .orderBy('fetched_at')
        .orderBy('id');
      const asked = from === undefined ? all : all.where('fetched_at', '>=', from);
      return (await asked.execute()).map(snapshotOf);
    },
    count: () => count(db),
  };
}

async function keep(
  db: Database,
  place: BodyPlace | null,
  target: TargetId,
  capture: Capture,
): Promise<Snapshot> {
  const snapshot = snapshotFrom(target, capture);
  // Most bodies are known: the dear part, compressing, is done only for one that is not, and outside the transaction.
  if (await write(db, snapshot, null)) return snapshot;
  const packed = await pack(capture.bodyHash, capture.body);
  await write(db, snapshot, await placed(db, place, packed));
  return snapshot;
}

/** Writes a snapshot, with its body when that is new; false when the body is needed and was not given. */
function write(db: Database, snapshot: Snapshot, body: BodyRow | null): Promise<boolean> {
  return atomically(db, async (tx) => {
    if (body !== null) {
      await insertBody(tx, body);
    } else if (!(await isKept(tx, snapshot.capture.bodyHash))) {
      return false;
    }
    await addNew(tx, 'snapshots', [rowOf(snapshot)]);
    return true;
  });
}

async function isKept(db: Database, hash: BodyHash): Promise<boolean> {
  const row = await db
    .selectFrom('bodies')
    .select('hash')
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row !== undefined;
}

async function markRead(db: Database, id: SnapshotId, at: Instant): Promise<void> {
  await db
    .updateTable('snapshots')
    .set({ read_at: at })
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .execute();
}

async function attachScreenshot(
  db: Database,
  place: BodyPlace | null,
  id: SnapshotId,
  screenshot: Uint8Array,
): Promise<BodyHash> {
  const packed = packedScreenshot(screenshot);
  const body = (await isKept(db, packed.hash)) ? packed : await placed(db, place, packed);
  return atomically(db, async (tx) => {
    await insertBody(tx, body);
    await tx.updateTable('snapshots').set({ screenshot: body.hash }).where('id', '=', id).execute();
    return body.hash;
  });
}

async function count(db: Database): ReturnType<Snapshots['count']> {
  const { snapshots } = await db
    .selectFrom('snapshots')
    .select(({ fn }) => fn.countAll().as('snapshots'))
    .executeTakeFirstOrThrow();
  const held = await db
    .selectFrom('bodies')
    .select(({ fn }) => [
      fn.countAll().as('bodies'),
      fn.sum('raw_size').as('raw'),
      fn.sum('stored_size').as('stored'),
    ])
    .executeTakeFirstOrThrow();
  return {
    snapshots: Number(snapshots),
    bodies: Number(held.bodies),
    rawBytes: Number(held.raw ?? 0),
    storedBytes: Number(held.stored ?? 0),
  };
}

/** A capture is known by its target, its answer and its moment. */
function snapshotFrom(target: TargetId, { body, ...capture }: Capture): Snapshot {
  const { finalUrl, status, bodyHash, fetchedAt } = capture;
  const id = idOf('sn', target, finalUrl, status, bodyHash, fetchedAt);
  return { id, target, capture, size: body.byteLength };
}

function rowOf({ id, target, capture, size }: Snapshot): SnapshotRow {
  return { id, target, ...CAPTURE.rowOf(capture), size, read_at: null, screenshot: null };
}

function snapshotOf(row: SnapshotRow): Snapshot {
  const { id, target, size } = row;
  return { id, target, capture: CAPTURE.recordOf(row), size };
}
