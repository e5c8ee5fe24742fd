import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { optionalInstant } from './columns.ts';

/** What watching the web needs: which entry led to a target, when its page was last had in full, pictures of pages. */
export function forChannels(backend: Backend): Migration {
  const { text } = backend;
  return {
    async up(db) {
      await sql`alter table targets add column lead ${text}`.execute(db);
      await sql`alter table targets add column ${optionalInstant(backend, 'full_at')}`.execute(db);
      await sql`create index targets_lead on targets (created_at) where lead is not null`.execute(
        db,
      );
      await sql`alter table snapshots add column picture ${text} references bodies`.execute(db);
      await sql`create index snapshots_picture on snapshots (picture) where picture is not null`.execute(
        db,
      );
    },
  };
}
