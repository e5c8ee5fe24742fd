import { readFile } from 'node:fs/promises';
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
} from 'yaml';
import type { z } from 'zod';
import { ConfigError, type Fault } from '../domain/errors.ts';
import { faultsOf } from './faults.ts';

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

/** Reads a file as YAML and nothing more. Throws `ConfigError` when there is no file. */
export async function parseYaml(file: string): Promise<YamlSource> {
  const source = await sourceOf(file);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, schema: 'core' });
  const lineOf = (path: readonly PropertyKey[]) => lineAt(document, lines, path);
  const lineAtNode = (node: unknown) =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
  const fault = (line: number | null, message: string, suggestion: string | null = null) => ({
    ...{ file, path: '', line, message, suggestion },
  });
  const faults = [
    ...document.errors.map((error) =>
      fault(error.linePos?.[0].line ?? null, error.message.split('\n')[0] ?? error.message),
    ),
    ...refusedKeys(document).map((key) =>
      fault(lineAtNode(key), `"${String(key)}" cannot be a name here`, 'choose another name'),
    ),
    ...nestedAliases(document).map((alias) =>
      fault(lineAtNode(alias), `*${alias.source} repeats what repeats something itself`, PLAINLY),
    ),
  ];
  return { file, document: faults.length > 0 ? null : document.toJS(), faults, lineOf };
}

const PLAINLY = 'write it out: a few lines of such repeats stand for millions';

/** Names that every object of JavaScript has already. */
const TAKEN: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

function refusedKeys(document: Document): readonly Node[] {
  const found: Node[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) && TAKEN.has(key.value)) found.push(key);
    },
  });
  return found;
}

/** Aliases inside of what an alias repeats: each level multiplies what the file stands for. The first one tells. */
function nestedAliases(document: Document): readonly { source: string; range?: unknown }[] {
  const found: Node[] = [];
  visit(document, {
    Alias(_key, alias, path) {
      const isRepeated = path.some((node) => isCollection(node) && node.anchor !== undefined);
      if (isRepeated) found.push(alias);
    },
  });
  return found.filter(isAlias).slice(0, 1);
}

/** Reads a file through a schema and collects every fault with its place. Throws `ConfigError` when there is no file. */
export async function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<YamlFile<z.output<Schema>>> {
  const { document, faults, lineOf } = await parseYaml(file);
  if (faults.length > 0) return { file, content: null, faults, lineOf };
  const result = schema.safeParse(document);
  if (result.success) return { file, content: result.data, faults: [], lineOf };
  const found = faultsOf(result.error.issues, schema, (path) => ({ file, line: lineOf(path) }));
  return { file, content: null, faults: found, lineOf };
}

async function sourceOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const message = 'cannot be read';
    const suggestion = 'put the file there, or name another folder';
    throw new ConfigError([{ file, path: '', line: null, message, suggestion }], { cause });
  }
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
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === part);
  return pair?.key ?? null;
}
