import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { FetchError } from '../domain/errors.ts';
import { codeOf, hostOf } from './faults.ts';

type Decoder = (input: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const unzip: Decoder = promisify(gunzip);
const unbrotli: Decoder = promisify(brotliDecompress);
const deflated: Decoder = promisify(inflate);
const rawDeflated: Decoder = promisify(inflateRaw);

/** What we ask for; `zstd` is left out because Node 20 cannot read it. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/** More than one coding at a time is unusual; more than this is an attack. */
const MOST_CODINGS = 3;

/** Codings that exist and are not read here; whatever else a header names is no coding, and browsers pass over it. */
const UNREAD_CODINGS: ReadonlySet<string> = new Set([
  'zstd',
  'compress',
  'x-compress',
  'dcb',
  'dcz',
  'exi',
  'pack200-gzip',
  'aes128gcm',
]);

/**
 * Undoes the content codings of a body, the last one first, and stops as soon as it would grow beyond `limit` bytes.
 * The header is held against the bytes: what names no coding (`utf-8`), or a coding that was not applied, leaves the
 * body as it came, and a body that is packed although no header says so is unpacked.
 * Throws `FetchError` of kind too-large, cut-off (it ends in the middle) or content (damaged, or a coding we cannot read).
 */
export async function decodeBody(
  body: Uint8Array,
  contentEncoding: string,
  limit: number,
  url: string,
): Promise<Uint8Array> {
  const named = contentEncoding.split(',').map((coding) => coding.trim().toLowerCase());
  const unread = named.find((coding) => UNREAD_CODINGS.has(coding));
  if (unread !== undefined) {
    if (isText(body)) return body;
    throw unreadable(url, unread);
  }
  const codings = named.filter((coding) => CODINGS.has(coding));
  if (codings.length > MOST_CODINGS) throw unreadable(url, contentEncoding);
  if (codings.length === 0) return isGzip(body) ? undo(body, 'gzip', limit, url) : body;
  let decoded = body;
  for (const coding of codings.reverse()) {
    decoded = await undo(decoded, coding, limit, url);
  }
  return decoded;
}

const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'br', 'deflate']);

async function undo(
  body: Uint8Array,
  coding: string,
  limit: number,
  url: string,
): Promise<Uint8Array> {
  if (body.length === 0) return body;
  try {
    return await decoderOf(coding, body)(body, { maxOutputLength: limit });
  } catch (cause) {
    const whole = isGzip(body) ? await firstMember(body, limit) : null;
    if (whole !== null) return whole;
    const fault = decodingFault(cause, coding, limit, url);
    // Some servers name a coding they did not apply: text stays text.
    if (fault.kind === 'content' && isText(body)) return body;
    throw fault;
  }
}

/** Some servers mix up the names of gzip and deflate, or send bare deflate: both wrappers have heads that can be checked. */
function decoderOf(coding: string, body: Uint8Array): Decoder {
  if (coding === 'br') return unbrotli;
  if (isGzip(body)) return unzip;
  const [method = 0, flags = 0] = body;
  if ((method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0) return deflated;
  return coding === 'deflate' ? rawDeflated : unzip;
}

/** The first bytes of gzip with its one method (RFC 1952); no text begins so. */
function isGzip([first, second, method]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && method === 8;
}

const memberOf = promisify<
  Uint8Array,
  ZlibOptions,
  { buffer: Uint8Array; engine: { bytesWritten: number } }
>(inflateRaw as never);

/** What a gzip body holds that only what stands behind it spoils, a line end say; browsers pass over that. Null for another. */
async function firstMember(body: Uint8Array, limit: number): Promise<Uint8Array | null> {
  const packed = body.subarray(headLength(body));
  const options = { maxOutputLength: limit, info: true };
  const member = await memberOf(packed, options).catch(() => null);
  if (member === null) return null;
  const { buffer, engine } = member;
  // The check sum of four bytes, then the length.
  const end = packed.subarray(engine.bytesWritten + 4, engine.bytesWritten + 8);
  const isWhole = end.length === 4 && Buffer.from(end).readUInt32LE() === buffer.length % 2 ** 32;
  return isWhole && packed.length > engine.bytesWritten + 8 ? buffer : null;
}

/** How long the head of a gzip file is (RFC 1952 2.3). */
function headLength(body: Uint8Array): number {
  const flags = body[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (body[at] ?? 0) + 256 * (body[at + 1] ?? 0);
  for (const named of [8, 16]) if (flags & named) at = body.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** How much of a body is looked at to tell text from packed bytes. */
const LOOK = 4096;

function isText(body: Uint8Array): boolean {
  const start = body.subarray(0, LOOK);
  // Packed bytes hold every value alike; text in any charset but UTF-16 has next to no control characters.
  const controls = start.filter((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20)).length;
  return controls === 0;
}

function decodingFault(cause: unknown, coding: string, limit: number, url: string): FetchError {
  const code = cause instanceof Error ? codeOf(cause) : '';
  const host = hostOf(url);
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    const message = `The answer of ${host} unpacks to more than ${limit} bytes.`;
    return new FetchError('too-large', message, { cause });
  }
  if (code === 'Z_BUF_ERROR') {
    const message = `The compressed answer of ${host} broke off before its end.`;
    return new FetchError('cut-off', message, { cause, transient: true });
  }
  return new FetchError('content', `The ${coding} body of ${host} is damaged (${code}).`, {
    cause,
  });
}

function unreadable(url: string, coding: string): FetchError {
  return new FetchError(
    'content',
    `${hostOf(url)} packed its answer as ${coding}, which is not read.`,
  );
}
