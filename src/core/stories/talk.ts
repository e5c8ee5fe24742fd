import type { StoryFact } from '../../domain/alert.ts';
import { bareFacet, facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { firstOfEach } from '../../domain/groups.ts';
import { speakerWords } from '../../domain/publisher.ts';
import type { StoryEvent } from '../../domain/story.ts';
import type { ConfirmationLevel, Verdict } from '../../domain/verdict.ts';
import { plain, truncate } from '../render/plain.ts';
import { byClass, byWords, type FactSources, type Found, proofOf } from './facts.ts';
import type { Assessed } from './family.ts';
import { byWeight, dayWords, momentWords } from './sentences.ts';

/** What a telling of talk says in its title: one facet that reached one level, and what reached it. */
export interface Talk {
  level: Extract<ConfirmationLevel, 'rumor' | 'secondary'>;
  facet: string;
  events: readonly StoryEvent[];
}

export function talkIn(told: readonly StoryEvent[]): Talk {
  const level = told.some(({ move }) => move?.to === 'secondary') ? 'secondary' : 'rumor';
  const at = told.filter(({ move }) => move?.to === level);
  const [best] = byWeight(at.flatMap(({ move }) => move ?? []));
  const facet = best?.facet ?? 'exists';
  return { level, facet, events: at.filter(({ move }) => move?.facet === facet) };
}

/** More voices than this prove nothing more to a reader. */
const MOST_VOICES = 4;

/** Who says what the title says, the weightiest first: what its level rests on, one quote for each independent voice. */
export function talkFacts(
  talk: Talk,
  subjects: readonly Assessed[],
  sources: FactSources,
): readonly StoryFact[] {
  const pieces = verdictsOf(talk, subjects).flatMap(({ verdict, assessed: { evidence } }) =>
    verdict.decisive
      .flatMap((id) => evidence.get(id) ?? [])
      .map((piece) => ({ piece, voice: `${piece.subject} ${voiceOf(piece, verdict)}` })),
  );
  const sorted = pieces.toSorted((a, b) => byWords(a.piece, b.piece));
  const voices = firstOfEach(sorted, ({ voice }) => voice).slice(0, MOST_VOICES);
  return voices.map(({ piece }) => ({
    surface: speakerIn(piece, sources),
    words: `on ${momentWords(piece.observedAt)}`,
    proof: proofOf(piece, sources),
    isNew: true,
  }));
}

/** What speaks against the title in one line: how many pages deny it still, and the best of them; nothing where none does. */
export function denialOf(
  talk: Talk,
  subjects: readonly Assessed[],
  { nameOf }: Pick<FactSources, 'nameOf'>,
): readonly string[] {
  const denials = new Map(
    denyingVerdicts(talk, subjects).flatMap(({ verdict, assessed: { evidence } }) =>
      verdict.heard
        .filter(({ stance, inInterval }) => stance === 'deny' && inInterval)
        .flatMap((voice) => voice.evidence.flatMap((id) => evidence.get(id) ?? []))
        .map((piece) => [piece.id, piece]),
    ),
  );
  const [best] = [...denials.values()].sort(byRecency).sort(byClass);
  if (best === undefined) return [];
  const pages = new Set([...denials.values()].map(({ url }) => url)).size;
  const deny = pages === 1 ? '1 page denies it' : `${pages} pages deny it`;
  const quote = truncate(plain(best.quote), LONGEST_DENIAL);
  const who = `${speakerIn(best, { nameOf })} on ${dayWords(best.observedAt)}`;
  return [`Against: ${deny}; ${who}: “${quote}”`];
}

const LONGEST_DENIAL = 300;

/** What cannot be so of a model that is not out. */
const MEANS_RELEASED: ReadonlySet<string> = new Set(['api_listed', 'product_available']);

/** Whoever denies the release denies each place where it would be. */
function denyingVerdicts(talk: Talk, subjects: readonly Assessed[]): readonly Found[] {
  const own = verdictsOf(talk, subjects);
  if (!MEANS_RELEASED.has(bareFacet(talk.facet))) return own;
  return [...own, ...verdictsOf({ ...talk, facet: 'released' }, subjects)];
}

function byRecency(a: Evidence, b: Evidence): number {
  return a.observedAt > b.observedAt ? -1 : 1;
}

/** The verdicts on what the title says. */
function verdictsOf({ facet, events }: Talk, subjects: readonly Assessed[]): readonly Found[] {
  const named = new Set(events.map(({ subject }) => subject));
  return subjects
    .filter(({ subject }) => named.has(subject.id))
    .flatMap((assessed) =>
      assessed.verdicts
        .filter(({ claim }) => facetLabel(claim) === facet)
        .map((verdict) => ({ verdict, assessed })),
    );
}

function voiceOf({ id, group }: Evidence, { heard }: Verdict): string {
  return heard.find(({ evidence }) => evidence.includes(id))?.group ?? group;
}

/** Who is quoted; what a page only passes on is the word of another. */
function speakerIn(
  { publisher, relays }: Evidence,
  { nameOf }: Pick<FactSources, 'nameOf'>,
): string {
  return speakerWords(nameOf(publisher), relays === null ? null : nameOf(relays));
}
