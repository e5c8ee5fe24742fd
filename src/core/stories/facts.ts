import type { Proof, StoryFact } from '../../domain/alert.ts';
import { type Claim, facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { isVendorClass, PUBLISHER_CLASSES } from '../../domain/publisher.ts';
import type { StoryKind } from '../../domain/story-kind.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isSnapshot } from './family.ts';
import type { Assessed, Happening } from './happening.ts';
import {
  dayWords,
  listWords,
  momentWords,
  placeWords,
  predicateOf,
  priceWords,
} from './sentences.ts';

interface Surface {
  facet: string;
  label: string;
}

/** Surfaces in the order in which people ask for them. */
const SURFACES: readonly Surface[] = [
  { facet: 'announced', label: 'Announced' },
  { facet: 'product_available', label: 'In a product' },
  { facet: 'api_listed', label: 'In the API' },
  { facet: 'documented', label: 'Documented' },
  { facet: 'priced', label: 'Price' },
  { facet: 'sdk_typed', label: 'In the SDK' },
  { facet: 'limited_test', label: 'In a limited test' },
  { facet: 'deprecated', label: 'Deprecated' },
  { facet: 'retired', label: 'Shutdown' },
];

/** What a story of a kind shows; all surfaces where it is not named. */
const SHOWN: Readonly<Partial<Record<StoryKind, readonly string[]>>> = {
  retirement: ['deprecated', 'retired'],
  price: ['priced'],
  documentation: [],
  source: [],
};

export interface FactSources {
  nameOf: (publisher: string) => string;
  pictures?: Happening['pictures'];
  /** The refs of claims told for the first time, as `subject facet`. */
  fresh: ReadonlySet<string>;
}

interface Found {
  assessed: Assessed;
  verdict: Verdict;
}

/** What a vendor has confirmed of the subjects, surface by surface, each with the vendor's own words. */
export function confirmedFacts(
  kind: StoryKind,
  subjects: readonly Assessed[],
  sources: FactSources,
): readonly StoryFact[] {
  const models = subjects.filter(({ subject }) => !isSnapshot(subject));
  const shown = models.length > 0 && kind !== 'retirement' ? models : subjects;
  const surfaces = SURFACES.filter(({ facet }) => SHOWN[kind]?.includes(facet) ?? true);
  return surfaces.flatMap(({ facet, label }) => {
    const found = shown.flatMap((assessed): Found[] =>
      assessed.verdicts
        .filter(({ claim }) => claim.facet === facet)
        .map((verdict) => ({ assessed, verdict }))
        .filter((one) => one.verdict.level === 'confirmed' || hasJustFallen(one, sources)),
    );
    if (facet === 'priced') return priceFacts(found, label, sources);
    const bare = found.filter(({ verdict }) => verdict.claim.value === null);
    const places = facet === 'retired' ? daysOf(bare) : placesOf(bare);
    return places.map(([place, there]) => surfaceFact(there, label, place, sources));
  });
}

/** A level that was lost is shown where its loss is told. */
function hasJustFallen({ assessed, verdict }: Found, { fresh }: FactSources): boolean {
  const isFallen = verdict.level === 'withdrawn' || verdict.level === 'contradicted';
  return isFallen && fresh.has(`${assessed.subject.id} ${facetLabel(verdict.claim)}`);
}

/** By place, the claim without one first, and only where no place is known. */
function placesOf(found: readonly Found[]): readonly (readonly [string, readonly Found[]])[] {
  const places = new Map<string, Found[]>();
  for (const one of found) {
    const { surface, venue } = one.verdict.claim.qualifiers;
    const place = surface ?? venue ?? '';
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  return [...places].filter(([place]) => place !== '' || places.size === 1);
}

/** What ends on one day is one line, without a place. */
function daysOf(found: readonly Found[]): readonly (readonly [string, readonly Found[]])[] {
  const days = new Map<string, Found[]>();
  for (const one of found) {
    const words = endWords(one);
    days.set(words, [...(days.get(words) ?? []), one]);
  }
  return [...days.values()].map((there) => ['', there]);
}

function surfaceFact(
  found: readonly Found[],
  label: string,
  place: string,
  sources: FactSources,
): StoryFact {
  const since = found.flatMap(({ verdict }) => verdict.since ?? []).sort()[0] ?? null;
  const [first] = found;
  const names = [...new Set(found.map(({ assessed }) => assessed.subject.name))];
  const who = names.length > 1 ? `${listWords(names, 12)}, ` : '';
  const proof = first === undefined ? null : proofIn(first, sources);
  return {
    surface: place === '' ? label : `In ${placeWords(place)}`,
    words: `${who}${first === undefined ? '' : whenWords(first, since)}`,
    proof,
    isNew: found.some(({ assessed, verdict }) =>
      sources.fresh.has(`${assessed.subject.id} ${facetLabel(verdict.claim)}`),
    ),
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

function endWords({ verdict, assessed }: Found): string {
  const [day] = verdict.decisive
    .flatMap((id) => assessed.evidence.get(id)?.validTime?.from ?? [])
    .sort();
  const on = day === undefined ? '' : ` on ${dayWords(day)}`;
  return verdict.status === 'in_effect' ? `in effect${on}` : `scheduled${on}`;
}

function priceFacts(
  found: readonly Found[],
  label: string,
  sources: FactSources,
): readonly StoryFact[] {
  const valued = found.filter(({ verdict }) => verdict.claim.value !== null);
  const bySubject = new Map<string, Found>();
  // The last one reached stands for the price as it is now.
  for (const one of [...valued].sort(bySince)) bySubject.set(one.assessed.subject.id, one);
  return [...bySubject.values()].map((one) => ({
    surface: label,
    words: `${one.assessed.subject.name} ${priceWords(one.verdict.claim.value ?? '')}`,
    proof: proofIn(one, sources),
    isNew: sources.fresh.has(`${one.assessed.subject.id} ${facetLabel(one.verdict.claim)}`),
  }));
}

function bySince(a: Found, b: Found): number {
  return (a.verdict.since ?? '') < (b.verdict.since ?? '') ? -1 : 1;
}

/** The weightiest evidence a level rests on; for what a vendor confirmed the vendor's alone. */
function proofIn({ assessed, verdict }: Found, sources: FactSources): Proof | null {
  const pieces = verdict.decisive.flatMap((id) => assessed.evidence.get(id) ?? []);
  const isOwn = ({ publisherClass }: Evidence) => isVendorClass(publisherClass);
  const before = [...assessed.evidence.values()].filter(({ claim }) => claim === verdict.claim.key);
  const said = verdict.level === 'withdrawn' ? before : pieces;
  const [best] = said.filter(isOwn).sort(byWords);
  return best === undefined ? null : proofOf(best, sources);
}

/** A sentence proves more to a reader than the row of a list. */
function byWords(a: Evidence, b: Evidence): number {
  const isProse = ({ quote }: Evidence) => Number(quote.includes(' ') && !quote.includes(' | '));
  const rank = (one: Evidence) => PUBLISHER_CLASSES.indexOf(one.publisherClass);
  return isProse(b) - isProse(a) || rank(a) - rank(b) || (a.observedAt < b.observedAt ? -1 : 1);
}

function proofOf(
  { quote, url, publisher, publisherClass, observedAt, snapshot }: Evidence,
  { nameOf, pictures }: Pick<FactSources, 'nameOf' | 'pictures'>,
): Proof {
  const picture = pictures?.get(snapshot);
  return {
    ...{ quote, url, publisher: nameOf(publisher), publisherClass, observedAt, snapshot },
    ...(picture === undefined ? {} : { picture }),
  };
}

/** More voices than this prove nothing more to a reader. */
const MOST_VOICES = 4;

/** What others say of a subject, the weightiest publisher first, one quote a publisher. */
export function talkFacts(
  subjects: readonly Assessed[],
  sources: FactSources,
): readonly StoryFact[] {
  const heard = new Map<string, Evidence>();
  const pieces = subjects.flatMap(({ verdicts, evidence }) =>
    verdicts
      .filter(({ level }) => level === 'rumor' || level === 'secondary')
      .flatMap((verdict) => [...verdict.decisive, ...verdict.for])
      .flatMap((id) => evidence.get(id) ?? []),
  );
  for (const piece of pieces.sort(byWords)) {
    if (!heard.has(piece.publisher)) heard.set(piece.publisher, piece);
  }
  return [...heard.values()].slice(0, MOST_VOICES).map((piece) => ({
    surface: sources.nameOf(piece.publisher),
    words: `on ${momentWords(piece.observedAt)}`,
    proof: proofOf(piece, sources),
    isNew: true,
  }));
}

/** What was said before and has turned out wrong, one sentence a claim, with who said it. */
export function correctionsOf(
  subjects: readonly Assessed[],
  { nameOf }: Pick<FactSources, 'nameOf'>,
): readonly string[] {
  return subjects.flatMap(({ subject, verdicts, evidence }) =>
    verdicts
      .filter(({ level, for: support }) => level === 'contradicted' && support.length > 0)
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
