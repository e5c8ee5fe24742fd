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

export function toJsonOrNull<T>(value: T | null): Json<T> | null {
  return value === null ? null : toJson(value);
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
