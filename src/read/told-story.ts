import * as z from 'zod';
import type { Alert } from '../domain/alert.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { StoryId } from '../domain/ids.ts';
import { STORY_KINDS } from '../domain/story-kind.ts';
import type { Instant } from '../domain/time.ts';
import type { StoryWithAlerts } from '../store/ports/reads.ts';
import type { Known } from './known.ts';
import type { StoryDetail } from './stories.ts';
import { storyNamed } from './stories.ts';
import { claimView } from './views.ts';

/** What a feed, a stream or an assistant lists: what people were told of a story, as it grew. */
export const toldStoryView = z.strictObject({
  /** The same however much the story grows. */
  id: z.string(),
  kind: z.enum(STORY_KINDS),
  subject: z.string(),
  name: z.string(),
  /** Everything it is about, the one it is named by first. */
  subjects: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  vendor: z.string(),
  title: z.string(),
  /** The level that the last move of it came to; null when no level moved. */
  level: claimView.shape.level.nullable(),
  openedAt: z.iso.datetime(),
  /** When people were last told of it. */
  updatedAt: z.iso.datetime(),
  /** What was told, the newest first. */
  parts: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      title: z.string(),
      /** What happened, in one or two sentences; empty where the title says it all. */
      lead: z.string(),
      quotes: z.array(
        z.strictObject({ quote: z.string(), url: z.string(), publisher: z.string() }),
      ),
    }),
  ),
});

export const toldStoriesView = z.strictObject({
  asOf: z.iso.datetime(),
  stories: z.array(toldStoryView),
});

export type ToldStory = z.output<typeof toldStoryView>;
export type ToldStories = z.output<typeof toldStoriesView>;

export interface StoriesQuestion {
  subject?: string;
  vendor?: string;
  kind?: string;
  level?: string;
  /** Only what was told after it. */
  since?: Instant;
  limit: number;
}

/** Stories that are looked through for those of a kind or level, which a story may change: some years of news. */
const MOST_STORIES = 1_000;

/** How many parts and quotes a story shows. */
const MOST_PARTS = 20;
const MOST_QUOTES = 3;

/** What people were told until a moment, the story told last first. */
export async function toldStories(
  { store }: Known,
  { kind, level, limit, ...narrower }: StoriesQuestion,
  asOf: Instant,
): Promise<ToldStories> {
  const isAny = kind === undefined && level === undefined;
  // Those who run the program hear of its sources; whoever reads its news does not.
  const isNews = kind === undefined;
  const asked = { ...narrower, isNews, until: asOf, limit: isAny ? limit : MOST_STORIES };
  const stories = (await store.stories.toldBy(asked))
    .map(toldStoryOf)
    .filter((story) => kind === undefined || story.kind === kind)
    .filter((story) => level === undefined || story.level === level);
  return { asOf, stories: stories.slice(0, limit) };
}

/** One story as it stood at a moment: what was told of it, and all that happened in it. */
export interface StoryAt {
  asOf: Instant;
  /** Null while nobody was told of it. */
  told: ToldStory | null;
  /** Those of its subjects that have a page. */
  subjects: readonly { id: string; name: string }[];
  /** What happened until then; what was told later has no alert yet. */
  story: StoryDetail;
}

/** A story by its id, or by an alert that told it. Throws `NotFoundError` for one that had not begun. */
export async function storyAt(known: Known, id: string, asOf: Instant): Promise<StoryAt> {
  const story = await storyNamed(known, id);
  if (story.openedAt > asOf) throw new NotFoundError(`At ${asOf} there was no story ${id} yet.`);
  const [found] = await known.store.stories.toldBy({
    ...{ id: story.id as StoryId, until: asOf, limit: 1 },
  });
  const alerts = new Set<string>(found?.alerts.map((alert) => alert.id));
  const events = story.events
    .filter(({ at }) => at <= asOf)
    .map((event) => (alerts.has(event.alert ?? '') ? event : { ...event, alert: null }));
  const told = found === undefined ? null : toldStoryOf(found);
  const named = story.subjects.flatMap((one) => known.subject(one) ?? []);
  const subjects = named.map(({ id: of, name }) => ({ id: of, name }));
  return { asOf, told, subjects, story: { ...story, events, alerts: [...alerts].reverse() } };
}

function toldStoryOf({ id, kind, vendor, openedAt, alerts }: StoryWithAlerts): ToldStory {
  const [newest] = alerts;
  const moves = alerts.flatMap(({ message }) => message.moves);
  // A reminder says nothing of its story; the alert before it does.
  const about = alerts.find(({ message }) => message.story !== undefined)?.message.story;
  const { subject, name, title } = newest.message;
  return {
    ...{ id, kind: about?.kind ?? kind, subject, name, vendor, title },
    subjects: (about?.subjects ?? [{ id: subject, name }]).map((one) => ({ ...one })),
    level: moves[0]?.to ?? null,
    ...{ openedAt, updatedAt: newest.at },
    parts: alerts.slice(0, MOST_PARTS).map(partOf),
  };
}

function partOf({ at, message }: Alert): ToldStory['parts'][number] {
  const { title, story, proofs } = message;
  const quotes = proofs
    .slice(0, MOST_QUOTES)
    .map(({ quote, url, publisher }) => ({ quote, url, publisher }));
  return { at, title, lead: story?.lead ?? '', quotes };
}
