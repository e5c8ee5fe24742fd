import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { asError, Bug, StoreError } from '../domain/errors.ts';
import type { BodyHash } from '../domain/ids.ts';
import type { BodyRow } from './tables.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** The default quality takes 50 ms a page for a twentieth less; Node 20 has no zstd. */
const QUALITY = 5;

/** Packs a body for keeping: compressed, or as it is when that is no longer. */
export async function pack(hash: BodyHash, body: Uint8Array): Promise<BodyRow> {
  if (hashOf(body) !== hash) {
    throw new Bug(`A capture says its body hashes to ${hash}, and it hashes to ${hashOf(body)}.`);
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
  const hash = hashOf(bytes) as BodyHash;
  return { hash, encoding: 'raw', raw_size: size, stored_size: size, bytes, place: null };
}

/** The body as it was captured. Throws `StoreError` of kind corrupt when it is not that any more. */
export async function unpack(
  row: Pick<BodyRow, 'hash' | 'encoding' | 'bytes'>,
): Promise<Uint8Array> {
  const body = row.encoding === 'raw' ? row.bytes : await decompressed(row);
  if (hashOf(body) !== row.hash) throw damaged(row.hash);
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

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
