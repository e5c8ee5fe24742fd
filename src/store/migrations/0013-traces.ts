import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';

/** In which trace a delivery was queued, so that whoever makes it goes on with that. */
export function forTraces({ text }: Backend): Migration {
  return {
    async up(db) {
      await sql`alter table deliveries add column trace ${text}`.execute(db);
    },
  };
}
