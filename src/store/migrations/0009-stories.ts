import { type Migration, sql } from 'kysely';
import type { Backend } from '../backend.ts';
import { instant, optionalInstant } from './columns.ts';

/** Stories, and what happened in each. */
export function forStories(backend: Backend): Migration {
  const { text, tableEnd } = backend;
  return {
    async up(db) {
      await sql`create table stories (
        id ${text} primary key,
        kind ${text} not null,
        vendor ${text} not null,
        family ${text} not null,
        title ${text} not null,
        subjects ${text} not null,
        thread ${text} not null,
        ${instant(backend, 'opened_at')},
        ${instant(backend, 'updated_at')},
        ${optionalInstant(backend, 'due_at')}
      ) ${tableEnd}`.execute(db);
      await sql`create table story_events (
        story ${text} not null references stories,
        ref ${text} not null,
        subject ${text} not null,
        ${instant(backend, 'at')},
        alert ${text},
        event ${text} not null,
        primary key (story, ref, subject)
      ) ${tableEnd}`.execute(db);
      await sql`create index stories_updated on stories (updated_at, id)`.execute(db);
      await sql`create index stories_due on stories (due_at) where due_at is not null`.execute(db);
      await sql`create index story_events_subject on story_events (subject, at)`.execute(db);
      await sql`create index story_events_alert on story_events (alert) where alert is not null`.execute(
        db,
      );
    },
  };
}
