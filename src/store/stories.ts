import type { Alert } from '../domain/alert.ts';
import { groupedBy } from '../domain/groups.ts';
import type { AlertId, StoryId } from '../domain/ids.ts';
import type { Story, StoryEvent } from '../domain/story.ts';
import { fromJson, moment, toJson } from './columns.ts';
import {
  atomically,
  before,
  chunksOf,
  consistently,
  type Database,
  inChunks,
  pageOf,
  putRow,
  rowById,
} from './database.ts';
import { alertsById } from './deliveries.ts';
import type { Stories, StoryFilter, StoryWithAlerts, ToldStoryFilter } from './ports/reads.ts';
import { STORY } from './records.ts';
import type { Tables } from './tables.ts';

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
    get: (id) => storyById(db, id),
    async ofAlert(alert) {
      const row = await db
        .selectFrom('story_events')
        .select('story')
        .where('alert', '=', alert)
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : storyById(db, row.story);
    },
    toldBy: (filter) => consistently(db, (tx) => toldBy(tx, filter)),
    list: (filter) => list(db, filter),
  };
}

async function storyById(db: Database, id: StoryId): Promise<Story | null> {
  const row = await rowById(db, 'stories', id);
  return row === undefined ? null : ((await withEvents(db, [row]))[0] ?? null);
}

async function told(db: Database, subjects: readonly string[]): Promise<readonly StoryEvent[]> {
  const rows = await inChunks([...new Set(subjects)], (chunk) =>
    db
      .selectFrom('story_events')
      .selectAll()
      .where('subject', 'in', chunk)
      .where('alert', 'is not', null)
      .execute(),
  );
  return rows.map(eventOf).sort((a, b) => (a.at < b.at ? -1 : 1));
}

function put(db: Database, story: Story): Promise<void> {
  const { id } = story;
  return atomically(db, async (tx) => {
    await putRow(tx, 'stories', 'id', STORY.rowOf(story));
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

async function toldBy(
  db: Database,
  { id, vendor, subject, isNews, since, until, limit }: ToldStoryFilter,
): Promise<readonly StoryWithAlerts[]> {
  let query = db
    .selectFrom('story_events')
    .innerJoin('alerts', 'alerts.id', 'story_events.alert')
    .innerJoin('stories', 'stories.id', 'story_events.story')
    .select(['stories.id', 'stories.kind', 'stories.vendor', 'stories.opened_at'])
    .where('alerts.at', '<=', moment(until))
    .groupBy(['stories.id', 'stories.kind', 'stories.vendor', 'stories.opened_at'])
    .orderBy(({ fn }) => fn.max('alerts.at'), 'desc')
    .orderBy('stories.id', 'desc')
    .limit(limit);
  if (id !== undefined) query = query.where('stories.id', '=', id);
  if (vendor !== undefined) query = query.where('stories.vendor', '=', vendor);
  if (isNews) query = query.where('stories.kind', '!=', 'source');
  if (since !== undefined) {
    query = query.having(({ fn }) => fn.max('alerts.at'), '>', moment(since));
  }
  if (subject !== undefined) {
    query = query.where('stories.id', 'in', (one) =>
      one
        .selectFrom('story_events as own')
        .select('own.story')
        .where('own.subject', '=', subject)
        .where('own.alert', 'is not', null),
    );
  }
  const rows = await query.execute();
  const ids = rows.map((row) => row.id);
  const alerts = await alertsOf(db, ids);
  return rows.flatMap(({ id: story, kind, vendor: of, opened_at: openedAt }): StoryWithAlerts[] => {
    const [newest, ...rest] = (alerts.get(story) ?? []).filter(({ at }) => at <= until);
    if (newest === undefined) return [];
    return [{ id: story, kind, vendor: of, openedAt, alerts: [newest, ...rest] }];
  });
}

/** What told of each story, the newest first. */
async function alertsOf(
  db: Database,
  stories: readonly StoryId[],
): Promise<ReadonlyMap<StoryId, readonly Alert[]>> {
  const rows = await inChunks(stories, (chunk) =>
    db
      .selectFrom('story_events')
      .select(['story', 'alert'])
      .distinct()
      .where('story', 'in', chunk)
      .where('alert', 'is not', null)
      .$narrowType<{ alert: AlertId }>()
      .execute(),
  );
  const ids = rows.map(({ alert }) => alert);
  const alerts = await alertsById(db, ids);
  const newestFirst = (a: Alert, b: Alert) =>
    a.at > b.at || (a.at === b.at && a.id > b.id) ? -1 : 1;
  return new Map(
    [...groupedBy(rows, ({ story }) => story)].map(([story, told]) => [
      story,
      told.flatMap(({ alert }) => alerts.get(alert) ?? []).sort(newestFirst),
    ]),
  );
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

async function withEvents(
  db: Database,
  rows: readonly Tables['stories'][],
): Promise<readonly Story[]> {
  const ids = rows.map(({ id }) => id);
  const found = await inChunks(ids, (chunk) =>
    db
      .selectFrom('story_events')
      .selectAll()
      .where('story', 'in', chunk)
      .orderBy('at')
      .orderBy('ref')
      .execute(),
  );
  const events = groupedBy(found, ({ story }) => story);
  return rows.map((row) => {
    const own = events.get(row.id) ?? [];
    return { ...STORY.recordOf(row), events: own.map(eventOf) };
  });
}

function eventOf({ event, alert }: Pick<Tables['story_events'], 'event' | 'alert'>): StoryEvent {
  return { ...fromJson(event), alert };
}
