import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant } from './columns.ts';

/**
 * Bodies may lie outside of the database: `place` is the name of what holds the bytes there, null for a row that holds
 * them. A name in `spare_objects` is of no row: it is about to be, or no longer.
 */
export function forBodyPlaces(backend: Backend): Migration {
  const { text, tableEnd } = backend;
  return {
    async up(db) {
      await sql`alter table bodies add column place ${text}`.execute(db);
      await sql`create table spare_objects (
        place ${text} primary key,
        ${instant(backend, 'since')},
        leaving integer not null default 0
      ) ${tableEnd}`.execute(db);
    },
  };
}
