import * as z from 'zod';
import { STORY_KINDS } from '../domain/story-kind.ts';

/** What `stories` prints with `--json`. */

const instant = z.iso.datetime();

export const storyRow = z.strictObject({
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

export const storiesView = z.strictObject({
  stories: z.array(storyRow),
  next: z.string().nullable(),
});

export const storyDetail = z.strictObject({
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
