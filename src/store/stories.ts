import type { AlertId, StoryId } from '../domain/ids.ts';
import type { Story, StoryEvent } from '../domain/story.ts';
import { fromJson, fromText, toJson, toText } from './codec.ts';
import { atomically, chunksOf, type Database, moment } from './database.ts';
import { before, pageOf } from './paging.ts';
import type { Stories, StoryFilter } from './ports/stories.ts';
import type { StoryRow } from './tables.ts';

export function storiesIn(db: Database): Stories {
  return {
    async recent(vendor, since) {
      const rows = await db
        .selectFrom('stories')
        .selectAll()
        .where('updated_at', '>=', moment(since))
        .where('vendor', '=', vendor)
        .orderBy('updated_at', 'desc')
        .orderBy('id')
        .execute();
      return withEvents(db, rows);
    },
    async due(now) {
      const rows = await db
        .selectFrom('stories')
        .selectAll()
        .where('due_at', '<=', moment(now))
        .orderBy('due_at')
        .orderBy('id')
        .execute();
      return withEvents(db, rows);
    },
    told: (subjects) => told(db, subjects),
    put: (story) => put(db, story),
    async dropPending() {
      await db
        .updateTable('stories')
        .set({ due_at: null })
        .where('due_at', 'is not', null)
        .execute();
    },
    async get(id) {
      return first(db, [id]);
    },
    async ofAlert(alert) {
      const row = await db
        .selectFrom('story_events')
        .select('story')
        .where('alert', '=', alert)
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : first(db, [row.story]);
    },
    list: (filter) => list(db, filter),
  };
}

async function first(db: Database, ids: readonly StoryId[]): Promise<Story | null> {
  const rows = await db.selectFrom('stories').selectAll().where('id', 'in', ids).execute();
  return (await withEvents(db, rows))[0] ?? null;
}

async function told(db: Database, subjects: readonly string[]): Promise<readonly StoryEvent[]> {
  const events: StoryEvent[] = [];
  for (const chunk of chunksOf([...new Set(subjects)])) {
    const rows = await db
      .selectFrom('story_events')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('alert', 'is not', null)
      .execute();
    events.push(...rows.map(({ event, alert }) => eventOf(event, alert)));
  }
  return events.sort((a, b) => (a.at < b.at ? -1 : 1));
}

function put(db: Database, story: Story): Promise<void> {
  const { id, kind, vendor, family, thread } = story;
  const row: StoryRow = {
    ...{ id, kind, vendor, family, thread },
    title: toText(story.title),
    subjects: toJson(story.subjects),
    opened_at: moment(story.openedAt),
    updated_at: moment(story.updatedAt),
    due_at: story.dueAt,
  };
  return atomically(db, async (tx) => {
    await tx
      .insertInto('stories')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    for (const chunk of chunksOf(story.events)) {
      const events = chunk.map((event) => ({
        story: id,
        ref: event.ref,
        subject: event.subject,
        at: moment(event.at),
        alert: event.alert,
        event: toJson(event),
      }));
      await tx
        .insertInto('story_events')
        .values(events)
        .onConflict((conflict) =>
          conflict.columns(['story', 'ref', 'subject']).doUpdateSet((row) => ({
            alert: row.ref('excluded.alert'),
            event: row.ref('excluded.event'),
          })),
        )
        .execute();
    }
  });
}

async function list(db: Database, filter: StoryFilter): ReturnType<Stories['list']> {
  let query = db
    .selectFrom('stories')
    .selectAll()
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1);
  const { kind, subject, cursor } = filter;
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (subject !== undefined) {
    query = query.where('id', 'in', (one) =>
      one.selectFrom('story_events').select('story').where('subject', '=', subject),
    );
  }
  if (cursor !== undefined) query = query.where(before(cursor, 'updated_at'));
  const rows = await query.execute();
  const page = pageOf(rows, filter.limit, (row) => [row.updated_at, row.id]);
  return { rows: await withEvents(db, page.rows), next: page.next };
}

async function withEvents(db: Database, rows: readonly StoryRow[]): Promise<readonly Story[]> {
  const events = new Map<StoryId, StoryEvent[]>();
  for (const chunk of chunksOf(rows)) {
    const ids = chunk.map(({ id }) => id);
    const found = await db
      .selectFrom('story_events')
      .selectAll()
      .where('story', 'in', ids)
      .orderBy('at')
      .orderBy('ref')
      .execute();
    for (const { story, event, alert } of found) {
      events.set(story, [...(events.get(story) ?? []), eventOf(event, alert)]);
    }
  }
  return rows.map((row) => storyOf(row, events.get(row.id) ?? []));
}

function storyOf(row: StoryRow, events: readonly StoryEvent[]): Story {
  const { id, kind, vendor, family, thread } = row;
  return {
    ...{ id, kind, vendor, family, thread, events },
    title: fromText(row.title),
    subjects: fromJson(row.subjects),
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    dueAt: row.due_at,
  };
}

function eventOf(event: Parameters<typeof fromJson<StoryEvent>>[0], alert: AlertId | null) {
  return { ...fromJson(event), alert };
}
