import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { asError } from '../domain/errors.ts';
import { broken, type RecordingPart } from './recording-parts.ts';

/** Longer than the JSON of any page the line reads (50 MB); what is longer is not a recording. */
const LONGEST_LINE = 128 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * The parts of a `recording.jsonl` or `recording.jsonl.gz`: the first line is the head, each further one a capture.
 * One line is held at a time. Empty lines are passed over.
 */
export async function* jsonLineParts(file: string): AsyncGenerator<RecordingPart> {
  let number = 0;
  let isFirst = true;
  try {
    for await (const bytes of linesOf(bytesOf(file))) {
      number += 1;
      if (bytes.every((byte) => byte === 0x20 || byte === 0x0d)) continue;
      yield partOf(bytes, number, isFirst);
      isFirst = false;
    }
  } catch (thrown) {
    const error = asError(thrown);
    if (!isFormatError(error)) throw error;
    yield broken(`cannot be read on: ${error.message}`, number + 1, 'fetch or write it again');
    return;
  }
  if (isFirst) yield broken('is empty', null, 'its first line is {"version":1,"name":"…"}');
}

function partOf(bytes: Uint8Array, number: number, isHead: boolean): RecordingPart {
  const line = (): number => number;
  try {
    const raw: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isHead) return { kind: 'capture', raw, line };
    const isCapture = typeof raw === 'object' && raw !== null && 'at' in raw;
    return isCapture
      ? broken('has no head', number, 'put {"version":1,"name":"…"} on the first line')
      : { kind: 'head', raw, line };
  } catch (thrown) {
    const reason = thrown instanceof SyntaxError ? 'is not JSON' : 'is not UTF-8 text';
    return broken(`${reason}: ${asError(thrown).message}`, number, null, !isHead);
  }
}

function bytesOf(file: string): Readable {
  const raw = createReadStream(file);
  if (!file.endsWith('.gz')) return raw;
  const unzipped = createGunzip();
  // The error reaches whoever reads `unzipped`; a callback must be there all the same.
  pipeline(raw, unzipped, () => undefined);
  return unzipped;
}

/** Lines as bytes: JSON may hold separators (U+2028) that Node's line reader would split at. */
async function* linesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...pieces, chunk.subarray(start, end)]);
      pieces = [];
      held = 0;
      start = end + 1;
    }
    pieces.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > LONGEST_LINE) throw new RangeError('the line is longer than 128 MiB');
  }
  if (held > 0) yield Buffer.concat(pieces);
}

/** Whether it is the bytes that are wrong (cut off, not gzip, one endless line) rather than the disk. */
function isFormatError(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    error instanceof RangeError || code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE'
  );
}
