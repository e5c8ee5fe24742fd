import type { AlertKind, Message, Proof, StoryMessage } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryPart } from '../../domain/story-kind.ts';
import type { Instant } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { plain } from '../render/plain.ts';
import { confirmedFacts, correctionsOf, type FactSources, talkFacts } from './facts.ts';
import { isSnapshot } from './family.ts';
import { isTurn, isUntold, pendingIn } from './gather.ts';
import type { Assessed, Happening } from './happening.ts';
import { listWords, uncheckedSentences } from './sentences.ts';
import { headlineOf } from './titles.ts';

export interface Telling {
  at: Instant;
  /** What is known now of the subjects of the story, in its order. */
  assessed: readonly Assessed[];
  nameOf: (publisher: string) => string;
  pictures?: Happening['pictures'];
}

export interface ToldStory {
  story: Story;
  /** Null when what waited no longer holds. */
  message: Message | null;
}

/**
 * Tells what waits in a story: one message with all of it, or none when it no longer holds. The story comes back with
 * its events told.
 */
export function tellStory(story: Story, telling: Telling): ToldStory {
  const waiting = pendingIn(story);
  const told = waiting.filter((event) => holds(event, telling.assessed));
  const settled = { ...story, dueAt: null };
  if (told.length === 0) return { story: withdrawn(settled, waiting), message: null };
  const part = partOf(story, told);
  const message = messageOf(story, part, told, telling);
  const isTold = new Set<StoryEvent>(waiting);
  return {
    message,
    story: {
      ...settled,
      title: message.title,
      events: story.events.map((event) =>
        isTold.has(event) ? { ...event, alert: message.alert } : event,
      ),
    },
  };
}

/** What passed before anybody was told is noted, and never told. */
function withdrawn(story: Story, waiting: readonly StoryEvent[]): Story {
  const gone = new Set(waiting);
  const events = story.events.map(
    (event): StoryEvent => (gone.has(event) ? { ...event, weight: 'notes', rule: 'hold' } : event),
  );
  return { ...story, events };
}

/** Whether the level that moved is still the one it moved to; a page that changed has changed. */
function holds({ move, subject, ref }: StoryEvent, assessed: readonly Assessed[]): boolean {
  if (move === null) return true;
  const known = assessed.find((one) => one.subject.id === subject);
  if (known === undefined) return true;
  const now = known.verdicts.find((verdict) => labelOf(verdict) === move.facet);
  return now === undefined || ref === '' || now.level === move.to;
}

function labelOf({ claim }: Verdict): string {
  const place = Object.values(claim.qualifiers).join('.');
  const value = claim.value === null ? '' : `@${claim.value}`;
  return `${claim.facet}${value}${place === '' ? '' : `:${place}`}`;
}

function partOf(story: Story, told: readonly StoryEvent[]): StoryPart {
  if (isUntold(story) || isTurn(story, told)) return 'opening';
  return told.some(({ weight }) => weight === 'opens' || weight === 'grows')
    ? 'growth'
    : 'follow-up';
}

function messageOf(
  story: Story,
  part: StoryPart,
  told: readonly StoryEvent[],
  telling: Telling,
): Message {
  const { at, assessed } = telling;
  const { title, lead } = headlineOf(story, part, told);
  const isNew = new Set(told.map(({ subject, move }) => `${subject} ${move?.facet ?? ''}`));
  const sources: FactSources = { ...telling, fresh: isNew };
  const isTalk = story.kind === 'rumor';
  const facts = isTalk ? talkFacts(assessed, sources) : confirmedFacts(assessed, sources);
  const main = story.subjects[0] ?? '';
  const changes = told.flatMap(({ change }) => change ?? []);
  const about: StoryMessage = {
    ...{ id: story.id, kind: story.kind, part, lead },
    subjects: story.subjects.map((id) => ({ id, name: nameIn(story, id) })),
    facts: part === 'opening' || facts.some((fact) => fact.isNew) ? facts : [],
    also: alsoOf(story, told),
    corrections: part === 'follow-up' ? [] : correctionsOf(assessed),
  };
  return {
    alert: idOf('al', story.id, part, at, ...told.map(({ ref }) => ref)),
    kind: alertKind(story, part, assessed, told),
    at,
    thread: story.thread,
    title,
    subject: main,
    name: nameIn(story, main),
    vendor: story.vendor,
    moves: told.flatMap(({ move }) => move ?? []),
    proofs: proofsIn(about),
    changes,
    unchecked: part === 'follow-up' ? [] : uncheckedSentences(headlines(assessed)),
    because: [],
    entries: [],
    story: about,
  };
}

function headlines(assessed: readonly Assessed[]): readonly Verdict[] {
  const [first] = assessed;
  return (first?.verdicts ?? []).filter(({ claim }) => claim.facet === 'released');
}

function nameIn({ events }: Story, id: string): string {
  return plain(events.find(({ subject }) => subject === id)?.name ?? id);
}

/** What was noted and is worth a line beside what is told. */
function alsoOf(story: Story, told: readonly StoryEvent[]): readonly string[] {
  const twins = story.events.filter(({ subject }) => isSnapshot({ id: subject, kind: 'model' }));
  const ids = [...new Set(twins.map(({ subject }) => subject))];
  const pages = story.events.filter(
    ({ change, alert, weight }) => change !== null && alert === null && weight === 'notes',
  );
  const shown = new Set(told.flatMap(({ change }) => change?.change ?? []));
  const titles = pages.flatMap(({ change }) =>
    change === null || shown.has(change.change) ? [] : `“${plain(change.title)}”`,
  );
  const isEnd = story.kind === 'retirement';
  return [
    ...(ids.length === 0 || isEnd ? [] : [`Snapshots: ${listWords(ids, 8)}.`]),
    ...(titles.length === 0
      ? []
      : [`Also on the vendor's pages: ${listWords([...new Set(titles)], 4)}.`]),
  ];
}

function proofsIn({ facts }: StoryMessage): readonly Proof[] {
  const byUrl = new Map<string, Proof>();
  for (const { proof } of [...facts].sort((a, b) => Number(b.isNew) - Number(a.isNew))) {
    if (proof !== null && !byUrl.has(proof.url)) byUrl.set(proof.url, proof);
  }
  return [...byUrl.values()].slice(0, 8);
}

/** The kind by which routes ask for it. */
function alertKind(
  story: Story,
  part: StoryPart,
  assessed: readonly Assessed[],
  told: readonly StoryEvent[],
): AlertKind {
  const discovered = assessed[0]?.subject.discovered;
  const isRevealed = discovered?.firstHand === true && discovered.baseline !== true;
  if (story.kind === 'launch' && part === 'opening' && isRevealed) return 'discovery';
  return told.some(({ move }) => move !== null) ? 'level' : 'source';
}
