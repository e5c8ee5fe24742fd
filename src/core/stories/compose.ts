import type { AlertKind, Message, Proof, StoryFact, StoryMessage } from '../../domain/alert.ts';
import { bareFacet, facetLabel } from '../../domain/claim.ts';
import { firstOfEach } from '../../domain/groups.ts';
import { idOf } from '../../domain/ids.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { StoryPart } from '../../domain/story-kind.ts';
import type { Instant } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { plain } from '../render/plain.ts';
import { confirmedFacts, correctionsOf, type FactSources, type StorySources } from './facts.ts';
import { type Assessed, isSnapshot } from './family.ts';
import { isTurn, isUntold, pendingIn } from './gather.ts';
import { dayBefore, dayOfEnd } from './moved-end.ts';
import { priceBefore } from './price-figures.ts';
import { listWords, uncheckedSentences } from './sentences.ts';
import { denialOf, talkFacts, talkIn } from './talk.ts';
import { headlineOf } from './titles.ts';

export interface StoryContext extends StorySources {
  at: Instant;
  /** What is known now of the subjects of the story, in its order. */
  assessed: readonly Assessed[];
  vendorName: (vendor: string) => string;
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
export function tellStory(story: Story, context: StoryContext): ToldStory {
  const waiting = pendingIn(story);
  const asNow = new Map(waiting.map((event) => [event, endAsNow(event, context.assessed)]));
  const told = [...asNow.values()]
    .filter((event) => holds(event, context.assessed))
    .filter((event) => !isOutdated(event, story, context.assessed));
  const settled = { ...story, dueAt: null };
  if (told.length === 0) return { story: withdrawn(settled, waiting), message: null };
  const part = partOf(story, told);
  const message = messageOf(story, part, told, context);
  const noted = part === 'follow-up' ? [] : story.events.filter(isNoted);
  const isTold = new Set<StoryEvent>([...waiting, ...noted]);
  return {
    message,
    story: {
      ...settled,
      // What a story has come to is said by what weighs in it, not by what was gathered after.
      title: part === 'follow-up' && story.title !== '' ? story.title : message.title,
      events: story.events.map((event) =>
        isTold.has(event) ? { ...(asNow.get(event) ?? event), alert: message.alert } : event,
      ),
    },
  };
}

/** What passed before anybody was told is noted, and never told. */
function withdrawn(story: Story, waiting: readonly StoryEvent[]): Story {
  const events = story.events.map(
    (event): StoryEvent =>
      waiting.includes(event) ? { ...event, weight: 'notes', rule: 'hold' } : event,
  );
  return { ...story, events };
}

/** An end that waited to be told and has come into effect since is told as what it is now. */
function endAsNow(event: StoryEvent, assessed: readonly Assessed[]): StoryEvent {
  const { move } = event;
  if (move === null || bareFacet(move.facet) !== 'retired' || move.status !== 'due') return event;
  const { verdict } = aboutIn(event, assessed);
  const isOver = verdict?.level === 'confirmed' && verdict.status === 'in_effect';
  return isOver ? { ...event, move: { ...move, status: 'in_effect' } } : event;
}

/** Whether the level that moved is still the one it moved to; a page that changed has changed. */
function holds(event: StoryEvent, assessed: readonly Assessed[]): boolean {
  const { move, ref } = event;
  const { verdict } = aboutIn(event, assessed);
  return move === null || verdict === undefined || ref === '' || verdict.level === move.to;
}

/** A price or a day that waited to be told and is another one by now, or is again what was told last. */
function isOutdated(event: StoryEvent, { events }: Story, assessed: readonly Assessed[]): boolean {
  const { subject, move, day, at } = event;
  const isPrice = move?.facet.startsWith('priced@') === true;
  if (move === null || !(isPrice || (day !== null && move.status === 'scheduled'))) return false;
  const said = ({ move: other, day: set }: StoryEvent) => `${other?.facet} ${other?.status} ${set}`;
  const alike = events.filter(
    (one) =>
      one.subject === subject &&
      (isPrice
        ? one.move?.facet.startsWith('priced@') === true
        : one.move?.facet === move.facet && one.move.status === move.status),
  );
  const last = alike.findLast(({ alert }) => alert !== null);
  if (last !== undefined && said(last) === said(event)) return true;
  if (isPrice) return alike.some((one) => one.alert === null && one.at > at);
  const { known, verdict } = aboutIn(event, assessed);
  return known !== undefined && verdict !== undefined && dayOfEnd(verdict, known.evidence) !== day;
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
  context: StoryContext,
): Message {
  const { at, assessed } = context;
  const { title, lead } = headlineOf(story, part, told, {
    isFollowed: context.isFollowed,
    vendor: context.vendorName(story.vendor),
    priceBefore: (event) => formerPrice(event, assessed),
    isByVendor: (event) => isByVendor(event, assessed),
    dayBefore: (event) => formerDay(event, assessed),
  });
  const facts = factsOf(story, part, told, context);
  const main = mainSubject(story, told, context);
  const about: StoryMessage = {
    ...{ id: story.id, kind: story.kind, part, lead, facts },
    subjects: story.subjects.map((id) => ({ id, name: nameIn(story, id) })),
    also: part === 'follow-up' ? [] : alsoOf(story, told, facts, context),
    corrections: part === 'follow-up' ? [] : correctionsOf(assessed, context, toldAt(story)),
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
    changes: told.flatMap(({ change }) => change ?? []),
    unchecked: isOpen(story, part) ? uncheckedSentences(headlines(assessed, main)) : [],
    because: [],
    entries: [],
    story: about,
  };
}

/** What is known in all when it opens, and of a follow-up what is new in it. */
function factsOf(
  { kind }: Story,
  part: StoryPart,
  told: readonly StoryEvent[],
  { assessed, ...context }: StoryContext,
): readonly StoryFact[] {
  const fresh = new Set(told.map(({ subject, move }) => `${subject} ${move?.facet ?? ''}`));
  const sources: FactSources = { ...context, fresh, isFreshAlone: part === 'follow-up' };
  const facts =
    kind === 'rumor'
      ? talkFacts(talkIn(told), assessed, sources)
      : confirmedFacts(kind, assessed, sources);
  if (part === 'opening') return facts;
  const isNews = facts.some(({ isNew }) => isNew);
  return isNews && part === 'growth' ? facts : facts.filter(({ isNew }) => isNew);
}

/** The subject that is told of, one that people follow first. */
function mainSubject(
  story: Story,
  told: readonly StoryEvent[],
  { isFollowed }: StoryContext,
): string {
  const moved = new Set(told.map(({ subject }) => subject));
  const inIt = story.subjects.filter((id) => moved.has(id));
  return inIt.find(isFollowed) ?? inIt[0] ?? story.subjects[0] ?? '';
}

/** Whether what could not be read may still add to it. */
function isOpen({ kind }: Story, part: StoryPart): boolean {
  return part !== 'follow-up' && !['retirement', 'price', 'documentation'].includes(kind);
}

function formerPrice(event: StoryEvent, assessed: readonly Assessed[]) {
  const { known, verdict } = aboutIn(event, assessed);
  const value = verdict?.claim.value ?? null;
  if (known === undefined || verdict === undefined || value === null) return null;
  return priceBefore(value, verdict.decisive, { ...known, at: event.at });
}

function formerDay(event: StoryEvent, assessed: readonly Assessed[]) {
  const { known, verdict } = aboutIn(event, assessed);
  return known === undefined || verdict === undefined ? null : dayBefore(verdict, known, event.at);
}

function isByVendor(event: StoryEvent, assessed: readonly Assessed[]): boolean {
  const { known, verdict } = aboutIn(event, assessed);
  const pieces = verdict?.decisive.flatMap((id) => known?.evidence.get(id) ?? []) ?? [];
  return pieces.some(({ publisherClass }) => isVendorClass(publisherClass));
}

function aboutIn({ subject, move }: StoryEvent, assessed: readonly Assessed[]) {
  const known = assessed.find((one) => one.subject.id === subject);
  const verdict = known?.verdicts.find(({ claim }) => facetLabel(claim) === move?.facet);
  return { known, verdict };
}

function headlines(assessed: readonly Assessed[], main: string): readonly Verdict[] {
  const about = assessed.find(({ subject }) => subject.id === main) ?? assessed[0];
  return (about?.verdicts ?? []).filter(({ claim }) => claim.facet === 'released');
}

function nameIn({ events }: Story, id: string): string {
  return plain(events.find(({ subject }) => subject === id)?.name ?? id);
}

/** What was noted since it was told last and is worth a line beside what is told; a title of one word is an id or a version. */
function alsoOf(
  story: Story,
  told: readonly StoryEvent[],
  facts: readonly StoryFact[],
  context: StoryContext,
): readonly string[] {
  if (story.kind === 'rumor') return denialOf(talkIn(told), context.assessed, context);
  if (story.kind !== 'launch' && story.kind !== 'availability') return [];
  const twins = story.events.filter(({ subject }) => isSnapshot({ id: subject, kind: 'model' }));
  const ids = [...new Set(twins.map(({ subject }) => subject))];
  const quoted = facts.map(({ proof }) => plain(proof?.quote ?? ''));
  const shown = new Set(told.flatMap(({ change }) => change?.change ?? []));
  const named = story.events.flatMap(({ name, subject }) => [plain(name).toLowerCase(), subject]);
  const names = new Set(named);
  const titles = story.events
    .filter(isNoted)
    .flatMap(({ change }) => change ?? [])
    .filter(({ change }) => !shown.has(change))
    .map(({ title }) => plain(title))
    .filter((title) => title.includes(' ') && !names.has(bareTitle(title)))
    .filter((title) => !quoted.some((quote) => quote.startsWith(title.replace(/[.…]+$/, ''))));
  const pages = [...new Set(titles)].map((title) => `“${title}”`);
  return [
    ...(ids.length === 0 ? [] : [`Snapshots: ${listWords(ids, 8)}.`]),
    ...(pages.length === 0 ? [] : [`Also on the vendor's pages: ${listWords(pages, 4)}.`]),
  ];
}

/** A title without what stands in brackets at its end: the row of a table is the name of a model and its tier. */
function bareTitle(title: string): string {
  return title.toLowerCase().replace(/ \([^()]*\)$/, '');
}

/** A page that was noted and is told by nothing yet. */
function isNoted({ change, alert, weight }: StoryEvent): boolean {
  return change !== null && alert === null && weight === 'notes';
}

function proofsIn({ facts }: StoryMessage): readonly Proof[] {
  const sorted = facts.toSorted((a, b) => Number(b.isNew) - Number(a.isNew));
  const proofs = sorted.flatMap(({ proof, further = [] }) => [proof ?? [], further].flat());
  return firstOfEach(proofs, ({ url, quote }) => `${url} ${quote}`).slice(0, 8);
}

/** When it was told last by something that happened in it; null for never. */
function toldAt({ events }: Story): Instant | null {
  return events.filter(({ alert }) => alert !== null).at(-1)?.at ?? null;
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
