import type { Proof, StoryFact } from '../../domain/alert.ts';
import { type Claim, facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Facet } from '../../domain/facet.ts';
import { firstOfEach, groupedBy } from '../../domain/groups.ts';
import { isVendorClass, PUBLISHER_CLASSES } from '../../domain/publisher.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import { earliest, type Instant } from '../../domain/time.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { givenDays } from '../verdict/values.ts';
import { type Assessed, type SubjectUpdate, withoutTwins } from './family.ts';
import { dayOfEnd } from './moved-end.ts';
import {
  dayWords,
  listWords,
  momentWords,
  placeWords,
  predicateOf,
  priceWords,
} from './sentences.ts';

/** What the surfaces are called, in the order in which people ask for them. */
const SURFACES: Readonly<Partial<Record<Facet, string>>> = {
  announced: 'Announced',
  product_available: 'In a product',
  api_listed: 'In the API',
  documented: 'Documented',
  priced: 'Price',
  sdk_typed: 'In the SDK',
  limited_test: 'In a limited test',
  deprecated: 'Deprecated',
  retired: 'Shutdown',
};

/** What a story of a kind shows; all surfaces where it is not named. */
const SHOWN: Readonly<Partial<Record<StoryKind, readonly string[]>>> = {
  retirement: ['deprecated', 'retired'],
  price: ['priced'],
  documentation: [],
};

/** What is asked of publishers, subjects and pages while a story is told. */
export interface StorySources {
  isFollowed: (subject: string) => boolean;
  nameOf: (publisher: string) => string;
  pictures?: SubjectUpdate['pictures'];
}

export interface FactSources extends StorySources {
  /** The refs of claims told for the first time, as `subject facet`. */
  fresh: ReadonlySet<string>;
  /** Whether nothing is shown beside them, as in a follow-up. */
  isFreshAlone?: boolean;
}

export interface Found {
  assessed: Assessed;
  verdict: Verdict;
}

/** What a vendor has confirmed of the subjects, surface by surface, each with the vendor's own words. */
export function confirmedFacts(
  kind: StoryKind,
  subjects: readonly Assessed[],
  sources: FactSources,
): readonly StoryFact[] {
  const shown =
    kind === 'retirement' ? subjects : withoutTwins(subjects, ({ subject }) => subject.id);
  const isShown = ([facet]: [string, string]) => SHOWN[kind]?.includes(facet) ?? true;
  return Object.entries(SURFACES)
    .filter(isShown)
    .flatMap(([facet, label]) => {
      const found = shown.flatMap((assessed): Found[] =>
        assessed.verdicts
          .filter(({ claim }) => claim.facet === facet)
          .map((verdict) => ({ assessed, verdict }))
          .filter((one) => one.verdict.level === 'confirmed' || hasJustFallen(one, sources))
          .filter((one) => sources.isFreshAlone !== true || isFresh(one, sources)),
      );
      if (facet === 'priced') return priceFacts(found, label, sources);
      const bare = found.filter(({ verdict }) => verdict.claim.value === null);
      // That it is deprecated goes without saying where its day is set.
      const said = facet === 'deprecated' ? bare.filter((one) => !hasDay(one)) : bare;
      const places = facet === 'retired' ? daysOf(said) : placesOf(said);
      return places.map(([place, there]) => surfaceFact(there, label, place, sources));
    });
}

/** A level that was lost is shown where its loss is told. */
function hasJustFallen(found: Found, sources: FactSources): boolean {
  const { level } = found.verdict;
  return (level === 'withdrawn' || level === 'contradicted') && isFresh(found, sources);
}

function isFresh({ assessed, verdict }: Found, { fresh }: FactSources): boolean {
  return fresh.has(`${assessed.subject.id} ${facetLabel(verdict.claim)}`);
}

/** By place, the claim without one first, and only where no place is known. */
function placesOf(found: readonly Found[]): readonly (readonly [string, readonly Found[]])[] {
  const places = groupedBy(found, ({ verdict: { claim } }) => {
    const { surface, venue } = claim.qualifiers;
    return surface ?? venue ?? '';
  });
  return [...places].filter(([place]) => place !== '' || places.size === 1);
}

/** What ends on one day is one line, without a place, the earliest first. */
function daysOf(found: readonly Found[]): readonly (readonly [string, readonly Found[]])[] {
  const dayOf = ({ verdict, assessed }: Found) => dayOfEnd(verdict, assessed.evidence) ?? '9';
  const sorted = found.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  return [...groupedBy(sorted, endWords).values()].map((there) => ['', there]);
}

/** Whether the day of its end is known. */
function hasDay({ assessed: { verdicts, evidence } }: Found): boolean {
  return verdicts.some(
    (verdict) => verdict.claim.facet === 'retired' && dayOfEnd(verdict, evidence) !== null,
  );
}

function ownOf(found: readonly Found[]): readonly Found[] {
  return withoutTwins(found, ({ assessed }) => assessed.subject.id);
}

function surfaceFact(
  found: readonly Found[],
  label: string,
  place: string,
  sources: FactSources,
): StoryFact {
  const since = earliest(found.map(({ verdict }) => verdict.since));
  const [first] = found;
  const names = [...new Set(ownOf(found).map(({ assessed }) => assessed.subject.name))];
  const who = names.length > 1 ? `${listWords(names, 12)}, ` : '';
  const isEnd = first?.verdict.claim.facet === 'retired';
  const [proof = null, ...further] = proofsIn(isEnd ? found : found.slice(0, 1), sources);
  return {
    surface: place === '' ? label : `In ${placeWords(place)}`,
    words: `${who}${first === undefined ? '' : whenWords(first, since)}${names.length === 1 ? datedWords(first, since) : ''}`,
    proof,
    ...(further.length === 0 ? {} : { further }),
    isNew: found.some((one) => isFresh(one, sources)),
  };
}

/** `since 21 April 2026, 18:45 UTC`; an end with the day that is set for it. */
function whenWords(found: Found, since: string | null): string {
  if (found.verdict.claim.facet === 'retired') return endWords(found);
  const from = since === null ? 'confirmed' : `since ${momentWords(since)}`;
  switch (found.verdict.level) {
    case 'withdrawn':
      return `gone ${from}; until then it read:`;
    case 'contradicted':
      return `not so, ${from}`;
    default:
      return from;
  }
}

/** The day that the vendor gives for its announcement, where it was seen on another. */
function datedWords(found: Found | undefined, since: string | null): string {
  if (found?.verdict.claim.facet !== 'announced' || found.verdict.level !== 'confirmed') return '';
  const { verdicts, evidence } = found.assessed;
  const [given] = givenDays('announced', verdicts, evidence, String);
  const isOther =
    given?.isVendors === true && given.day.length === 10 && given.day !== since?.slice(0, 10);
  return isOther ? `, dated ${dayWords(given.day)}` : '';
}

function endWords({ verdict, assessed }: Found): string {
  const day = dayOfEnd(verdict, assessed.evidence);
  const { status } = verdict;
  if (day === null) return status === 'in_effect' ? 'in effect' : 'scheduled';
  if (status === 'due') return `was set for ${dayWords(day)}, and is not seen yet`;
  return status === 'in_effect'
    ? `in effect since ${dayWords(day)}`
    : `scheduled for ${dayWords(day)}`;
}

function priceFacts(
  found: readonly Found[],
  label: string,
  sources: FactSources,
): readonly StoryFact[] {
  const valued = found.filter(({ verdict }) => verdict.claim.value !== null);
  const since = ({ verdict }: Found) => verdict.since ?? '';
  const sorted = valued.toSorted((a, b) => (since(a) < since(b) ? -1 : 1));
  // The last one reached stands for the price as it is now.
  const bySubject = new Map(sorted.map((one) => [one.assessed.subject.id, one]));
  return [...bySubject.values()].map((one) => ({
    surface: label,
    words: `${one.assessed.subject.name} ${priceWords(one.verdict.claim.value ?? '')}`,
    proof: proofIn(one, sources),
    isNew: isFresh(one, sources),
  }));
}

/** A title names no more models than these. */
const MOST_ROWS = 3;

/** Each model's own words, those first that people follow; a row of a table speaks of one model alone. */
function proofsIn(found: readonly Found[], sources: FactSources): readonly Proof[] {
  const isWanted = ({ assessed: { subject } }: Found) => Number(sources.isFollowed(subject.id));
  const sorted = ownOf(found).toSorted((a, b) => isWanted(b) - isWanted(a));
  const proofs = sorted.flatMap((one) => proofIn(one, sources) ?? []);
  return firstOfEach(proofs, ({ quote }) => quote).slice(0, MOST_ROWS);
}

/** The vendor's weightiest evidence a level rests on; of what is withdrawn, what it said before. */
function proofIn({ assessed, verdict }: Found, sources: FactSources): Proof | null {
  const said =
    verdict.level === 'withdrawn'
      ? [...assessed.evidence.values()].filter(({ claim }) => claim === verdict.claim.key)
      : verdict.decisive.flatMap((id) => assessed.evidence.get(id) ?? []);
  const [best] = said.filter(({ publisherClass }) => isVendorClass(publisherClass)).sort(byWords);
  return best === undefined ? null : proofOf(best, sources);
}

/** A sentence proves more to a reader than the row of a list. */
export function byWords(a: Evidence, b: Evidence): number {
  const isProse = ({ quote }: Evidence) => Number(quote.includes(' ') && !quote.includes(' | '));
  return isProse(b) - isProse(a) || byClass(a, b) || (a.observedAt < b.observedAt ? -1 : 1);
}

export function byClass(a: Evidence, b: Evidence): number {
  const rank = (one: Evidence) => PUBLISHER_CLASSES.indexOf(one.publisherClass);
  return rank(a) - rank(b);
}

export function proofOf(
  { quote, url, publisher, publisherClass, observedAt, snapshot }: Evidence,
  { nameOf, pictures }: Pick<FactSources, 'nameOf' | 'pictures'>,
): Proof {
  const picture = pictures?.get(snapshot);
  return {
    ...{ quote, url, publisher: nameOf(publisher), publisherClass, observedAt, snapshot },
    ...(picture === undefined ? {} : { picture }),
  };
}

/** What was said before and has turned out wrong since it was told last, one sentence a claim, with who said it. */
export function correctionsOf(
  subjects: readonly Assessed[],
  { nameOf }: Pick<FactSources, 'nameOf'>,
  since: Instant | null,
): readonly string[] {
  return subjects.flatMap(({ subject, verdicts, evidence }) =>
    verdicts
      .filter(({ level, for: support }) => level === 'contradicted' && support.length > 0)
      .filter((verdict) => since === null || (verdict.since ?? '') > since)
      .flatMap(({ claim, for: support }) => {
        const pieces = support.flatMap((id) => evidence.get(id) ?? []);
        const others = pieces.filter(({ publisherClass }) => !isVendorClass(publisherClass));
        const who = [...new Set(others.map(({ publisher }) => nameOf(publisher)))];
        return who.length === 0 ? [] : `${listWords(who, 3)} ${saidWrong(claim, subject.name)}`;
      }),
  );
}

function saidWrong({ facet, value }: Claim, name: string): string {
  if (value === null) return `said that ${name} ${predicateOf(facet, false)}; that was wrong.`;
  if (facet === 'priced')
    return `gave ${priceWords(value)} as the price of ${name}; that was wrong.`;
  const isDay = /^\d{4}-\d{2}(-\d{2})?$/.test(value);
  const what = facet === 'retired' ? 'end' : 'day';
  return `gave ${isDay ? dayWords(value) : value} as the ${isDay ? `${what} of ` : `${facet} of `}${name}; that was wrong.`;
}
