import * as z from 'zod';
import type { Fault } from '../domain/errors.ts';
import { suggestion } from './recording-bodies.ts';

/** `families[2].subjects[0].id` */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

type Place = Omit<Fault, 'message' | 'suggestion' | 'path'>;

/**
 * What a schema found wrong with a document, in words for the person who wrote it: every unknown key on its own, with
 * the key that may have been meant, and what was there instead of what was expected.
 */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  placeOf: (path: readonly PropertyKey[]) => Place,
  /** How many parts of each path stand above the schema. */
  above = 0,
): readonly Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path.slice(above));
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        const near = suggestion(key, known) ?? knownKeys(known);
        return {
          ...placeOf(path),
          path: pathText(path),
          message: 'is not a known key',
          suggestion: near,
        };
      });
    }
    const { path, ...fault } = worded(issue);
    return [{ ...placeOf(path), path: pathText(path), ...fault }];
  });
}

interface Worded {
  path: readonly PropertyKey[];
  message: string;
  suggestion: string | null;
}

/** What a schema says when nobody has said it better for that place. */
const UNWORDED = /^(?:Invalid|Too (?:small|big)|Unrecognized)\b/;

/** An issue in words that go on from the path, such as `is missing`. */
function worded(issue: z.core.$ZodIssue): Worded {
  const { path, message } = issue;
  const written = writtenAs(issue);
  const known = oneOf(written, valuesOf(issue));
  if (!UNWORDED.test(message)) return { path, message, suggestion: known };
  switch (issue.code) {
    case 'invalid_type':
      return { path, ...wrongType(issue) };
    case 'too_small':
      return { path, message: tooSmall(issue), suggestion: null };
    case 'too_big':
      return { path, message: `is ${sizeOf(issue, issue.maximum, 'more')}`, suggestion: null };
    case 'invalid_value':
    case 'invalid_union':
      return written === undefined
        ? { path, message: 'is missing', suggestion: known }
        : { path, message: 'is none of the values it may have', suggestion: known };
    case 'invalid_format':
      return issue.format === 'url'
        ? { path, message: 'is no web address: it starts with https://', suggestion: null }
        : { path, message, suggestion: null };
    case 'invalid_key':
      return { path, message: issue.issues[0]?.message ?? message, suggestion: known };
    default:
      return { path, message, suggestion: known };
  }
}

/** What stood at the place of an issue; of a group that is told by one of its keys, that key. */
function writtenAs({ path, input }: z.core.$ZodIssue): unknown {
  const key = path.at(-1);
  const isGroup = typeof input === 'object' && input !== null && key !== undefined;
  return isGroup && !Array.isArray(input)
    ? Object.entries(input).find(([one]) => one === key)?.[1]
    : input;
}

/** What may be written, and first what may have been meant. */
export function oneOf(written: unknown, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const near = typeof written === 'string' ? suggestion(written, known) : null;
  return `${near === null ? '' : `${near} `}known: ${known.join(', ')}`;
}

function wrongType({ message, expected }: z.core.$ZodIssueInvalidType): Omit<Worded, 'path'> {
  const wanted = TYPES[expected] ?? expected;
  if (/received undefined$/.test(message)) return { message: 'is missing', suggestion: null };
  if (/received null$/.test(message)) {
    return { message: 'is empty', suggestion: `leave it out, or give it ${wanted}` };
  }
  const suggestion = expected === 'array' ? 'write it in [ ], even where it is one' : null;
  return { message: `must be ${wanted}`, suggestion };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.minimum === 1 && issue.origin === 'string') return 'is empty';
  if (issue.minimum === 1 && issue.origin === 'array') return 'has no entry';
  return `is ${sizeOf(issue, issue.minimum, 'less')}`;
}

function sizeOf(
  { origin }: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  limit: number | bigint,
  comparison: 'more' | 'less',
): string {
  const unit = UNITS[origin] ?? '';
  return `${comparison} than ${limit}${unit}`;
}

/** The values that are allowed at a place, alone or as one of a list. */
function valuesOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code !== 'invalid_union') return [];
  const offered = /Expected (.+)$/.exec(issue.message)?.[1];
  if (offered !== undefined) return [...offered.matchAll(/'([^']+)'/g)].map(([, one = '']) => one);
  return [...new Set(issue.errors.flat().flatMap(valuesOf))];
}

function knownKeys(known: readonly string[]): string | null {
  return known.length === 0 ? null : `known: ${known.join(', ')}`;
}

/** The keys a schema knows at a path, through whatever wraps the objects on the way. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let current = bare(schema);
  for (const part of path) current = bare(childOf(current, part));
  return current?.type === 'object' ? Object.keys((current as z.core.$ZodObjectDef).shape) : [];
}

type Definition = z.core.$ZodTypeDef;

function childOf(definition: Definition | null, part: PropertyKey): z.core.$ZodType | null {
  switch (definition?.type) {
    case 'object':
      return shapeAt(definition as z.core.$ZodObjectDef, String(part));
    case 'array':
      return (definition as z.core.$ZodArrayDef).element;
    case 'record':
      return (definition as z.core.$ZodRecordDef).valueType;
    default:
      return null;
  }
}

function shapeAt({ shape, catchall }: z.core.$ZodObjectDef, key: string): z.core.$ZodType | null {
  return Object.hasOwn(shape, key) ? (shape[key] ?? null) : (catchall ?? null);
}

/** Takes off defaults, optionals and pipes. */
function bare(schema: z.core.$ZodType | null): Definition | null {
  let definition: Definition | null = schema?._zod.def ?? null;
  while (definition !== null) {
    const inner: z.core.$ZodType | undefined =
      (definition as Partial<z.core.$ZodDefaultDef>).innerType ??
      (definition as Partial<z.core.$ZodPipeDef>).in;
    if (inner === undefined) return definition;
    definition = inner._zod.def;
  }
  return null;
}

/** The paths of fields a schema marks as secret, in a document as it was written. */
export function secretPaths(
  schema: z.core.$ZodType,
  document: unknown,
  path: readonly PropertyKey[] = [],
): readonly (readonly PropertyKey[])[] {
  if (isSecret(schema)) return [path];
  const definition = bare(schema);
  if (document === null || typeof document !== 'object') return [];
  if (definition?.type === 'union') {
    return meant(definition as z.core.$ZodUnionDef, document).flatMap((option) =>
      secretPaths(option, document, path),
    );
  }
  return Object.entries(document).flatMap(([key, value]) => {
    const part = Array.isArray(document) ? Number(key) : key;
    const child = childOf(definition, part);
    return child === null ? [] : secretPaths(child, value, [...path, part]);
  });
}

/** Whether a schema is marked as secret, itself or within what makes it optional. */
function isSecret(schema: z.core.$ZodType): boolean {
  if (z.globalRegistry.get(schema)?.['secret'] === true) return true;
  const { innerType } = schema._zod.def as Partial<z.core.$ZodOptionalDef>;
  return innerType !== undefined && isSecret(innerType);
}

/** The options of a union that a document may mean: those whose discriminator it names, or all. */
function meant(union: z.core.$ZodUnionDef, document: object): readonly z.core.$ZodType[] {
  const { discriminator } = union as Partial<z.core.$ZodDiscriminatedUnionDef>;
  if (discriminator === undefined) return union.options;
  const named = Object.getOwnPropertyDescriptor(document, discriminator)?.value;
  return union.options.filter((option) => {
    const literal = bare(childOf(bare(option), discriminator));
    const values =
      literal?.type === 'literal' ? (literal as z.core.$ZodLiteralDef<string>).values : [];
    return values.includes(named);
  });
}
