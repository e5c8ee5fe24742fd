import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { systemClock } from '../domain/clock.ts';
import { asError, Bug, StoreError } from '../domain/errors.ts';
import { type BodyHash, hashOfBody } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { atomically, chunksOf, type Database } from './database.ts';
import type { BodyRow } from './tables.ts';

/**
 * Where bodies lie that are not in the database. A name is given to one object and never again, so that nobody can remove
 * what another is about to need.
 */
export interface BodyPlace {
  /** What it is called in messages, without secrets. */
  readonly address: string;
  /** Throws `StoreError` of kind unavailable when it cannot be had in time. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is none of that name. */
  get(name: string): Promise<Uint8Array | null>;
  /** What is not there is removed already. */
  remove(name: string): Promise<void>;
  close(): void;
}

/** What a config says of the place; keys come from the environment, by the names that every program of its kind reads. */
export interface BodyPlaceSettings {
  /** `s3://bucket/prefix`. */
  address: string;
  /** Another server that speaks S3; that of the environment, or of AWS, when left out. */
  endpoint?: string | undefined;
  region?: string | undefined;
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** The default quality takes 50 ms a page for a twentieth less; Node 20 has no zstd. */
const QUALITY = 5;

/** Packs a body for keeping: compressed, or as it is when that is no longer. */
export async function pack(hash: BodyHash, body: Uint8Array): Promise<BodyRow> {
  if (hashOfBody(body) !== hash) {
    throw new Bug(
      `A capture says its body hashes to ${hash}, and it hashes to ${hashOfBody(body)}.`,
    );
  }
  const packed = await compress(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
    },
  });
  const pays = packed.byteLength < body.byteLength;
  const bytes = pays ? packed : body;
  return {
    hash,
    encoding: pays ? 'br' : 'raw',
    raw_size: body.byteLength,
    stored_size: bytes.byteLength,
    bytes,
    place: null,
  };
}

/** Packs a screenshot, whose format has pressed it already. */
export function packedScreenshot(bytes: Uint8Array): BodyRow {
  const size = bytes.byteLength;
  const hash = hashOfBody(bytes);
  return { hash, encoding: 'raw', raw_size: size, stored_size: size, bytes, place: null };
}

/** The body as it was captured. Throws `StoreError` of kind corrupt when it is not that any more. */
async function unpack(row: Pick<BodyRow, 'hash' | 'encoding' | 'bytes'>): Promise<Uint8Array> {
  const body = row.encoding === 'raw' ? row.bytes : await decompressed(row);
  if (hashOfBody(body) !== row.hash) throw damaged(row.hash);
  // A plain array, whatever the library handed over.
  return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

async function decompressed({ hash, bytes }: Pick<BodyRow, 'hash' | 'bytes'>): Promise<Uint8Array> {
  try {
    return await decompress(bytes);
  } catch (error) {
    throw damaged(hash, asError(error));
  }
}

function damaged(hash: BodyHash, cause?: Error): StoreError {
  return new StoreError(
    'corrupt',
    `The stored body ${hash} is damaged: its bytes no longer have that hash; restore a backup`,
    cause === undefined ? {} : { cause },
  );
}

/** How many spare objects are removed before the next are asked for. */
const BATCH = 100;

const NOTHING = new Uint8Array();

/**
 * Brings the bytes of a row to their place and gives the row as it is to be written: at a place outside under a name of
 * its own, which is noted as spare until `insertBody` gives it to the row. The object is there before any row names it.
 */
export async function placed(
  db: Database,
  place: BodyPlace | null,
  row: BodyRow,
): Promise<BodyRow> {
  if (place === null || row.stored_size === 0) return row;
  const name = `${row.hash.slice(0, 2)}/${row.hash}.${randomUUID().slice(0, 8)}.${row.encoding}`;
  await spare(db, [name]);
  await place.put(name, row.bytes);
  return { ...row, bytes: NOTHING, place: name };
}

/** Writes a row unless there is one of its hash; the object of a row that is not needed stays spare. */
export async function insertBody(tx: Database, row: BodyRow): Promise<void> {
  const { numInsertedOrUpdatedRows: inserted } = await tx
    .insertInto('bodies')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (row.place === null || inserted !== 1n) return;
  const { numDeletedRows } = await tx
    .deleteFrom('spare_objects')
    .where('place', '=', row.place)
    .where('leaving', '=', 0)
    .executeTakeFirst();
  if (numDeletedRows === 1n) return;
  const message = `The body ${row.hash} was a day on its way to its place and is being removed there: check again`;
  throw new StoreError('conflict', message);
}

/** The packed bytes of a row, wherever they lie. */
export async function packedBytes(
  place: BodyPlace | null,
  row: Pick<BodyRow, 'hash' | 'place' | 'bytes'>,
): Promise<Uint8Array> {
  if (row.place === null) return row.bytes;
  if (place === null) {
    const message = `The body ${row.hash} lies outside of the database, as ${row.place}: say in the config where (bodies: s3://…)`;
    throw new StoreError('unavailable', message);
  }
  const bytes = await place.get(row.place);
  if (bytes !== null) return bytes;
  const message = `The body ${row.hash} is no longer at ${place.address}${row.place}: restore it there, or restore a backup`;
  throw new StoreError('corrupt', message);
}

export async function bodyOf(
  db: Database,
  place: BodyPlace | null,
  hash: BodyHash,
): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('bodies')
    .select(['hash', 'encoding', 'bytes', 'place'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row === undefined ? null : unpack({ ...row, bytes: await packedBytes(place, row) });
}

/** Removes the bodies that no snapshot holds, of those given; what they leave outside is spare from now on. */
export async function removeUnheld(tx: Database, hashes: readonly BodyHash[]): Promise<number> {
  let removed = 0;
  for (const chunk of chunksOf(hashes)) {
    const rows = await tx
      .deleteFrom('bodies')
      .where('hash', 'in', chunk)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('snapshots')
              .select('snapshots.id')
              .whereRef('snapshots.body_hash', '=', 'bodies.hash'),
          ),
        ),
      )
      .returning('place')
      .execute();
    await spare(
      tx,
      rows.flatMap(({ place }) => place ?? []),
    );
    removed += rows.length;
  }
  return removed;
}

/** Notes names that no row has. */
async function spare(db: Database, names: readonly string[]): Promise<void> {
  const since = systemClock.now();
  for (const chunk of chunksOf(names)) {
    await db
      .insertInto('spare_objects')
      .values(chunk.map((place) => ({ place, since, leaving: 0 as const })))
      .execute();
  }
}

/**
 * Removes what lies at the place and belongs to no row since before a moment. A name is claimed first: an upload that took
 * until now cannot give it to a row any more.
 */
export async function removeSpare(
  db: Database,
  place: BodyPlace | null,
  before: Instant,
): Promise<number> {
  if (place === null) return 0;
  const claimed = await atomically(db, (tx) =>
    tx
      .updateTable('spare_objects')
      .set({ leaving: 1 })
      .where('place', 'in', (old) =>
        old
          .selectFrom('spare_objects')
          .select('place')
          .where('since', '<', before)
          .orderBy('since')
          .limit(BATCH),
      )
      .returning('place')
      .execute(),
  );
  for (const { place: name } of claimed) {
    await place.remove(name);
    await db.deleteFrom('spare_objects').where('place', '=', name).execute();
  }
  return claimed.length;
}
