import { bareFacet } from '../../domain/claim.ts';
import { idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { STORY_KINDS, type StoryKind } from '../../domain/story-kind.ts';
import { elapsed, type Instant, plus } from '../../domain/time.ts';
import { nextSlot } from '../alerts/calendar.ts';
import { familyOf, modelOf, sharesName } from './family.ts';
import type { Candidate } from './level-events.ts';
import type { QuietReason, QuietRules } from './quiet-rules.ts';

export interface Gathering {
  at: Instant;
  vendor: string;
  rules: QuietRules;
  /** What was told of these subjects before, in whatever story. */
  told: readonly StoryEvent[];
}

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
  const stories = [...open];
  for (const one of ordered(candidates)) {
    const current = stories.map((story) => touched.get(story.id) ?? story);
    const home = current.find((story) => joins(one, story, gathering));
    if (home === undefined) fresh.push(one);
    else touched.set(home.id, grown(home, one, gathering));
  }
  const opened = openStory(fresh, gathering);
  return [...touched.values(), ...(opened === null ? [] : [opened])].map((story) =>
    scheduled(story, gathering),
  );
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
  price: [],
  documentation: [],
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
  switch (story.kind) {
    case 'documentation':
      return (isMember || isFamily) && story.dueAt !== null;
    case 'retirement':
      return isMember || endsWith(event, story);
    default:
      return isMember ? lasts(kind, age, rules) : age <= rules.familyWindow && isRelated();
  }
  function isRelated(): boolean {
    if (event.weight === 'notes') return false;
    return isFamily || (story.kind === 'launch' && isNamedAlike(event, story));
  }
}

/** What others say of a model may go on for months, and is one story. */
function lasts(kind: StoryKind, age: number, { storyWindow }: QuietRules): boolean {
  return age <= (kind === 'rumor' ? 4 : 1) * storyWindow;
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
  if (story.kind !== 'rumor' || kind === 'rumor') return story.kind;
  const isDenied = kind === 'withdrawal' && weight !== 'notes';
  return move?.to === 'confirmed' || isDenied ? kind : story.kind;
}

function grown(story: Story, one: Candidate, gathering: Gathering): Story {
  const event: StoryEvent =
    one.kind === 'rumor' && story.kind !== 'rumor'
      ? { ...one.event, weight: 'notes', rule: 'after-confirmation' }
      : lowered(one.event, story, gathering);
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

/** An event as it counts in its story: what was told before, or goes without saying there, is only noted. */
function lowered(event: StoryEvent, story: Story | null, gathering: Gathering): StoryEvent {
  if (event.weight === 'notes' || event.move === null) return event;
  const inStory = story?.events.filter(({ weight }) => weight !== 'notes') ?? [];
  const rule = quietRule(event, story, inStory, gathering);
  if (rule !== null) return { ...event, weight: 'notes', rule };
  const isOfOneEnd = isEnd(event) && inStory.some((one) => endedWith(one, event));
  if (!isOfOneEnd) return event;
  if (event.rule === 'not-followed') return { ...event, weight: 'notes', rule: 'retirement-known' };
  return { ...event, weight: 'gathers', rule: 'follow-up' };
}

/** The rule for which an event is only noted. */
function quietRule(
  event: StoryEvent,
  story: Story | null,
  inStory: readonly StoryEvent[],
  { told, rules, at }: Gathering,
): QuietReason | null {
  const key = keyOf(event);
  const model = modelOf(event.subject);
  if (inStory.some((one) => keyOf(one) === key && !fellSince(one, event, story))) {
    return 'told-before';
  }
  if (isBareRelease(event) && inStory.some((one) => isReleaseOf(event.subject, one))) {
    return 'told-before';
  }
  if (model !== event.subject && inStory.some((one) => one.subject === model)) {
    return 'of-its-model';
  }
  if (event.rule === 'never-told' && !wasTold(event, told)) return 'never-told';
  const isRepeat = told.some(
    (one) => keyOf(one) === key && elapsed(one.at, at) <= rules.repeat && event.day === one.day,
  );
  if (isRepeat) return 'once-a-week';
  return wasEnded(event, told) ? 'retirement-known' : null;
}

/** That a model is out follows from where it can be had, and adds nothing once that is told. */
function isBareRelease({ move }: StoryEvent): boolean {
  return move?.facet === 'released' && move.to === 'confirmed';
}

function isReleaseOf(subject: string, { subject: of, move, weight, alert }: StoryEvent): boolean {
  return of === subject && weight === 'opens' && move?.to === 'confirmed' && alert !== null;
}

function wasTold({ subject, move }: StoryEvent, told: readonly StoryEvent[]): boolean {
  return told.some((one) => one.subject === subject && one.move?.facet === move?.facet);
}

/** Whether somebody was told that its day has come: that it is gone is told once. */
function wasEnded({ subject, move }: StoryEvent, told: readonly StoryEvent[]): boolean {
  return isEnd({ move }) && told.some((one) => one.subject === subject && isEnd(one));
}

function isEnd({ move }: Pick<StoryEvent, 'move'>): boolean {
  return (
    move !== null &&
    bareFacet(move.facet) === 'retired' &&
    (move.status === 'in_effect' || move.status === 'due')
  );
}

/** Whether somebody was told that others have come to the same end on the same day. */
function endedWith(one: StoryEvent, event: StoryEvent): boolean {
  return one.alert !== null && one.day !== null && one.day === event.day && isEnd(one);
}

/** Whether the level was lost in between, so that reaching it again says something. */
function fellSince(one: StoryEvent, event: StoryEvent, story: Story | null): boolean {
  return (
    story?.events.some(
      ({ move, at, subject }) =>
        move?.to === 'withdrawn' &&
        subject === event.subject &&
        move.facet === event.move?.facet &&
        at > one.at,
    ) ?? false
  );
}

/** What a level is told as: of a model, a facet, a level, and for an end its status and day. */
function keyOf({ subject, move, day }: StoryEvent): string {
  if (move === null) return '';
  const end = bareFacet(move.facet) === 'retired' ? `${move.status} ${day ?? ''}` : '';
  return `${subject} ${move.facet} ${move.to} ${end}`;
}

function openStory(fresh: readonly Candidate[], gathering: Gathering): Story | null {
  const { at, vendor } = gathering;
  const counted = fresh.map((one) => ({ ...one, event: lowered(one.event, null, gathering) }));
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
  if (weights.has('gathers')) moments.push(nextSlot(plus(at, 1), rules.followUp, rules.zone));
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
