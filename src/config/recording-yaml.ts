import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { asError } from '../domain/errors.ts';
import { broken, type RecordingPart } from './recording-parts.ts';
import type { Flaw } from './recording-schema.ts';

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
  yield { kind: 'head', raw: head, line: (path) => lineAt(document, counter, path) };
  if (!Array.isArray(captures)) {
    const message = captures === undefined ? 'has no `captures`' : '`captures` is not a list';
    return yield broken(message, lineAt(document, counter, ['captures']), null);
  }
  for (const [index, raw] of captures.entries()) {
    const line = (path: Flaw['path']): number | null =>
      lineAt(document, counter, ['captures', index, ...path]);
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

function lineAt(document: Document, counter: LineCounter, path: Flaw['path']): number {
  for (let depth = path.length; depth > 0; depth--) {
    const start = startOf(document, path.slice(0, depth));
    if (start !== null) return counter.linePos(start).line;
  }
  return 1;
}

/** Where a key, or an entry of a list, begins in the text; null when it is not there. */
function startOf(document: Document, path: Flaw['path']): number | null {
  const last = path.at(-1);
  const around = document.getIn(path.slice(0, -1), true);
  if (isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && key.value === last);
    return pair !== undefined && isScalar(pair.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
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
