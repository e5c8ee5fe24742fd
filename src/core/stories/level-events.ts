import type { Move } from '../../domain/alert.ts';
import { type Claim, facetLabel, isBare } from '../../domain/claim.ts';
import type { Facet } from '../../domain/facet.ts';
import type { ClaimKey } from '../../domain/ids.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import type { StoryEvent, StoryWeight } from '../../domain/story.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import { DAY, elapsed, plus } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';
import { rankOf } from '../alerts/route.ts';
import { isSnapshot, type SubjectUpdate } from './family.ts';
import { dayOfEnd, movedEnds } from './moved-end.ts';
import { movedPrices, priceBefore } from './price-figures.ts';
import type { QuietReason } from './quiet-rules.ts';

/** An event with the kind of story it belongs to. */
export interface Candidate {
  kind: StoryKind;
  event: StoryEvent;
  /** A model that rests on the row of a list alone, which says nothing of the rows beside it. */
  isRow?: boolean;
  /** What the entry of a page states first-hand of its subject, by facets. */
  states?: ReadonlySet<Facet>;
}

interface Ruling {
  kind: StoryKind;
  weight: StoryWeight;
  rule?: QuietReason;
}

/** How long the surfaces of one launch take to follow each other. */
const LAUNCH_LASTS = 14 * DAY;

/** Facets that say that people can have a model, or that it is announced. */
const RELEASE_FACETS: ReadonlySet<Facet> = new Set<Facet>([
  'released',
  'announced',
  'api_listed',
  'product_available',
]);

/** Facets that show a model first-hand before it is released. */
const SIGHT_FACETS: ReadonlySet<Facet> = new Set<Facet>([
  'documented',
  'sdk_typed',
  'limited_test',
]);

const TALK_FACETS: ReadonlySet<Facet> = new Set<Facet>([
  ...RELEASE_FACETS,
  'limited_test',
  'exists',
  'date',
]);

/** Facets by which a model was known before: it was out, had a page of its own, or is over. */
const KNOWN_BY: ReadonlySet<Facet> = new Set<Facet>([...RELEASE_FACETS, 'documented', 'retired']);

/** What one judging of a subject adds to stories: one event for each level that moved and was not quiet. */
export function levelEvents(update: SubjectUpdate): readonly Candidate[] {
  if (update.interest === 'none') return [];
  const verdicts = new Map<ClaimKey, Verdict>(
    update.verdicts.map((verdict) => [verdict.claim.key, verdict]),
  );
  const moved = update.transitions
    .filter(({ quiet }) => !quiet)
    .flatMap((transition): readonly Candidate[] => {
      const verdict = verdicts.get(transition.claim);
      const ruling = verdict === undefined ? null : rule(transition, verdict, update);
      if (verdict === undefined || ruling === null) return [];
      return [candidateOf(transition, verdict, ruling, update)];
    });
  return [
    ...moved,
    ...movedEnds(update).map((event) => ({ kind: 'retirement', event }) as const),
    ...movedPrices(update).map((event) => ({ kind: 'price', event }) as const),
  ];
}

function candidateOf(
  transition: Transition,
  verdict: Verdict,
  { kind, weight, rule: reason }: Ruling,
  { subject, at, evidence }: SubjectUpdate,
): Candidate {
  const { id, from, to } = transition;
  const facet = facetLabel(verdict.claim);
  const move: Move = { transition: id, facet, from: from.level, to: to.level, status: to.status };
  const isTwin = isSnapshot(subject) && kind !== 'retirement';
  const pieces = verdict.decisive.flatMap((piece) => evidence.get(piece) ?? []);
  return {
    kind,
    isRow: !subject.moving && pieces.every(({ sourceKind }) => sourceKind === 'model-list'),
    event: {
      ref: id,
      subject: subject.id,
      name: subject.name,
      at,
      weight: isTwin ? twinWeight(weight) : weight,
      rule: isTwin ? 'of-its-model' : (reason ?? null),
      move,
      change: null,
      day: verdict.claim.facet === 'retired' ? dayOfEnd(verdict, evidence) : null,
      alert: null,
    },
  };
}

/** A dated snapshot that nobody told with its model is news in the follow-up; what else is found of it never is. */
function twinWeight(weight: StoryWeight): StoryWeight {
  return weight === 'opens' ? 'gathers' : 'notes';
}

function rule(transition: Transition, verdict: Verdict, update: SubjectUpdate): Ruling | null {
  const { facet } = verdict.claim;
  const { level } = transition.to;
  if (facet === 'retired' || facet === 'deprecated') {
    if (isLongOver(transition, verdict, update)) {
      return { kind: 'retirement', weight: 'notes', rule: 'first-sight' };
    }
    return retirementRuling(transition, verdict, update);
  }
  switch (level) {
    case 'confirmed':
      return confirmedRuling(transition, verdict, update);
    case 'withdrawn':
      return withdrawnRuling(verdict.claim, update);
    case 'contradicted':
      return { kind: 'withdrawal', weight: 'grows', rule: 'never-told' };
    case 'rumor':
    case 'secondary':
      return talkRuling(transition, verdict, update);
    case 'unknown':
      return null;
  }
}

/** Whether the first that is heard of an end is that it came long ago: an archive was put on the page. */
function isLongOver(
  { from }: Transition,
  verdict: Verdict,
  { at, evidence, verdicts }: SubjectUpdate,
): boolean {
  const end = verdict.claim.facet === 'retired' ? verdict : verdicts.find(isEndBare);
  const day = end === undefined ? null : dayOfEnd(end, evidence);
  return from.level !== 'confirmed' && day !== null && elapsed(plus(day, 0), at) > LAUNCH_LASTS;
}

function isEndBare({ claim }: Verdict): boolean {
  return claim.facet === 'retired' && isBare(claim);
}

function retirementRuling(
  { from, to }: Transition,
  { claim: { facet }, decisive }: Verdict,
  { interest, evidence }: SubjectUpdate,
): Ruling | null {
  const kind = 'retirement';
  const isFollowed = interest === 'followed';
  if (to.level === 'secondary' && isFollowed && from.level !== 'confirmed') {
    // A vendor's own row that waits to be seen again is no talk.
    const pieces = decisive.flatMap((id) => evidence.get(id) ?? []);
    const isOwn = pieces.some(({ publisherClass }) => isVendorClass(publisherClass));
    return isOwn ? null : { kind: 'rumor', weight: 'opens' };
  }
  if (to.level !== 'confirmed') return null;
  if (facet === 'deprecated') return { kind, weight: 'gathers' };
  if (to.status === 'due') {
    // The calendar says that it is over, and pages may still show on the day that it is; the rest of the vendor's list
    // is told when they do.
    return isFollowed
      ? { kind, weight: 'gathers', rule: 'day-passed' }
      : { kind, weight: 'notes', rule: 'retirement-known' };
  }
  // Told where it comes alone; beside others that ended on the day it is nothing new to those who follow these.
  return { kind, weight: 'opens', ...(isFollowed ? {} : { rule: 'not-followed' }) };
}

function confirmedRuling(
  { from, to }: Transition,
  { claim, decisive }: Verdict,
  update: SubjectUpdate,
): Ruling | null {
  if (from.level === to.level) return null;
  const isNew = !wasKnown(update);
  const kind: StoryKind = isNew ? 'launch' : 'availability';
  if (update.subject.kind === 'codename') return { kind, weight: 'notes', rule: 'code-name' };
  const { facet, value } = claim;
  if (facet === 'priced') return priceRuling(value, decisive, update, isNew);
  if (value !== null) return { kind, weight: 'notes', rule: 'minor-facet' };
  if (RELEASE_FACETS.has(facet)) {
    return kind === 'launch' || update.interest === 'followed'
      ? { kind, weight: 'opens' }
      : { kind, weight: 'notes', rule: 'not-followed' };
  }
  if (SIGHT_FACETS.has(facet)) {
    const isSight =
      isNew && update.interest === 'followed' && !isAside(decisive, update) && !isOut(update);
    if (isSight) return { kind, weight: 'opens' };
    return { kind, weight: isNew ? 'gathers' : 'notes', rule: 'first-sight' };
  }
  return { kind, weight: 'notes', rule: 'minor-facet' };
}

/** Documented on a page about others: a guide or a table that recommends it. */
function isAside(decisive: Verdict['decisive'], { evidence }: SubjectUpdate): boolean {
  const pieces = decisive.flatMap((id) => evidence.get(id) ?? []);
  return pieces.every(({ sourceKind }) => sourceKind === 'guide' || sourceKind === 'deprecations');
}

function priceRuling(
  value: string | null,
  decisive: Verdict['decisive'],
  update: SubjectUpdate,
  isNew: boolean,
): Ruling {
  const isChange = value !== null && priceBefore(value, decisive, update) !== null;
  if (isChange) return { kind: 'price', weight: 'opens' };
  const weight = isNew && value === null ? 'grows' : 'notes';
  return { kind: isNew ? 'launch' : 'availability', weight, rule: 'first-sight' };
}

/**
 * Whether it was out before this launch: a release or a page of its own was confirmed so long ago that no launch lasts
 * until now, or stood where its source was first read.
 */
function wasKnown(update: SubjectUpdate): boolean {
  const moved = new Set<string>(
    update.transitions.filter(({ quiet }) => !quiet).map(({ claim }) => claim),
  );
  return update.verdicts.some(
    (verdict) =>
      !moved.has(verdict.claim.key) &&
      (verdict.level === 'confirmed' || verdict.level === 'withdrawn') &&
      KNOWN_BY.has(verdict.claim.facet) &&
      isOld(verdict, update),
  );
}

/** Whether a release was confirmed before this check, however shortly. */
function isOut({ verdicts, transitions }: SubjectUpdate): boolean {
  const moved = new Set<string>(transitions.map(({ claim }) => claim));
  return verdicts.some(
    ({ claim, level }) =>
      level === 'confirmed' && RELEASE_FACETS.has(claim.facet) && !moved.has(claim.key),
  );
}

function isOld({ since, decisive }: Verdict, { at, evidence }: SubjectUpdate): boolean {
  if (since === null || elapsed(since, at) > LAUNCH_LASTS) return true;
  const pieces = decisive.flatMap((id) => evidence.get(id) ?? []);
  return pieces.length > 0 && pieces.every(({ baseline }) => baseline);
}

function withdrawnRuling(
  { facet, value }: Pick<Claim, 'facet' | 'value'>,
  { verdicts, interest }: SubjectUpdate,
): Ruling | null {
  if (!RELEASE_FACETS.has(facet)) return null;
  // A page that gives another day takes back the day, and not what happened on it.
  if (value !== null) return { kind: 'withdrawal', weight: 'notes', rule: 'minor-facet' };
  const ends = verdicts.some(
    ({ claim, level }) =>
      (claim.facet === 'retired' || claim.facet === 'deprecated') && level === 'confirmed',
  );
  if (ends) return { kind: 'retirement', weight: 'notes', rule: 'retirement-known' };
  if (interest !== 'followed') return { kind: 'withdrawal', weight: 'notes', rule: 'not-followed' };
  return { kind: 'withdrawal', weight: 'grows', rule: 'hold' };
}

function talkRuling(
  { from, to }: Transition,
  { claim, decisive, for: support }: Verdict,
  update: SubjectUpdate,
): Ruling | null {
  if (rankOf(to.level) <= rankOf(from.level) || claim.value !== null) return null;
  if (!TALK_FACETS.has(claim.facet)) return null;
  const { evidence, interest, subject } = update;
  if (isConfirmed(update)) return null;
  const pieces = [...decisive, ...support].flatMap((id) => evidence.get(id) ?? []);
  const isSighting =
    claim.facet === 'limited_test' &&
    subject.discovered !== null &&
    pieces.some(({ sourceKind }) => sourceKind === 'arena');
  return interest === 'followed' || isSighting ? { kind: 'rumor', weight: 'opens' } : null;
}

/** Whether a vendor has confirmed any part of it. */
function isConfirmed({ verdicts }: SubjectUpdate): boolean {
  return verdicts.some(
    ({ claim, level }) =>
      level === 'confirmed' && (RELEASE_FACETS.has(claim.facet) || SIGHT_FACETS.has(claim.facet)),
  );
}
