import { Bug } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';

declare const held: unique symbol;

/** The JSON text of a `T`, as a column holds it. */
export type Json<T> = string & { readonly [held]: T };

/** A boolean as every database has it. */
export type Flag = 0 | 1;

export function toJson<T>(value: T): Json<T> {
  return JSON.stringify(value) as Json<T>;
}

export function fromJson<T>(json: Json<T>): T {
  return JSON.parse(json) as T;
}

export function fromJsonOrNull<T>(json: Json<T> | null): T | null {
  return json === null ? null : fromJson(json);
}

export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}

/** Marks a text that is stored as JSON; a text that begins with it is stored so too. */
const ESCAPED = '\u0001json:';

/** NUL, and halves of characters that stand alone. */
const UNHOLDABLE = /[\0\p{Surrogate}]/u;

/**
 * A text from outside as a column can hold it. Postgres refuses NUL, and UTF-8 has no lone surrogates, which a quote
 * cut in the middle of a character ends in: such a text is kept as JSON, so that it comes out as it went in.
 */
export function toText(text: string): string {
  const plain = !UNHOLDABLE.test(text) && !text.startsWith(ESCAPED);
  return plain ? text : `${ESCAPED}${JSON.stringify(text)}`;
}

export function fromText(stored: string): string {
  return stored.startsWith(ESCAPED) ? (JSON.parse(stored.slice(ESCAPED.length)) as string) : stored;
}

export function toTextOrNull(text: string | null): string | null {
  return text === null ? null : toText(text);
}

export function fromTextOrNull(stored: string | null): string | null {
  return stored === null ? null : fromText(stored);
}

/** A moment of a question or a row; one that is not written in full would compare wrongly with those stored. */
export function moment(at: Instant): Instant {
  if (at.length !== 24) throw new Bug(`An instant reads 2026-04-21T19:00:42.000Z, not ${at}.`);
  return at;
}

/** The codecs that change a value; null is null in every column. */
const CODECS = {
  plain: { to: (value: unknown) => value, from: (stored: unknown) => stored },
  moment: { to: moment, from: (stored: string) => stored },
  /** A text from outside, which may hold what a column cannot. */
  text: { to: (value: string) => toText(value), from: (stored: string) => fromText(stored) },
  json: { to: toJson, from: (stored: Json<unknown>) => fromJson(stored) },
  flag: { to: toFlag, from: (stored: Flag) => stored === 1 },
} as const;

type Kind = keyof typeof CODECS;

type Stored<V, K> = K extends 'flag'
  ? Flag
  : K extends 'json'
    ? Json<NonNullable<V>> | Extract<V, null>
    : K extends 'text'
      ? string | Extract<V, null>
      : V;

type Snake<S extends string> = S extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : S;

type ColumnOf<Field extends string, Names> = Field extends keyof Names
  ? Names[Field] & string
  : Snake<Field>;

type Row<T, Kinds, Names> = {
  [Field in keyof T & string as ColumnOf<Field, Names>]: Stored<
    T[Field],
    Kinds[Field & keyof Kinds]
  >;
};

/** How the fields of a record lie in the columns of its table. */
export interface Columns<T, R> {
  rowOf(record: T): R;
  /** The columns of the fields that are given. */
  partOf(record: Partial<T>): Partial<R>;
  recordOf(row: R): T;
}

/** The columns that a record takes up in its table. */
export type RowOf<C> = C extends Columns<infer _, infer R> ? R : never;

/**
 * Says of every field of a record how its column holds it. A column has the name of its field, in snake case, where
 * `names` does not give it another.
 */
export function columnsOf<T extends object>() {
  return <
    const Kinds extends Readonly<Record<keyof T & string, Kind>>,
    const Names extends { readonly [Field in keyof T & string]?: string } = object,
  >(
    kinds: Kinds,
    names?: Names,
  ): Columns<T, Row<T, Kinds, Names>> => {
    const fields = Object.entries<Kind>(kinds).map(([field, kind]) => ({
      ...{ field, column: names?.[field as keyof Names] ?? snakeCase(field) },
      ...(CODECS[kind] as { to(value: unknown): unknown; from(stored: unknown): unknown }),
    }));
    return {
      rowOf(record) {
        const row: Record<string, unknown> = {};
        for (const { field, column, to } of fields) {
          const value = record[field as keyof T];
          row[column as string] = value === null ? null : to(value);
        }
        return row as Row<T, Kinds, Names>;
      },
      partOf(record) {
        const row: Record<string, unknown> = {};
        for (const { field, column, to } of fields) {
          const value = record[field as keyof T];
          if (value !== undefined) row[column as string] = value === null ? null : to(value);
        }
        return row as Partial<Row<T, Kinds, Names>>;
      },
      recordOf(row) {
        const record: Record<string, unknown> = {};
        for (const { field, column, from } of fields) {
          const stored = (row as Record<string, unknown>)[column as string];
          record[field] = stored === null ? null : from(stored);
        }
        return record as T;
      },
    };
  };
}

function snakeCase(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
