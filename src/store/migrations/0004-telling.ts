import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';

/** Why an alert went where it went, and who took evidence out of judgement. */
export function forTelling({ text }: Backend): Migration {
  return {
    async up(db) {
      await sql`alter table alerts add column routing ${text}`.execute(db);
      await sql`alter table retractions add column author ${text} not null default ''`.execute(db);
      // What a fallback has is no longer dead: it was given up by its channel, and reached people.
      await sql`update deliveries set state = 'handed-over' where state = 'dead' and error like '%Handed over to %'`.execute(
        db,
      );
    },
  };
}
