import { type QuietRules, reasonOf, type Setting, settingOf } from '../core/stories/quiet-rules.ts';
import { facetLabel } from '../domain/claim.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { StoryId } from '../domain/ids.ts';
import type { Story, StoryEvent } from '../domain/story.ts';
import type { Instant } from '../domain/time.ts';
import type { Transition } from '../domain/verdict.ts';
import { type Known, subjectNamed } from './known.ts';
import { moveWords, stepWords } from './stories.ts';
import { claimWords } from './verdict-words.ts';

/** Something that happened and brought no message by itself; a message of its story may show it. */
export interface Untold {
  at: Instant;
  /** The transition or the change. */
  ref: string;
  subject: string;
  /** The level that moved, or the title of the page that changed. */
  what: string;
  /** The story it stands in; null for one that no story took in. */
  story: StoryId | null;
}

/** What one quiet rule has kept back. */
export interface HeldBack {
  rule: string;
  reason: string;
  /** What sets the rule; null for one that holds always. */
  setting: Setting | null;
  /** The newest first. */
  events: readonly Untold[];
  /** How many more there are. */
  more: number;
}

const MOST_EVENTS = 5;

/** Stories a question about a model looks through. */
const MOST_STORIES = 50;

/** What the quiet rules kept back of a story, rule by rule, and what waits to be told. */
export function heldBackIn(stories: readonly Story[], rules: QuietRules): readonly HeldBack[] {
  return grouped(
    stories.flatMap(({ id, events }) =>
      events
        .filter(({ alert }) => alert === null)
        .map((event) => ({ rule: event.rule ?? 'gather', untold: untoldOf(event, id) })),
    ),
    rules,
  );
}

function untoldOf({ at, ref, subject, move, change }: StoryEvent, story: StoryId): Untold {
  const what = move === null ? (change?.title ?? 'a reminder') : moveWords(move);
  return { at, ref, subject, what, story };
}

interface Kept {
  rule: string;
  untold: Untold;
}

function grouped(kept: readonly Kept[], rules: QuietRules): readonly HeldBack[] {
  const byRule = new Map<string, Untold[]>();
  for (const { rule, untold } of kept) byRule.set(rule, [...(byRule.get(rule) ?? []), untold]);
  return [...byRule].map(([rule, all]) => {
    const events = [...all].sort((a, b) => (a.at > b.at ? -1 : 1)).slice(0, MOST_EVENTS);
    const reason = UNHEARD[rule] ?? reasonOf(rule);
    return {
      rule,
      reason,
      setting: settingOf(rule, rules),
      events,
      more: all.length - events.length,
    };
  });
}

/** Why what moved is in no story. */
const UNHEARD: Readonly<Record<string, string>> = {
  'first-reading':
    'What a first good answer held, and what a second reading of old bytes found, is no news.',
  'no-story':
    'It begins no story by itself: it is what others say of a model that nobody follows or that is out already, or says little.',
};

/** What is asked about: a story, or a model with all of its stories. */
export interface UntoldView {
  about: string;
  held: readonly HeldBack[];
}

/** What of a story or a model brought no message by itself, and which rule kept it back. Throws `NotFoundError` for what nobody knows. */
export async function untoldOn(
  known: Known,
  typed: string,
  rules: QuietRules,
): Promise<UntoldView> {
  if (typed.startsWith('st_')) {
    const story = await known.store.stories.get(typed as StoryId);
    if (story === null)
      throw new NotFoundError(`There is no story ${typed}: firsthand stories`, []);
    return { about: story.title === '' ? story.id : story.title, held: heldBackIn([story], rules) };
  }
  const subject = subjectNamed(known, typed);
  const { rows } = await known.store.stories.list({ subject: subject.id, limit: MOST_STORIES });
  const own = rows.map((story) => ({
    ...story,
    events: story.events.filter((event) => event.subject === subject.id),
  }));
  const inStory = new Set<string>(rows.flatMap(({ events }) => events.map(({ ref }) => ref)));
  const moves = await known.store.reads.transitions({ subject: subject.id });
  const left = moves.filter(({ id }) => !inStory.has(id));
  const facets = await facetsOf(known, subject.id, left);
  const unheard = left.map((move) => ({
    rule: move.quiet ? 'first-reading' : 'no-story',
    untold: unheardOf(move, facets),
  }));
  return { about: subject.name, held: [...heldBackIn(own, rules), ...grouped(unheard, rules)] };
}

async function facetsOf(
  { store }: Known,
  subject: string,
  moves: readonly Transition[],
): Promise<ReadonlyMap<string, string>> {
  const [last] = moves
    .map(({ at }) => at)
    .sort()
    .reverse();
  if (last === undefined) return new Map();
  const { claims } = await store.claims.record(subject, last);
  return new Map(claims.map((claim) => [claim.key, facetLabel(claim)]));
}

function unheardOf(
  { id, at, subject, claim, from, to }: Transition,
  facets: ReadonlyMap<string, string>,
): Untold {
  const facet = claimWords(facets.get(claim) ?? 'released');
  // A denial moves what nobody says, and leaves its level where it was.
  const how = stepWords({ from: from.level, to: to.level, status: to.status });
  return { at, ref: id, subject, what: `${facet}: ${how}`, story: null };
}
