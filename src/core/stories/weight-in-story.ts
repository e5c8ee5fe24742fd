import { bareFacet } from '../../domain/claim.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { elapsed, type Instant } from '../../domain/time.ts';
import { modelOf } from './family.ts';
import type { Candidate } from './level-events.ts';
import { isPriceAgain, tellsOfPrice } from './price-figures.ts';
import type { QuietReason, QuietRules } from './quiet-rules.ts';

export interface Gathering {
  at: Instant;
  vendor: string;
  rules: QuietRules;
  /** What was told of these subjects before, in whatever story. */
  told: readonly StoryEvent[];
}

/** An event as it counts in its story: what was told before, or goes without saying there, is only noted. */
export function lowered(one: Candidate, story: Story | null, gathering: Gathering): StoryEvent {
  const isKnown = one.event.weight !== 'notes' && isToldElsewhere(one, story, gathering);
  const event: StoryEvent = isKnown
    ? { ...one.event, weight: 'notes', rule: 'told-before' }
    : one.event;
  return unlessOff(quietened(event, story, gathering), gathering.rules);
}

/** An entry on what another page has shown before: a launch or an end that several channels give is told once. */
function isToldElsewhere(
  { event, states }: Candidate,
  story: Story | null,
  { told, rules, at }: Gathering,
): boolean {
  if (states === undefined || states.size === 0) return false;
  const pending = story?.events.filter(({ weight }) => weight !== 'notes') ?? [];
  return [...told, ...pending].some(
    ({ subject, move, at: since }) =>
      subject === event.subject &&
      move?.to === 'confirmed' &&
      [...states].some((facet) => facet === bareFacet(move.facet)) &&
      elapsed(since, at) <= (isEndFacet(move.facet) ? rules.storyWindow : rules.familyWindow),
  );
}

/** Another day for an end is told by itself; a model that came may come to more places weeks later. */
function isEndFacet(label: string): boolean {
  return ['retired', 'deprecated'].includes(bareFacet(label));
}

/** What a rule that is off would keep back is told in the follow-up. */
export function unlessOff(event: StoryEvent, { tellAlso }: QuietRules): StoryEvent {
  const isOff = event.weight === 'notes' && tellAlso.some((rule) => rule === event.rule);
  return isOff ? { ...event, weight: 'gathers', rule: 'follow-up' } : event;
}

function quietened(event: StoryEvent, story: Story | null, gathering: Gathering): StoryEvent {
  if (event.weight === 'notes') return event;
  if (event.change !== null && story !== null && tellsOfPrice(event.change, story)) {
    return { ...event, weight: 'notes', rule: 'told-before' };
  }
  if (event.move === null) return event;
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
  // A price is told by its figures: what stands on the page must be what was told last.
  const isPrice = event.move !== null && bareFacet(event.move.facet) === 'priced';
  const isSaid = (one: StoryEvent) => keyOf(one) === key && !fellSince(one, event, story);
  const isOtherDay = isMovedDay(event, [...told, ...inStory]);
  if (!isPrice && !isOtherDay && inStory.some(isSaid)) return 'told-before';
  if (isBareRelease(event) && inStory.some((one) => isReleaseOf(event.subject, one))) {
    return 'told-before';
  }
  if (model !== event.subject && inStory.some((one) => one.subject === model)) {
    return 'of-its-model';
  }
  if (event.rule === 'never-told' && !wasTold(event, told)) return 'never-told';
  if (isPriceAgain(event, [...told, ...inStory], rules)) return 'told-before';
  const repeats = told.filter(
    (one) => keyOf(one) === key && elapsed(one.at, at) <= rules.repeat && event.day === one.day,
  );
  if (repeats.length > (isPrice || isOtherDay ? 1 : 0)) return 'once-a-week';
  return wasEnded(event, told) ? 'retirement-known' : null;
}

/** Whether another day than this was said last for an end: one that is moved back is moved. */
function isMovedDay({ subject, move, day }: StoryEvent, said: readonly StoryEvent[]): boolean {
  if (day === null) return false;
  const last = said.findLast(
    (one) =>
      one.subject === subject &&
      one.day !== null &&
      one.move?.facet === move?.facet &&
      one.move?.status === move?.status,
  );
  return last !== undefined && last.day !== day;
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

/** Whether somebody was told that it is gone: that is told once. That its day has come is as much, of what nobody follows. */
function wasEnded({ subject, move, rule }: StoryEvent, told: readonly StoryEvent[]): boolean {
  const isToldOf = (one: StoryEvent) =>
    isEnd(one) && (one.move?.status === 'in_effect' || rule === 'not-followed');
  return isEnd({ move }) && told.some((one) => one.subject === subject && isToldOf(one));
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
