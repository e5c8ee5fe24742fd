import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';

/**
 * Which rule found a piece of evidence, and the parts of the sentence that carry it; null in what was read before. What
 * came by the API of a model list is named by what it is, and by no vendor.
 */
export function forRules({ text }: Backend): Migration {
  return {
    async up(db) {
      await sql`alter table evidence add column rule ${text}`.execute(db);
      await sql`alter table evidence add column marks ${text}`.execute(db);
      await sql`update snapshots set via = 'model-list' where via = 'openai-api'`.execute(db);
    },
  };
}
