import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';

/** Which engine judged a verdict, and the hash of what it found; 0 and none for what was judged before this. */
export function forEngines({ text }: Backend): Migration {
  return {
    async up(db) {
      await sql`alter table verdicts add column engine integer not null default 0`.execute(db);
      await sql`alter table verdicts add column digest ${text}`.execute(db);
    },
  };
}
