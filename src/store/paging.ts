import { sql } from 'kysely';
import { UsageError } from '../domain/errors.ts';
import type { Instant } from '../domain/time.ts';
import type { PageOf } from './ports/reads.ts';

/** The rows of one page out of one row more than fit on it, and where the next page starts. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => readonly [Instant, string],
): PageOf<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(placeOf(last)) : null;
  return { rows: page, next };
}

function cursorOf(place: readonly [Instant, string]): string {
  return Buffer.from(place.join(' ')).toString('base64url');
}

/** What lies behind a cursor, newest first: compared as a pair, which both databases look up in one index. */
export function before(cursor: string, column = 'at') {
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (at?.length !== 24 || id === undefined || rest.length > 0) {
    throw new UsageError(`There is no page at ${cursor}: start again without a cursor.`);
  }
  return sql<boolean>`(${sql.ref(column)}, id) < (${at}, ${id})`;
}
