import * as z from 'zod';
import type { Fault } from '../domain/errors.ts';
import { suggestion } from './recording-nearest.ts';

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
    const near = issue.code === 'invalid_value' ? `known: ${issue.values.join(', ')}` : null;
    const fault = { path: pathText(issue.path), message: issue.message, suggestion: near };
    return [{ ...placeOf(issue.path), ...fault }];
  });
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
  if (z.globalRegistry.get(schema)?.['secret'] === true) return [path];
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
