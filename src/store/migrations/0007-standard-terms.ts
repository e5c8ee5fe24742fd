import { type Migration, sql } from 'kysely';

/** Tables and columns under the names that the field uses for what they hold. */
export function forStandardTerms(): Migration {
  return {
    async up(db) {
      await sql`alter table chores rename to scheduled_work`.execute(db);
      await sql`alter table snapshots rename column picture to screenshot`.execute(db);
      await sql`alter table targets rename column lead to linked_from`.execute(db);
    },
  };
}
