import type { z } from 'zod';
import { ConfigError, type Fault } from '../domain/errors.ts';
import { type ConfigFile, configFile } from './config-schema.ts';
import { faultsOf, pathText, secretPaths } from './faults.ts';
import { type Environment, isReference, type Resolved, resolveSecrets } from './secrets.ts';
import { parseYaml } from './yaml-file.ts';

/** `config.yaml` as the program uses it: every default filled in, every secret taken from the environment. */
export interface Config extends ConfigFile {
  /** The file it came from. */
  file: string;
  /** Values that must never be written anywhere. */
  secrets: readonly string[];
  /**
   * Reads a part of the file through a schema the config room does not know (the settings of a channel, a route).
   * Throws `ConfigError` with every fault and its line.
   */
  part<Schema extends z.ZodType>(path: readonly PropertyKey[], schema: Schema): z.output<Schema>;
  /** A fault at a place of the file. */
  faultAt(path: readonly PropertyKey[], message: string, suggestion?: string | null): Fault;
}

/** A part of the file whose schema another room knows. */
export interface ConfigPart {
  path: readonly PropertyKey[];
  schema: z.ZodType;
}

/**
 * Reads `config.yaml`. Throws `ConfigError` with all faults at once, those of the given parts among them, each with its
 * path, line and a suggestion.
 */
export async function loadConfig(
  file: string,
  environment: Environment,
  parts: readonly ConfigPart[] = [],
): Promise<Config> {
  const source = await parseYaml(file);
  if (source.faults.length > 0) throw new ConfigError(source.faults);
  const placeOf = (path: readonly PropertyKey[]) => ({ file, line: source.lineOf(path) });
  function faultAt(
    path: readonly PropertyKey[],
    message: string,
    suggestion: string | null = null,
  ): Fault {
    return { ...placeOf(path), path: pathText(path), message, suggestion };
  }
  const written = source.document ?? {};
  const resolved = resolveSecrets(written, environment);
  function read<Schema extends z.ZodType>(
    path: readonly PropertyKey[],
    schema: Schema,
  ): { content: z.output<Schema> | null; faults: readonly Fault[] } {
    const literal = secretPaths(schema, valueAt(written, path))
      .map((inner) => [...path, ...inner])
      .filter((at) => !isReference(valueAt(written, at)))
      .map((at) => faultAt(at, 'is a secret and must not stand in the file', NAME_IT));
    const result = schema.safeParse(valueAt(resolved.document, path));
    const issues = result.success
      ? []
      : result.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    const within = (at: readonly PropertyKey[]) => placeOf(at);
    const found = faultsOf(issues, schema, within, path.length).map((fault) =>
      unset(fault, resolved.missing),
    );
    return { content: result.success ? result.data : null, faults: [...literal, ...found] };
  }
  const top = read([], configFile);
  const faults = [
    ...writtenFaults(written, resolved).map(({ path, message, suggestion }) =>
      faultAt(path, message, suggestion),
    ),
    ...top.faults,
    ...parts.flatMap(({ path, schema }) => read(path, schema).faults),
    ...unsetSecrets(written, resolved, parts).map(({ path, name }) => {
      const { message, suggestion } = notSet(name);
      return faultAt(path, message, suggestion);
    }),
  ];
  if (top.content === null || faults.length > 0) throw new ConfigError(byLine(unique(faults)));
  return {
    ...top.content,
    file,
    secrets: resolved.secrets,
    faultAt,
    part(path, schema) {
      const { content, faults: wrong } = read(path, schema);
      if (content === null || wrong.length > 0) throw new ConfigError(wrong);
      return content;
    },
  };
}

/** Secrets that parts name and nobody set: without one a channel would fail at its first message. */
function unsetSecrets(
  written: unknown,
  { missing }: Resolved,
  parts: readonly ConfigPart[],
): Resolved['missing'] {
  const places = new Set(
    parts.flatMap(({ path, schema }) =>
      secretPaths(schema, valueAt(written, path)).map((at) => pathText([...path, ...at])),
    ),
  );
  return missing.filter((one) => places.has(pathText(one.path)));
}

/** A key that is missing because its variable is not set is told as that. */
function unset(fault: Fault, missing: Resolved['missing']): Fault {
  const variable = missing.find(({ path }) => pathText(path) === fault.path)?.name;
  if (variable === undefined) return fault;
  return { ...fault, ...notSet(variable) };
}

function notSet(name: string): Pick<Fault, 'message' | 'suggestion'> {
  return { message: `names ${name}, which is not set`, suggestion: `set ${name} or ${name}_FILE` };
}

/** Beside what could not be read: a password in the file, and a server that the default, a file here, must not replace. */
function writtenFaults(written: unknown, { missing, faults }: Resolved): Resolved['faults'] {
  const message = 'holds a password, which must not stand in the file';
  const ofServers = ['store', 'storeRead'].flatMap((key) => {
    const path = [key];
    const store = valueAt(written, path);
    const unnamed = missing.filter((one) => pathText(one.path) === key);
    const isOpen = typeof store === 'string' && /:\/\/[^/@\s]*:(?!\$\{)[^/@\s]+@/.test(store);
    return [
      ...unnamed.map(({ name }) => ({ path, ...notSet(name) })),
      ...(isOpen ? [{ path, message, suggestion: NAME_IT }] : []),
    ];
  });
  return [...faults, ...ofServers];
}

/** A part may find what the whole has found. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}

function byLine(faults: readonly Fault[]): readonly Fault[] {
  return [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

const NAME_IT = 'write ${NAME} and set NAME, or NAME_FILE, in the environment';

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let current = document;
  for (const part of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Record<PropertyKey, unknown>)[part];
  }
  return current;
}
