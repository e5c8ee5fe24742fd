import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';

/** Small facts about the database as a whole, by name. */
export function forMarks({ text, tableEnd }: Backend): Migration {
  return {
    async up(db) {
      await sql`create table marks (
        name ${text} primary key,
        value ${text} not null
      ) ${tableEnd}`.execute(db);
    },
  };
}
