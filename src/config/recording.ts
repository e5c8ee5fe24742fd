import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordedCapture, Recording } from '../domain/capture.ts';
import { asError, ConfigError, type Fault } from '../domain/errors.ts';
import { pathText } from './faults.ts';
import { type Bodies, bodiesBeside, NO_BODY } from './recording-bodies.ts';
import type { LineOf, RecordingPart } from './recording-parts.ts';
import { jsonLineParts, yamlParts } from './recording-parts.ts';
import { type Flaw, readCapture, readHead, type WrittenCapture } from './recording-schema.ts';

/** The names a recording may have in its folder. */
const NAMES = ['recording.yaml', 'recording.jsonl', 'recording.jsonl.gz'];

/** What is known of a recording while it is being read: all that is wrong with it, or else all of it. */
interface Draft {
  file: string;
  bodies: Bodies;
  name: string;
  /** The capture that holds each time and address, by its place in the file. */
  taken: Map<string, number>;
  captures: RecordedCapture[];
  /** How many captures the file has had so far, faulty ones too. */
  count: number;
  faults: Fault[];
}

/**
 * Reads a recording: a folder that holds one, a `.yaml` file, or a `.jsonl` or `.jsonl.gz` file (see
 * `docs/recordings.md`). Captures come sorted by time; captures of the same moment keep their order. Bodies are read
 * when they are asked for. Throws a `ConfigError` with every fault in it, and then nothing is loaded.
 */
export async function loadRecording(path: string): Promise<Recording> {
  const file = await recordingFile(path);
  const draft: Draft = {
    file,
    bodies: bodiesBeside(dirname(file)),
    name: '',
    taken: new Map(),
    captures: [],
    count: 0,
    faults: [],
  };
  const parts = /\.ya?ml$/.test(file) ? yamlParts(file) : jsonLineParts(file);
  try {
    for await (const part of parts) await addPart(draft, part);
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
  if (draft.count === 0 && draft.faults.length === 0) {
    addFault(draft, [], { path: [], message: 'holds no captures', suggestion: null }, () => null);
  }
  if (draft.faults.length > 0) throw new ConfigError(draft.faults);
  const captures = draft.captures.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return { name: draft.name, captures };
}

async function addPart(draft: Draft, part: RecordingPart): Promise<void> {
  switch (part.kind) {
    case 'broken': {
      const place = part.isCapture ? ['captures', draft.count] : [];
      draft.count += Number(part.isCapture);
      return addFault(draft, place, part.flaw, () => part.line);
    }
    case 'head': {
      const head = readHead(part.raw);
      if (head.ok) draft.name = head.value.name;
      else for (const flaw of head.flaws) addFault(draft, [], flaw, part.line);
      return;
    }
    case 'capture':
      return addCapture(draft, part.raw, part.line);
  }
}

async function addCapture(draft: Draft, raw: unknown, line: LineOf): Promise<void> {
  const index = draft.count;
  draft.count += 1;
  const read = readCapture(raw);
  const flaws: Flaw[] = read.ok ? [] : [...read.flaws];
  const body = await bodyOf(draft.bodies, raw, flaws);
  if (read.ok) {
    const twin = twinOf(draft, read.value, index);
    if (twin !== null) flaws.push(twin);
    draft.captures.push({ ...captureOf(read.value), body });
  }
  for (const flaw of flaws) addFault(draft, ['captures', index], flaw, line);
}

/** How to come by the body, asked of the raw capture so that a missing file is told even beside other faults. */
async function bodyOf(
  bodies: Bodies,
  raw: unknown,
  flaws: Flaw[],
): Promise<() => Promise<Uint8Array>> {
  const { body, text }: { body?: unknown; text?: unknown } = Object(raw);
  if (typeof body !== 'string' || body === '') {
    if (typeof text !== 'string') return NO_BODY;
    return bodies.text(text);
  }
  const source = await bodies.file(body);
  if (source.ok) return source.read;
  flaws.push({ path: ['body'], message: source.message, suggestion: source.suggestion });
  return NO_BODY;
}

function captureOf(written: WrittenCapture): Omit<RecordedCapture, 'body'> {
  const { at, url, finalUrl = url, contentType = '', headers = {}, status, error } = written;
  if (error !== undefined)
    return { at, url, finalUrl, outcome: { kind: 'failure', failure: error } };
  // The schema lets no answer without a status through.
  return {
    at,
    url,
    finalUrl,
    outcome: { kind: 'answer', status: Number(status), contentType, headers },
  };
}

function twinOf(draft: Draft, { at, url }: WrittenCapture, index: number): Flaw | null {
  const address = new URL(url);
  address.hash = '';
  const key = `${at} ${address.href}`;
  const twin = draft.taken.get(key);
  draft.taken.set(key, twin ?? index);
  if (twin === undefined) return null;
  const message = `is the same moment and address as captures[${twin}]`;
  return { path: [], message, suggestion: 'leave one of the two out' };
}

function addFault(draft: Draft, place: Flaw['path'], flaw: Flaw, line: LineOf): void {
  const { message, suggestion, path } = flaw;
  draft.faults.push({
    file: draft.file,
    path: pathText([...place, ...path]),
    line: line(path),
    message,
    suggestion,
  });
}

async function recordingFile(path: string): Promise<string> {
  const found = await stat(path).catch((thrown: unknown) => {
    throw unreadable(path, thrown);
  });
  if (found.isFile()) {
    if (/\.(ya?ml|jsonl|jsonl\.gz)$/.test(path)) return path;
    throw refusal(path, 'is not a recording', 'a recording ends in .yaml, .jsonl or .jsonl.gz');
  }
  const held = new Set(await readdir(path));
  const [name, second] = NAMES.filter((candidate) => held.has(candidate));
  if (name === undefined) {
    throw refusal(path, 'holds no recording', `one is called ${NAMES.join(', ')}`);
  }
  if (second !== undefined) {
    throw refusal(path, `holds both ${name} and ${second}`, 'name the file that is meant');
  }
  return join(path, name);
}

function unreadable(file: string, thrown: unknown): ConfigError {
  const cause = asError(thrown);
  const isMissing = 'code' in cause && cause.code === 'ENOENT';
  const message = isMissing ? 'is not there' : `cannot be read: ${cause.message}`;
  return refusal(file, message, null, cause);
}

function refusal(
  file: string,
  message: string,
  suggestion: string | null,
  cause?: Error,
): ConfigError {
  return new ConfigError([{ file, path: '', line: null, message, suggestion }], { cause });
}
