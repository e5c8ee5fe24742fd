import * as z from 'zod';
import type { Alert, AlertKind } from '../domain/alert.ts';
import { sha256Hex } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { Known } from './known.ts';
import { claimView } from './views.ts';

/** What a feed, a stream or an assistant lists: what was told of one launch or retirement, as it grew. */
export const toldStoryView = z.strictObject({
  /** The same however much the story grows. */
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  name: z.string(),
  vendor: z.string(),
  title: z.string(),
  /** The level that the last move of it came to; null when no level moved. */
  level: claimView.shape.level.nullable(),
  openedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** What was told, the newest first. */
  parts: z.array(
    z.strictObject({
      at: z.iso.datetime(),
      title: z.string(),
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

/** What is news; the health of the program itself is for who runs it. */
const NEWS: ReadonlySet<AlertKind> = new Set(['level', 'source', 'discovery', 'retirement']);

/** Alerts that are gathered into stories: some months of news. */
const MOST_ALERTS = 1_000;

/** How many parts and quotes a story shows. */
const MOST_PARTS = 20;
const MOST_QUOTES = 3;

/** What was told until a moment, a story a conversation, the last to grow first. */
export async function toldStories(
  known: Known,
  { subject, vendor, kind, level, since, limit }: StoriesQuestion,
  asOf: Instant,
): Promise<ToldStories> {
  const of = subject === undefined ? {} : { subject };
  const { rows } = await known.store.reads.alerts({ ...of, limit: MOST_ALERTS });
  const threads = new Map<string, Alert[]>();
  for (const { alert } of rows) {
    if (!NEWS.has(alert.kind) || alert.at > asOf) continue;
    const { thread } = alert.message;
    threads.set(thread, [...(threads.get(thread) ?? []), alert]);
  }
  const stories = [...threads.values()]
    .map(storyOf)
    .filter((story) => vendor === undefined || story.vendor === vendor)
    .filter((story) => kind === undefined || story.kind === kind)
    .filter((story) => level === undefined || story.level === level)
    .filter((story) => since === undefined || story.updatedAt > since)
    .sort((a, b) => (a.updatedAt > b.updatedAt ? -1 : 1));
  return { asOf, stories: stories.slice(0, limit) };
}

/** Alerts of one conversation, the newest first, as one story. */
function storyOf(alerts: readonly Alert[]): ToldStory {
  const [newest] = alerts as [Alert, ...Alert[]];
  const oldest = alerts.at(-1) ?? newest;
  const moves = alerts.flatMap(({ message }) => message.moves);
  const isEnd =
    alerts.some(({ kind }) => kind === 'retirement') ||
    moves.some(({ facet, to }) => /^(retired|deprecated)/.test(facet) && to === 'confirmed');
  const moving = moves.length > 0 ? 'launch' : 'documentation';
  return {
    id: `st_${sha256Hex(newest.message.thread).slice(0, 20)}`,
    kind: isEnd ? 'retirement' : moving,
    subject: newest.subject,
    ...{ name: newest.message.name, vendor: newest.message.vendor, title: newest.message.title },
    level: moves[0]?.to ?? null,
    ...{ openedAt: oldest.at, updatedAt: newest.at },
    parts: alerts.slice(0, MOST_PARTS).map(({ at, message }) => ({
      ...{ at, title: message.title },
      quotes: message.proofs
        .slice(0, MOST_QUOTES)
        .map(({ quote, url, publisher }) => ({ quote, url, publisher })),
    })),
  };
}
