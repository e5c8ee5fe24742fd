import { reasonOf } from '../core/stories/quiet-rules.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { AlertId, StoryId } from '../domain/ids.ts';
import type { Story, StoryEvent } from '../domain/story.ts';
import type { StoryKind } from '../domain/story-kind.ts';
import { type Known, subjectNamed } from './known.ts';
import type { StoriesView, StoryDetail, StoryRow } from './story-view.ts';

export interface StoriesQuestion {
  /** A model or product that has a part in them. */
  subject?: string;
  kind?: StoryKind;
  limit: number;
  cursor?: string;
}

/** Stories, the one that grew last first. */
export async function storiesOf(known: Known, question: StoriesQuestion): Promise<StoriesView> {
  const { subject, ...rest } = question;
  const of = subject === undefined ? {} : { subject: subjectNamed(known, subject).id };
  const { rows, next } = await known.store.stories.list({ ...rest, ...of });
  return { stories: rows.map(rowOf), next };
}

/** One story by its id, or by the id of an alert that told it. Throws `NotFoundError` for an id nobody knows. */
export async function storyNamed({ store }: Known, id: string): Promise<StoryDetail> {
  const story = id.startsWith('al_')
    ? await store.stories.ofAlert(id as AlertId)
    : await store.stories.get(id as StoryId);
  if (story === null) throw new NotFoundError(`There is no story ${id}: firsthand stories`, []);
  return { ...rowOf(story), events: story.events.map(eventOf) };
}

function rowOf(story: Story): StoryRow {
  const { id, kind, title, vendor, subjects, openedAt, updatedAt, dueAt, events } = story;
  const alerts = [...new Set(events.flatMap(({ alert }) => alert ?? []))];
  return { id, kind, title, vendor, subjects: [...subjects], openedAt, updatedAt, dueAt, alerts };
}

function eventOf({ at, ref, subject, move, change, weight, rule, alert }: StoryEvent) {
  return {
    ...{ at, ref, subject, weight, alert },
    move:
      move === null
        ? null
        : { facet: move.facet, from: move.from, to: move.to, status: move.status },
    change: change === null ? null : { title: change.title, url: change.url },
    because: rule === null ? null : reasonOf(rule),
  };
}
