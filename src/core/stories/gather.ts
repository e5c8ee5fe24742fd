import { bareFacet } from '../../domain/claim.ts';
import { groupedBy } from '../../domain/groups.ts';
import { idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { STORY_KINDS, type StoryKind } from '../../domain/story-kind.ts';
import { DAY, elapsed, type Instant, plus } from '../../domain/time.ts';
import { nextSlot } from '../alerts/calendar.ts';
import { familyOf, isKin, modelOf, sharesName } from './family.ts';
import type { Candidate } from './level-events.ts';
import type { QuietRules } from './quiet-rules.ts';
import { type Gathering, lowered, unlessOff } from './weight-in-story.ts';

/**
 * Puts what happened at one check into stories. `open` holds the stories of the vendor that may still grow. What joins
 * none of them becomes one new story, whatever it names: one edit of one page is at most one alert.
 */
export function gather(
  candidates: readonly Candidate[],
  open: readonly Story[],
  gathering: Gathering,
): readonly Story[] {
  const touched = new Map<string, Story>();
  const fresh: Candidate[] = [];
  const join = (one: Candidate, home: Story) => touched.set(home.id, grown(home, one, gathering));
  for (const one of ordered(candidates)) {
    const current = open.map((story) => touched.get(story.id) ?? story);
    const home = current.find((story) => joins(one, story, gathering));
    if (home === undefined) fresh.push(one);
    else join(one, home);
  }
  const left = fresh.filter((one) => {
    const home = [...touched.values()].find((story) => goesOnWith(one, story, gathering.at));
    if (home !== undefined) join(one, home);
    return home === undefined;
  });
  const opened = byNature(left)
    .flatMap((some) => apart(some))
    .flatMap((some) => openStory(some, gathering) ?? []);
  return [...touched.values(), ...opened].map((story) => scheduled(story, gathering));
}

/** Whether a launch of the family goes on at this very check: a preview weeks ago, and now all of it. */
function goesOnWith({ kind, event }: Candidate, story: Story, at: Instant): boolean {
  if (story.kind !== 'launch' || event.weight === 'notes') return false;
  if (kind !== 'launch' && kind !== 'availability') return false;
  const family = familyOf(event.subject);
  return (
    story.subjects.some((subject) => familyOf(subject) === family) &&
    story.events.some((one) => one.at === at && one.weight !== 'notes')
  );
}

/** What begins, what ends and what is taken back are stories of their own, though one edit tells of them all. */
function byNature(fresh: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const weighty = fresh.filter(({ event }) => event.weight !== 'notes');
  const natureOf = ({ event }: Candidate): 'news' | 'end' | 'loss' => {
    const kinds = weighty
      .filter((one) => one.event.subject === event.subject)
      .map(({ kind }) => kind);
    if (kinds.includes('withdrawal')) return 'loss';
    return kinds.includes('retirement') && !kinds.includes('launch') ? 'end' : 'news';
  };
  return [...groupedBy(fresh, natureOf).values()];
}

/** More new rows than this at once are an edit of a list, and one story. */
const MOST_APART = 3;

/** New rows of a model list whose names have nothing in common are launches of their own; everything else is one story. */
function apart(fresh: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const heads = fresh.filter(
    ({ kind, event, isRow }) => kind === 'launch' && event.weight === 'opens' && isRow === true,
  );
  const groups: StoryEvent[][] = [];
  for (const { event } of heads) {
    const kin = groups.find((some) => some.some((one) => isKin(one.subject, event.subject)));
    if (kin === undefined) groups.push([event]);
    else kin.push(event);
  }
  if (groups.length < 2 || groups.length > MOST_APART) return [fresh];
  const homeOf = ({ event }: Candidate) =>
    groups.find((some) => some.some((one) => isKin(one.subject, event.subject))) ?? groups[0];
  return groups.map((group) => fresh.filter((one) => homeOf(one) === group));
}

/** The weightiest first, so that what is opened beside it finds its story; a model before its snapshots. */
function ordered(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      STORY_KINDS.indexOf(a.kind) - STORY_KINDS.indexOf(b.kind) ||
      WEIGHTS.indexOf(a.event.weight) - WEIGHTS.indexOf(b.event.weight) ||
      a.event.subject.length - b.event.subject.length,
  );
}

const WEIGHTS = ['opens', 'grows', 'gathers', 'notes'] as const;

/** What a story of a kind takes in beside its own kind. */
const TAKES: Readonly<Record<StoryKind, readonly StoryKind[]>> = {
  launch: ['availability', 'price', 'documentation', 'rumor', 'withdrawal'],
  availability: ['price', 'documentation', 'withdrawal'],
  retirement: ['withdrawal', 'documentation'],
  withdrawal: ['availability'],
  price: ['documentation'],
  // What an entry spoke of, and lists show before anybody was told of the entry.
  documentation: ['launch', 'availability', 'price', 'retirement'],
  // A model that was talked about and is out by now: the story goes on under the same id.
  rumor: ['launch', 'availability', 'withdrawal'],
  source: [],
};

function joins({ kind, event }: Candidate, story: Story, { at, rules }: Gathering): boolean {
  const isKin = story.kind === kind || TAKES[story.kind].includes(kind);
  if (!isKin || elapsed(story.updatedAt, at) > rules.storyWindow) return false;
  const { subjects } = story;
  const isMember = subjects.includes(event.subject) || subjects.includes(modelOf(event.subject));
  const isFamily = story.family !== '' && story.family === familyOf(event.subject);
  const age = elapsed(story.openedAt, at);
  // What is gone is no part of what came.
  const addsToFamily = event.weight !== 'notes' && kind !== 'withdrawal';
  switch (story.kind) {
    case 'documentation':
      if (story.dueAt === null) return false;
      // All edits of a morning are one message: a site that is rebuilt changes every page.
      return kind === 'documentation' || isMember || isFamily;
    case 'retirement':
      return isMember || endsWith(event, story);
    default:
      return isMember ? lasts(kind, age, rules) : isOpenToFamily() && isRelated();
  }
  /** Until one of it is in the API, a launch is on its way, however long ago it was previewed. */
  function isOpenToFamily(): boolean {
    if (age <= rules.familyWindow) return true;
    if (story.kind !== 'launch' || age > rules.storyWindow) return false;
    const listed = inApiSince(story);
    return listed === null || elapsed(listed, at) <= rules.familyWindow;
  }
  function isRelated(): boolean {
    if (!addsToFamily) return false;
    return isFamily || (story.kind === 'launch' && isNamedAlike(event, story));
  }
}

function inApiSince({ events }: Story): Instant | null {
  const listed = events.find(
    ({ move, weight }) =>
      weight !== 'notes' && move?.to === 'confirmed' && bareFacet(move.facet) === 'api_listed',
  );
  return listed?.at ?? null;
}

/** What others say of a model may go on for months, and so may its way from a preview to every surface. */
function lasts(kind: StoryKind, age: number, { storyWindow }: QuietRules): boolean {
  const isLong = kind === 'rumor' || kind === 'launch' || kind === 'availability';
  return age <= (isLong ? 4 : 1) * storyWindow;
}

/** Whether a post of the newsroom and a list of models give one launch two names. */
function isNamedAlike({ name }: StoryEvent, { events }: Story): boolean {
  return events.some((one) => one.weight === 'opens' && sharesName(one.name, name));
}

/** Whether it ends on the day on which others of the story end. */
function endsWith({ day }: StoryEvent, { events }: Story): boolean {
  return day !== null && events.some((one) => one.day === day);
}

/** The kind a story has with one more event: a rumor has become a launch when a vendor confirms it, and is over when it is denied. */
function kindOf(story: Story, kind: StoryKind, { move, weight }: StoryEvent): StoryKind {
  if (story.kind === 'documentation') return weight === 'notes' ? story.kind : kind;
  if (story.kind !== 'rumor' || kind === 'rumor') return story.kind;
  const isDenied = kind === 'withdrawal' && weight !== 'notes';
  return move?.to === 'confirmed' || isDenied ? kind : story.kind;
}

function grown(story: Story, one: Candidate, gathering: Gathering): Story {
  const event: StoryEvent =
    one.kind === 'rumor' && story.kind !== 'rumor'
      ? unlessOff({ ...one.event, weight: 'notes', rule: 'after-confirmation' }, gathering.rules)
      : lowered(one, story, gathering);
  if (story.events.some(({ ref, subject }) => ref === event.ref && subject === event.subject)) {
    return story;
  }
  return {
    ...story,
    kind: kindOf(story, one.kind, event),
    subjects: [
      ...new Set([...story.subjects, ...(event.weight === 'notes' ? [] : [event.subject])]),
    ],
    updatedAt: gathering.at,
    events: [...story.events, event],
  };
}

function openStory(fresh: readonly Candidate[], gathering: Gathering): Story | null {
  const { at, vendor } = gathering;
  const counted = fresh.map((one) => ({ ...one, event: lowered(one, null, gathering) }));
  const [first] = counted
    .filter(({ event, kind }) => opens(event, kind))
    .sort((a, b) => STORY_KINDS.indexOf(a.kind) - STORY_KINDS.indexOf(b.kind));
  if (first === undefined) return null;
  const subjects = [
    ...new Set([
      first.event.subject,
      ...counted.flatMap(({ event }) => (event.weight === 'notes' ? [] : event.subject)),
    ]),
  ];
  const members = new Set(subjects);
  const isAlone = new Set(subjects.map(familyOf)).size === 1;
  return {
    id: idOf('st', first.kind, first.event.subject, at),
    kind: first.kind,
    vendor,
    family: isAlone ? familyOf(first.event.subject) : '',
    title: '',
    subjects,
    thread: `${first.event.subject}@${at}`,
    openedAt: at,
    updatedAt: at,
    dueAt: null,
    events: counted
      .map(({ event }) => event)
      .filter(({ subject, weight }) => weight !== 'notes' || members.has(subject)),
  };
}

/** Whether an event may begin a story: alone, what only adds to another is nothing to tell. */
function opens({ weight, rule }: StoryEvent, kind: StoryKind): boolean {
  if (weight === 'opens') return true;
  if (weight === 'grows') return kind === 'withdrawal' || kind === 'retirement';
  if (weight !== 'gathers') return false;
  return (
    rule === 'follow-up' ||
    kind === 'documentation' ||
    kind === 'retirement' ||
    (kind === 'launch' && rule === 'of-its-model')
  );
}

/** When a story is told next: at once when it opens or is confirmed, and else when what waits has waited. */
function scheduled(story: Story, { at, rules }: Gathering): Story {
  const pending = pendingIn(story);
  const weights = new Set(pending.map(({ weight }) => weight));
  if (weights.size === 0) return story;
  const moments: Instant[] = [];
  if (weights.has('opens') && isTurn(story, pending)) moments.push(at);
  else if (weights.has('opens') || weights.has('grows')) moments.push(plus(at, rules.gather));
  else if (story.kind === 'launch' && isUntold(story)) moments.push(at);
  const isPassed = pending.every(({ rule }) => rule === 'day-passed');
  const from = isPassed ? DAY : 1;
  if (weights.has('gathers')) moments.push(nextSlot(plus(at, from), rules.followUp, rules.zone));
  if (story.dueAt !== null) moments.push(story.dueAt);
  return { ...story, dueAt: moments.sort()[0] ?? null };
}

/** What happened and was not told: everything but what is only noted. */
export function pendingIn({ events }: Story): readonly StoryEvent[] {
  return events.filter(({ alert, weight }) => alert === null && weight !== 'notes');
}

export function isUntold({ events }: Story): boolean {
  return events.every(({ alert }) => alert === null);
}

/** Whether the story opens with it, or a vendor's word makes a fact of a rumor. */
export function isTurn(story: Story, pending: readonly StoryEvent[]): boolean {
  if (isUntold(story)) return true;
  const wasConfirmed = story.events.some(
    ({ alert, move }) => alert !== null && move?.to === 'confirmed',
  );
  return !wasConfirmed && pending.some(({ move }) => move?.to === 'confirmed');
}
