import * as z from 'zod';
import { reasonOf } from '../core/stories/quiet-rules.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { AlertId, StoryId } from '../domain/ids.ts';
import type { Story, StoryEvent } from '../domain/story.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';
import type { Instant } from '../domain/time.ts';
import type { StoryFilter } from '../store/ports/reads.ts';
import { type Known, subjectNamed } from './known.ts';
import { claimWords } from './verdict-words.ts';

/** What `stories` prints with `--json`. */

const instant = z.iso.datetime();

const storyRow = z.strictObject({
  id: z.string(),
  kind: z.enum(STORY_KINDS),
  /** What it has come to, in one line; empty while nothing of it was told. */
  title: z.string(),
  vendor: z.string(),
  subjects: z.array(z.string()),
  openedAt: instant,
  updatedAt: instant,
  /** When what waits is told; null when nothing waits. */
  dueAt: instant.nullable(),
  /** The alerts that told it, the oldest first. */
  alerts: z.array(z.string()),
});

const storiesView = z.strictObject({
  stories: z.array(storyRow),
  next: z.string().nullable(),
});

const storyDetail = z.strictObject({
  ...storyRow.shape,
  events: z.array(
    z.strictObject({
      at: instant,
      /** The transition or the change. */
      ref: z.string(),
      subject: z.string(),
      /** The level that moved; null for a change of a page. */
      move: z
        .strictObject({ facet: z.string(), from: z.string(), to: z.string(), status: z.string() })
        .nullable(),
      /** The title of the entry that changed; null for a level that moved. */
      change: z.strictObject({ title: z.string(), url: z.string() }).nullable(),
      weight: z.enum(['opens', 'grows', 'gathers', 'notes']),
      /** Why it was kept quiet, in words; null when it was not. */
      because: z.string().nullable(),
      alert: z.string().nullable(),
    }),
  ),
});

export type StoryRow = z.output<typeof storyRow>;
export type StoriesView = z.output<typeof storiesView>;
export type StoryDetail = z.output<typeof storyDetail>;

/** A level that moved, or a step within it. */
interface Step {
  from: string;
  to: string;
  status: string;
}

/** `rumor to secondary`; where the level stays as it was, the step within it: `confirmed, in effect`. */
export function stepWords(
  { from, to, status }: Step,
  shown: (level: string) => string = String,
): string {
  const words = from === to ? `${shown(to)}, ${status}` : `${from} to ${shown(to)}`;
  return words.replaceAll('_', ' ');
}

/** What moved and how: `a price of …: rumor to confirmed`. */
export function moveWords(
  move: Step & { facet: string },
  shown?: (level: string) => string,
): string {
  return `${claimWords(move.facet).replace(/^at /, 'a price of ')}: ${stepWords(move, shown)}`;
}

/** When what waits is told; once that has passed, since when somebody should have been. */
export function waitWords(
  dueAt: Instant | null,
  now: Instant,
  shown: (moment: Instant) => string,
): string {
  if (dueAt === null) return 'waits to be told';
  return dueAt < now
    ? `waits to be sent, and should have been at ${shown(dueAt)}`
    : `is told at ${shown(dueAt)}`;
}

/** Stories, the one that grew last first. */
export async function storiesOf(known: Known, question: StoryFilter): Promise<StoriesView> {
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
