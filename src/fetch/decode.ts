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

/**
 * Undoes the content codings of a body, the last one first, and stops as soon as it would grow beyond `limit` bytes.
 * Throws `FetchError` of kind too-large, cut-off (it ends in the middle) or content (damaged, or a coding we cannot read).
 */
export async function decodeBody(
  body: Uint8Array,
  contentEncoding: string,
  limit: number,
  url: string,
): Promise<Uint8Array> {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MOST_CODINGS) throw unreadable(url, contentEncoding);
  let decoded = body;
  for (const coding of codings.reverse()) {
    decoded = await undo(decoded, coding, limit, url);
  }
  return decoded;
}

async function undo(
  body: Uint8Array,
  coding: string,
  limit: number,
  url: string,
): Promise<Uint8Array> {
  const decoder = decoderOf(coding, body);
  if (decoder === null) throw unreadable(url, coding);
  if (body.length === 0) return body;
  return decoder(body, { maxOutputLength: limit }).catch((cause: unknown) => {
    throw decodingFault(cause, coding, limit, url);
  });
}

function decoderOf(coding: string, body: Uint8Array): Decoder | null {
  if (coding === 'gzip' || coding === 'x-gzip') return unzip;
  if (coding === 'br') return unbrotli;
  if (coding !== 'deflate') return null;
  // Some servers send bare deflate under this name; the zlib wrapper has a header that can be checked (RFC 1950).
  const [method = 0, flags = 0] = body;
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0 ? deflated : rawDeflated;
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
