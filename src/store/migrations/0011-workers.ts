import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, optionalInstant } from './columns.ts';

/** Several workers over one database: who they are, and whose turn it is at each host. */
export function forWorkers(backend: Backend): Migration {
  const { text, tableEnd, isShared } = backend;
  return {
    async up(db) {
      await sql`create table workers (
        owner ${text} primary key,
        machine ${text} not null,
        version ${text} not null,
        ${instant(backend, 'started_at')},
        ${instant(backend, 'seen_at')},
        room integer not null,
        checks ${text} not null
      ) ${tableEnd}`.execute(db);
      await sql`create table host_turns (
        host ${text} primary key,
        owner ${text},
        ${optionalInstant(backend, 'until')},
        ${instant(backend, 'free_at')}
      ) ${tableEnd}`.execute(db);
      // What is leased is little; where one process works alone, the index would only cost.
      if (isShared) {
        await sql`create index targets_leased on targets (host) where lease_until is not null`.execute(
          db,
        );
      }
    },
  };
}
