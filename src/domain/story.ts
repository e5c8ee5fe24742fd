import type { Move, SourceChange } from './alert.ts';
import type { AlertId, StoryId } from './ids.ts';
import type { StoryKind } from './story-kind.ts';
import type { Day, Instant } from './time.ts';

/**
 * How much an event matters to its story: `opens` is told at once, `grows` a little later with what came beside it,
 * `gathers` in the one follow-up of the day, `notes` only beside something else.
 */
export type StoryWeight = 'opens' | 'grows' | 'gathers' | 'notes';

/** Something that happened to a subject and belongs to a story. */
export interface StoryEvent {
  /** The transition or the change. */
  ref: string;
  subject: string;
  /** The name people know the subject by. */
  name: string;
  at: Instant;
  weight: StoryWeight;
  /** The quiet rule that lowered its weight; null when none did. */
  rule: string | null;
  /** The level that moved; null for a change of a page. */
  move: Move | null;
  /** The page that changed; null for a level that moved. */
  change: SourceChange | null;
  /** The day a retirement is set for; null for everything else. */
  day: Day | null;
  /** The alert that told it; null while nobody was told. */
  alert: AlertId | null;
}

export interface Story {
  id: StoryId;
  kind: StoryKind;
  vendor: string;
  /** What its subjects have in common: `gpt-5.5` for GPT-5.5, GPT-5.5 Pro and their snapshots. */
  family: string;
  /** One line that says what it has come to; the title of its last alert, or of the one to come. */
  title: string;
  /** Ids, the one it began with first. */
  subjects: readonly string[];
  /** The conversation its alerts belong to. */
  thread: string;
  openedAt: Instant;
  updatedAt: Instant;
  /** When what waits is told; null when nothing waits. */
  dueAt: Instant | null;
  /** What happened, the oldest first. */
  events: readonly StoryEvent[];
}
