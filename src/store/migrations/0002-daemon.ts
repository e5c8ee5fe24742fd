import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, optionalInstant } from './columns.ts';

/** What a daemon needs: one request at a time to a host, rows that kill their reader, calendar work, who is followed. */
export function forDaemon(backend: Backend): Migration {
  const { text, tableEnd } = backend;
  return {
    async up(db) {
      await sql`alter table targets add column host ${text} not null default ''`.execute(db);
      await sql`alter table targets add column lease_tries integer not null default 0`.execute(db);
      const { rows } = await sql<{ id: string; url: string }>`select id, url from targets`.execute(
        db,
      );
      for (const { id, url } of rows) {
        await sql`update targets set host = ${hostOf(url)} where id = ${id}`.execute(db);
      }
      // All that leasing asks of a row, so that a long queue at one host is passed over without reading its rows.
      await sql`drop index targets_due`.execute(db);
      await sql`create index targets_due on targets (due_at, host, watcher, lease_until)`.execute(
        db,
      );
      await sql`create table chores (
        name ${text} primary key,
        cadence ${text} not null,
        ${instant(backend, 'due_at')},
        ${optionalInstant(backend, 'last_at')},
        error ${text},
        lease_owner ${text},
        ${optionalInstant(backend, 'lease_until')}
      ) ${tableEnd}`.execute(db);
      await sql`create table follows (
        subject ${text} primary key,
        followed integer not null,
        ${instant(backend, 'at')}
      ) ${tableEnd}`.execute(db);
    },
  };
}

/** The host of an address, port included; empty for what is no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
