import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant } from './columns.ts';

/** What language models answered when they were asked about a page, and what was spent on it each day. */
export function forProposals(backend: Backend): Migration {
  const { text, tableEnd } = backend;
  return {
    async up(db) {
      await sql`create table proposals (
        id ${text} primary key,
        model ${text} not null,
        prompt integer not null,
        ${instant(backend, 'at')},
        outcome ${text} not null,
        statements ${text} not null,
        tokens integer not null
      ) ${tableEnd}`.execute(db);
      await sql`create table model_days (
        day ${text} primary key,
        tokens integer not null
      ) ${tableEnd}`.execute(db);
    },
  };
}
