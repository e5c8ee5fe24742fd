import type { z } from 'zod';
import { ConfigError, type Fault } from '../domain/errors.ts';
import { type ConfigFile, configFile } from './config-schema.ts';
import { faultsOf, pathText, secretPaths } from './faults.ts';
import { IS_SECRET, NAME_IT, openSecrets } from './open-secrets.ts';
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
  /** Variables that the file names and nobody set; what names one is left out. */
  unset: readonly { path: string; name: string }[];
  /** The names that stand in a group of the file, faulty ones among them. */
  namesIn(path: readonly PropertyKey[]): readonly string[];
  /** A fault at a place of the file. */
  faultAt(path: readonly PropertyKey[], message: string, suggestion?: string | null): Fault;
}

/** A part of the file whose schema another room knows. */
export interface ConfigPart {
  path: readonly PropertyKey[];
  schema: z.ZodType;
}

/** A file as far as it can be used, and everything that is wrong with it. */
export interface Draft {
  /** In the place of what is at fault stands what is there when it is left out. */
  config: Config;
  faults: readonly Fault[];
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
  const { config, faults } = await draftConfig(file, environment, parts);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** The same for who looks for further faults in it. Throws `ConfigError` only where it is no group of keys. */
export async function draftConfig(
  file: string,
  environment: Environment,
  parts: readonly ConfigPart[] = [],
): Promise<Draft> {
  const source = await parseYaml(file);
  if (source.faults.length > 0) throw new ConfigError(source.faults);
  const placeOf = (path: readonly PropertyKey[]) => ({ file, line: source.lineOf(path) });
  const faultAt: Config['faultAt'] = (path, message, suggestion = null) => ({
    ...{ ...placeOf(path), path: pathText(path), message, suggestion },
  });
  const written = source.document ?? {};
  const resolved = resolveSecrets(written, environment);
  function read<Schema extends z.ZodType>(
    path: readonly PropertyKey[],
    schema: Schema,
  ): { content: z.output<Schema> | null; faults: readonly Fault[] } {
    const literal = secretPaths(schema, valueAt(written, path))
      .map((inner) => [...path, ...inner])
      .filter((at) => !isReference(valueAt(written, at)))
      .map((at) => faultAt(at, IS_SECRET, NAME_IT));
    const result = schema.safeParse(valueAt(resolved.document, path), { reportInput: true });
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
  if (typeof written !== 'object' || Array.isArray(written)) throw new ConfigError(top.faults);
  const further = [
    ...writtenFaults(written, resolved),
    ...unsetSecrets(written, resolved, parts).map(({ path, name }) => ({ path, ...notSet(name) })),
  ];
  const faults = [
    ...further.map(({ path, message, suggestion }) => faultAt(path, message, suggestion)),
    ...top.faults,
    ...parts.flatMap(({ path, schema }) => read(path, schema).faults),
  ];
  const config: Config = {
    ...(top.content ?? soundPart(resolved.document)),
    file,
    secrets: resolved.secrets,
    unset: resolved.missing.map(({ path, name }) => ({ path: pathText(path), name })),
    faultAt,
    namesIn: (path) => Object.keys(valueAt(written, path) ?? {}),
    part(path, schema) {
      const { content, faults: wrong } = read(path, schema);
      if (content === null || wrong.length > 0) throw new ConfigError(wrong);
      return content;
    },
  };
  return { config, faults: byLine(unique(faults)) };
}

/** What a document says without what is at fault in it, and without the list or group that needs that. */
function soundPart(document: unknown): ConfigFile {
  const sound = structuredClone(document) as Written;
  for (let above = 0; ; above += 1) {
    const { success, data, error } = configFile.safeParse(sound);
    if (success) return data;
    for (const issue of error.issues) {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
      const ends = keys.length > 0 ? keys.map((key) => [...issue.path, key]) : [issue.path];
      for (const path of ends) drop(sound, path.slice(0, Math.max(1, path.length - above)));
    }
  }
}

type Written = Record<PropertyKey, unknown>;

/** Takes out a key, and the whole list where it is one of a list: what is left keeps its place. */
function drop(document: Written, path: readonly PropertyKey[]): void {
  const index = path.findIndex((part) => typeof part === 'number');
  const end = index === -1 ? path : path.slice(0, index);
  const group = valueAt(document, end.slice(0, -1)) as Written | undefined;
  const key = end.at(-1);
  if (group !== undefined && group !== null && key !== undefined) delete group[key];
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

/** Beside what could not be read: secrets in the file, and a server that the default, a file here, must not replace. */
function writtenFaults(written: unknown, { missing, faults }: Resolved): Resolved['faults'] {
  const servers = missing.filter(({ path }) => /^store(Read)?$/.test(pathText(path)));
  return [
    ...faults,
    ...servers.map(({ path, name }) => ({ path, ...notSet(name) })),
    ...openSecrets(written),
  ];
}

/** A part may find what the whole has found. */
function unique(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}

function byLine(faults: readonly Fault[]): readonly Fault[] {
  return [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let current = document;
  for (const part of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Record<PropertyKey, unknown>)[part];
  }
  return current;
}
