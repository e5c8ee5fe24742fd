import { readFileSync } from 'node:fs';
import { asError } from '../domain/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([A-Z_][A-Z0-9_]*)\}/g;

export interface Resolved {
  document: unknown;
  /** Every value that came from the environment: never logged. */
  secrets: readonly string[];
  /** Paths whose variable is not set, with its name. */
  missing: readonly { path: readonly PropertyKey[]; name: string }[];
  faults: readonly { path: readonly PropertyKey[]; message: string; suggestion: string | null }[];
}

/**
 * Puts the environment's values where a document says `${NAME}`, alone or in a longer text (`Bearer ${NAME}`);
 * `NAME_FILE` names a file that holds the value.
 * A variable that is not set leaves its key out, and is told in `missing`.
 */
export function resolveSecrets(document: unknown, environment: Environment): Resolved {
  const secrets: string[] = [];
  const missing: Resolved['missing'][number][] = [];
  const faults: Resolved['faults'][number][] = [];
  function walk(value: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof value === 'string') return read(value, path);
    if (Array.isArray(value)) return value.map((inner, index) => walk(inner, [...path, index]));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key])]);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
  }
  function read(value: string, path: readonly PropertyKey[]): string | undefined {
    let whole: string | undefined = value;
    for (const [reference, name = ''] of value.matchAll(REFERENCE)) {
      const found = lookUp(name, path);
      whole = found === undefined ? undefined : whole?.replace(reference, () => found);
    }
    return whole;
  }
  function lookUp(name: string, path: readonly PropertyKey[]): string | undefined {
    try {
      const found = environmentValue(name, environment);
      if (found === undefined) missing.push({ path, name });
      else secrets.push(found);
      return found;
    } catch (thrown) {
      const message = `cannot be read from ${name}_FILE: ${asError(thrown).message}`;
      faults.push({ path, message, suggestion: 'check the path and its permissions' });
      return undefined;
    }
  }
  return { document: walk(document, []), secrets, missing, faults };
}

function environmentValue(name: string, environment: Environment): string | undefined {
  const direct = environment[name];
  if (direct !== undefined && direct !== '') return direct;
  const file = environment[`${name}_FILE`];
  return file === undefined ? undefined : readFileSync(file, 'utf8').trimEnd();
}

/** Whether a value names a variable of the environment instead of holding the secret itself. */
export function isReference(value: unknown): boolean {
  return typeof value === 'string' && value.search(REFERENCE) !== -1;
}
