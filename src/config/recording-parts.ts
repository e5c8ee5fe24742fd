import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { asError } from '../domain/errors.ts';
import type { Flaw } from './recording-schema.ts';
import { lineAt } from './yaml-file.ts';

/** One piece of a recording file as it was written, and how to find the line of a key in it. */
export type RecordingPart =
  | { kind: 'head'; raw: unknown; line: LineOf }
  | { kind: 'capture'; raw: unknown; line: LineOf }
  /** A stretch that could not be read at all; a capture is counted even so. */
  | { kind: 'broken'; flaw: Flaw; line: number | null; isCapture: boolean };

/** The line on which a key of the part stands, counted from 1; of the nearest thing around it when it is missing. */
export type LineOf = (path: Flaw['path']) => number | null;

function broken(
  message: string,
  line: number | null,
  advice: string | null,
  isCapture = false,
): RecordingPart {
  return { kind: 'broken', flaw: { path: [], message, suggestion: advice }, line, isCapture };
}

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

/** The parts of a `recording.yaml`: the head, then the captures as they stand in the list. */
export async function* yamlParts(file: string): AsyncGenerator<RecordingPart> {
  const text = decoded(await readFile(file));
  if (text === null) return yield broken('is not UTF-8 text', null, 'save it as UTF-8');
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      const message = error.message.split('\n')[0] ?? error.message;
      yield broken(`is not YAML: ${message}`, error.linePos?.[0].line ?? null, null);
    }
    return;
  }
  yield* partsOf(document, counter);
}

function* partsOf(document: Document, counter: LineCounter): Generator<RecordingPart> {
  const whole = unfolded(document);
  if (whole instanceof Error) return yield broken(`is not YAML: ${whole.message}`, null, null);
  if (!isMapping(whole)) {
    return yield broken('is not a recording', 1, 'it starts with `version: 1`');
  }
  const { captures, ...head } = whole;
  yield { kind: 'head', raw: head, line: (path) => lineAt(document, counter, path) ?? 1 };
  if (!Array.isArray(captures)) {
    const message = captures === undefined ? 'has no `captures`' : '`captures` is not a list';
    return yield broken(message, lineAt(document, counter, ['captures']) ?? 1, null);
  }
  for (const [index, raw] of captures.entries()) {
    const line = (path: Flaw['path']): number | null =>
      lineAt(document, counter, ['captures', index, ...path]) ?? 1;
    yield { kind: 'capture', raw, line };
  }
}

/** The document as plain values; an error where its aliases cannot be followed. */
function unfolded(document: Document): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    return asError(thrown);
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
