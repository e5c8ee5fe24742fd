import type { Proof, StoryFact } from '../../domain/alert.ts';
import { facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { isVendorClass, PUBLISHER_CLASSES } from '../../domain/publisher.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isSnapshot } from './family.ts';
import type { Assessed, Happening } from './happening.ts';
import { dayWords, listWords, momentWords, placeWords } from './sentences.ts';

/** Surfaces in the order in which people ask for them. */
const SURFACES: readonly { facet: string; label: string }[] = [
  { facet: 'announced', label: 'Announced' },
  { facet: 'product_available', label: 'In a product' },
  { facet: 'api_listed', label: 'In the API' },
  { facet: 'documented', label: 'Documented' },
  { facet: 'priced', label: 'Price' },
  { facet: 'sdk_typed', label: 'In the SDK' },
  { facet: 'limited_test', label: 'In a limited test' },
  { facet: 'deprecated', label: 'Deprecated' },
  { facet: 'retired', label: 'Retires' },
];

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
  subjects: readonly Assessed[],
  sources: FactSources,
): readonly StoryFact[] {
  const models = subjects.filter(({ subject }) => !isSnapshot(subject));
  const shown = models.length > 0 ? models : subjects;
  return SURFACES.flatMap(({ facet, label }) => {
    const found = shown.flatMap((assessed): Found[] =>
      assessed.verdicts
        .filter(({ claim, level }) => claim.facet === facet && level === 'confirmed')
        .map((verdict) => ({ assessed, verdict })),
    );
    if (facet === 'priced') return priceFacts(found, label, sources);
    const bare = found.filter(({ verdict }) => verdict.claim.value === null);
    return placesOf(bare).map(([place, there]) => surfaceFact(there, label, place, sources));
  });
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

function surfaceFact(
  found: readonly Found[],
  label: string,
  place: string,
  sources: FactSources,
): StoryFact {
  const since = found.flatMap(({ verdict }) => verdict.since ?? []).sort()[0] ?? null;
  const [first] = found;
  const names = found.map(({ assessed }) => assessed.subject.name);
  const who = names.length > 1 ? `: ${listWords(names, 4)}` : '';
  const proof = first === undefined ? null : proofIn(first, sources);
  return {
    surface: place === '' ? label : `In ${placeWords(place)}`,
    words: `${first === undefined ? '' : whenWords(first, since)}${who}`,
    proof,
    isNew: found.some(({ assessed, verdict }) =>
      sources.fresh.has(`${assessed.subject.id} ${facetLabel(verdict.claim)}`),
    ),
  };
}

/** `since 21 April 2026, 18:45 UTC`; an end with the day that is set for it. */
function whenWords({ verdict, assessed }: Found, since: string | null): string {
  const { claim, status } = verdict;
  if (claim.facet === 'retired') {
    const [day] = verdict.decisive
      .flatMap((id) => assessed.evidence.get(id)?.validTime?.from ?? [])
      .sort();
    const on = day === undefined ? '' : ` on ${dayWords(day)}`;
    return status === 'in_effect' ? `shut down${on}` : `scheduled for shutdown${on}`;
  }
  return since === null ? 'confirmed' : `since ${momentWords(since)}`;
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
    words: `${one.assessed.subject.name}: ${priceWords(one.verdict.claim.value ?? '')}`,
    proof: proofIn(one, sources),
    isNew: sources.fresh.has(`${one.assessed.subject.id} ${facetLabel(one.verdict.claim)}`),
  }));
}

function bySince(a: Found, b: Found): number {
  return (a.verdict.since ?? '') < (b.verdict.since ?? '') ? -1 : 1;
}

/** `Input $5.00 1M tokens; Output $30.00 1M tokens` as people say it; a row of bare figures stays as it is. */
function priceWords(value: string): string {
  return value
    .replaceAll(/\b([A-Z][a-z]+) (\$[\d.,]+) 1M tokens/g, '$2 per million tokens of $1')
    .replaceAll(/of ([A-Z])/g, (_match, letter: string) => `of ${letter.toLowerCase()}`)
    .replaceAll(' | ', ', ');
}

/** The weightiest evidence a level rests on; for what a vendor confirmed the vendor's alone. */
function proofIn({ assessed, verdict }: Found, sources: FactSources): Proof | null {
  const pieces = verdict.decisive.flatMap((id) => assessed.evidence.get(id) ?? []);
  const own = pieces.filter(({ publisherClass }) => isVendorClass(publisherClass));
  const [best] = (verdict.level === 'confirmed' ? own : pieces).sort(byWords);
  return best === undefined ? null : proofOf(best, sources);
}

/** A sentence proves more to a reader than the row of a list. */
function byWords(a: Evidence, b: Evidence): number {
  const isProse = ({ quote }: Evidence) => Number(/\s/.test(quote.trim()));
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

/** Who says the contrary, one sentence a publisher. */
export function correctionsOf(subjects: readonly Assessed[]): readonly string[] {
  return subjects.flatMap(({ subject, verdicts, evidence }) =>
    verdicts
      .filter(({ level, for: support }) => level === 'contradicted' && support.length > 0)
      .flatMap(({ claim, for: support }) => {
        const sources = [...new Set(support.flatMap((id) => evidence.get(id)?.publisher ?? []))];
        if (claim.facet !== 'announced' || claim.value === null) return [];
        return [
          `${listWords(sources, 3)} gave ${dayWords(claim.value)} as the day of ${subject.name}; that was wrong.`,
        ];
      }),
  );
}
