import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant } from './columns.ts';

/** The robots.txt of hosts for as long as it holds, and the targets of a kind without the others. */
export function forRobots(backend: Backend): Migration {
  const { text, tableEnd } = backend;
  return {
    async up(db) {
      await sql`create table robots_files (
        origin ${text} primary key,
        rules ${text},
        ${instant(backend, 'read_at')}
      ) ${tableEnd}`.execute(db);
      await sql`create index targets_kind on targets (kind)`.execute(db);
    },
  };
}
