import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import type { Fault } from '../domain/errors.ts';
import { faultsOf } from './faults.ts';
import { readText } from './yaml-text.ts';

/** A YAML file as its schema reads it, or what is wrong with it. */
export interface YamlFile<T> {
  file: string;
  content: T | null;
  faults: readonly Fault[];
  /** The line a path of the document stands on, counted from 1. */
  lineOf(path: readonly PropertyKey[]): number | null;
}

/** A YAML file as it was written; `document` is null when it is no YAML. */
export interface YamlSource {
  file: string;
  document: unknown;
  faults: readonly Fault[];
  lineOf(path: readonly PropertyKey[]): number | null;
}

/** Reads a file as YAML and nothing more. Throws `ConfigError` when it is no text. */
export async function parseYaml(file: string): Promise<YamlSource> {
  const source = await readText(file);
  const lines = new LineCounter();
  const document = parseDocument(source, {
    ...{ lineCounter: lines, schema: 'core', prettyErrors: false },
    // To see that keys are unique, the parser compares each with all before it.
    uniqueKeys: false,
  });
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document, lines, path);
  const faultFrom = (at: number | undefined, { message, suggestion }: Worded): Fault => {
    const line = at === undefined ? null : lines.linePos(at).line;
    return { ...{ file, path: '', line, message, suggestion } };
  };
  const faults = [
    ...tellingErrors(document).map((error) => faultFrom(error.pos[0], worded(error, source))),
    ...refusedNodes(document).map(({ node, ...fault }) => faultFrom(node.range?.[0], fault)),
  ];
  return { file, document: faults.length > 0 ? null : document.toJS(), faults, lineOf };
}

type Worded = Pick<Fault, 'message' | 'suggestion'>;

/** What the parser finds most, in words for whoever wrote the file. */
const WORDS: Readonly<Record<string, Worded>> = {
  TAB_AS_INDENT: { message: 'begins with a tab', suggestion: 'indent by blanks' },
  MULTIPLE_DOCS: {
    message: 'begins a second document, and a file has one',
    suggestion: 'take out the --- or what follows it',
  },
  TAG_RESOLVE_FAILED: {
    message: 'has a tag (!) that means nothing here',
    suggestion: 'leave it out',
  },
};

/** What is only warned of, an unknown tag, is told as well. What does not parse makes of all that follows it something else: the first place of that tells. */
function tellingErrors({ errors, warnings }: Document): readonly YAMLError[] {
  const broken = errors.filter(({ code }) => !(code in WORDS));
  const first = broken[0]?.pos[0] ?? Number.POSITIVE_INFINITY;
  const others = [...errors, ...warnings].filter(
    ({ code, pos }) => code in WORDS && pos[0] < first,
  );
  return [...others, ...broken.slice(0, 1)];
}

function worded({ code, message, pos: [at] }: YAMLError, source: string): Worded {
  const known = WORDS[code];
  if (known !== undefined) return known;
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
  const isUnquoted = /[[{][^"']*\$\{/.test(line);
  const suggestion = isUnquoted ? 'within { } or [ ], put "${NAME}" in quotes' : null;
  return { message: `is no YAML: ${message}`, suggestion };
}

/** Names that every object of JavaScript has already. */
const TAKEN: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

interface Refused extends Worded {
  node: Node;
}

/** What is YAML and stands for nothing that could be meant, or for far more. */
function refusedNodes(document: Document): readonly Refused[] {
  const found: Refused[] = [];
  const repeats: Refused[] = [];
  const uses = new Map<string, number>();
  visit(document, {
    Pair(_key, { key }) {
      if (isNode(key) && !isName(key)) found.push({ node: key, ...noName(key) });
    },
    Map(_key, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (names.has(key.value)) found.push({ node: key, ...REPEATED });
        names.add(key.value);
      }
    },
    Alias(_key, alias, path) {
      const { source } = alias;
      const used = (uses.get(source) ?? 0) + 1;
      uses.set(source, used);
      if (alias.resolve(document) === undefined) {
        const message = `*${source} repeats what is not marked above`;
        found.push({ node: alias, message, suggestion: `mark it with &${source}` });
      } else if (path.some((node) => isCollection(node) && node.anchor !== undefined)) {
        const message = `*${source} repeats what repeats something itself`;
        repeats.push({ node: alias, message, suggestion: PLAINLY });
      } else if (used > MOST_REPEATS) {
        const message = `*${source} is repeated more than ${MOST_REPEATS} times`;
        repeats.push({ node: alias, message, suggestion: PLAINLY });
      }
    },
  });
  // Each level multiplies what the file stands for: the first one tells.
  return [...found, ...repeats.slice(0, 1)];
}

const REPEATED: Worded = {
  message: 'the key of this line stands above already',
  suggestion: 'keep one of the two',
};

const PLAINLY = 'write it out: a few lines of such repeats stand for millions';

/** The parser itself follows no more. */
const MOST_REPEATS = 100;

function isName(key: Node): boolean {
  return isAlias(key) || (isScalar(key) && key.value !== null && !TAKEN.has(key.value));
}

function noName(key: Node): Worded {
  const what = isScalar(key) ? `"${String(key)}"` : 'a list or group';
  return { message: `${what} cannot be a name here`, suggestion: 'choose another name' };
}

/** Reads a file through a schema and collects every fault with its place. Throws `ConfigError` when there is no file. */
export async function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<YamlFile<z.output<Schema>>> {
  const { document, faults, lineOf } = await parseYaml(file);
  if (faults.length > 0) return { file, content: null, faults, lineOf };
  const result = schema.safeParse(document, { reportInput: true });
  if (result.success) return { file, content: result.data, faults: [], lineOf };
  const found = faultsOf(result.error.issues, schema, (path) => ({ file, line: lineOf(path) }));
  return { file, content: null, faults: found, lineOf };
}

/** The line of the deepest part of the path that is in the document: that of its key, where it has one. */
export function lineAt(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number | null {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const node = keyOf(parent, path[length - 1]) ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return isNode(document.contents) ? 1 : null;
}

function keyOf(parent: unknown, part: PropertyKey | undefined): unknown {
  if (!isMap(parent)) return null;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return pair?.key ?? null;
}
