import {
  dayWords,
  listWords,
  placeWords,
  predicateOf,
  priceWords,
} from '../core/stories/sentences.ts';
import { FLAG_WORDS } from '../core/verdict/explanation-words.ts';
import { bareFacet } from '../domain/claim.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Facet } from '../domain/facet.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { PublisherClass } from '../domain/publisher.ts';
import type { Day } from '../domain/time.ts';
import type { ClaimStatus, Flag, PrimaryStateName, Verdict, Voice } from '../domain/verdict.ts';

/** What a flag says of a verdict. */
export function flagSentence(flag: Flag): string {
  return FLAG_WORDS[flag];
}

/** A verdict as a person says it: a word or two, and a sentence. */
export interface VerdictWords {
  verdict: string;
  sentence: string;
}

export interface VerdictSources {
  /** The vendor by the name people know it by. */
  vendor: string;
  /** What the vendor says of its end, with the day where it set one; null where it says nothing of it. */
  shutdown: { day: Day | null; status: ClaimStatus } | null;
  /** What the vendor's own pages state of it beside the headline. */
  stated: readonly Facet[];
  /** An alias that points elsewhere from time to time is never itself released. */
  moving: boolean;
  evidence: ReadonlyMap<EvidenceId, Pick<Evidence, 'publisherClass'>>;
}

/** The headline claim in words: what the vendor says, and who else does. */
export function verdictWords(released: Verdict, sources: VerdictSources): VerdictWords {
  const { vendor, shutdown } = sources;
  const day = shutdown === null || shutdown.day === null ? null : dayWords(shutdown.day);
  switch (released.level) {
    case 'confirmed':
      if (shutdown?.status === 'in_effect') {
        const when = day === null ? '' : ` on ${day}`;
        return {
          verdict: 'Shut down',
          sentence: `It was released, and ${vendor} shut it down${when}.`,
        };
      }
      return {
        verdict: 'Confirmed',
        sentence: `${vendor} says so on its own pages${endWords(sources)}.`,
      };
    case 'withdrawn':
      return day === null
        ? {
            verdict: 'Withdrawn',
            sentence: `${vendor} said so once, and its pages say so no longer.`,
          }
        : {
            verdict: 'Withdrawn',
            sentence: `It is gone from ${vendor}'s pages, which set its shutdown for ${day}.`,
          };
    case 'contradicted':
      return { verdict: 'Contradicted', sentence: `${vendor} says otherwise.` };
    default:
      return undecidedWords(released, sources);
  }
}

/** What the vendor says of the end of what is confirmed: a day that has come is no end before a look past it. */
function endWords({ shutdown }: VerdictSources): string {
  if (shutdown === null || shutdown.day === null) return '';
  const day = dayWords(shutdown.day);
  return shutdown.status === 'due'
    ? `; the day it set for the shutdown, ${day}, is past, and that it is gone was not seen yet`
    : `, and has set its shutdown for ${day}`;
}

function undecidedWords(released: Verdict, sources: VerdictSources): VerdictWords {
  const { vendor, stated, moving } = sources;
  const others = othersSide(released, sources);
  if (released.flags.includes('listed_only')) {
    return {
      verdict: 'Listed, not announced',
      sentence: `${vendor}'s list of models shows it, and no other page of ${vendor} names it yet; ${others}.`,
    };
  }
  if (moving && stated.length > 0) {
    return {
      verdict: 'A name that moves',
      sentence: `${vendor} ${statedWords(stated)}; which model it stands for changes, so it is never itself released.`,
    };
  }
  const vendorSide =
    stated.length > 0
      ? `${vendor} ${statedWords(stated)}, and does not say that it is out`
      : VENDOR_SIDE[released.primary.state](vendor);
  const isUnheard = released.level === 'unknown' && released.status !== 'denied';
  return {
    verdict: isUnheard && stated.length === 0 ? 'Unknown' : 'Not confirmed',
    sentence: `${capitalized(vendorSide)}; ${others}.`,
  };
}

const STATED: readonly (readonly [Facet, string])[] = [
  ['announced', 'has announced it'],
  ['api_listed', 'has it in its API'],
  ['documented', 'documents it'],
];

function statedWords(stated: readonly Facet[]): string {
  return listWords(STATED.flatMap(([facet, words]) => (stated.includes(facet) ? [words] : [])));
}

/** What of the vendor's word is worth saying where the headline is open. */
export const STATED_FACETS: readonly Facet[] = STATED.map(([facet]) => facet);

/** What can be said of the vendor: that it "has not said so" only where its pages were read recently. */
const VENDOR_SIDE: Readonly<Record<PrimaryStateName, (vendor: string) => string>> = {
  silent: (vendor) => `${vendor} has not said so`,
  partial: (vendor) => `${vendor} has not said so where it could be read`,
  stale: (vendor) => `${vendor} had not said so when last read`,
  unreachable: (vendor) => `${vendor}'s pages could not be read`,
  never: (vendor) => `nobody has looked at ${vendor}'s pages yet`,
  names_it: (vendor) => `${vendor} names it, and says nothing of this that can be read`,
  present: (vendor) => `${vendor} shows it, which is not proof enough yet`,
};

function othersSide({ heard }: Verdict, { evidence }: VerdictSources): string {
  const of = (stance: Voice['stance']) => heard.filter((voice) => voice.stance === stance);
  const [support, hedged, denying] = [of('support'), of('hedged'), of('deny')];
  if (support.length > 0)
    return `${speakers(support, evidence)} ${support.length === 1 ? 'says so' : 'say so'}`;
  if (hedged.length > 0) {
    return `${speakers(hedged, evidence)} ${hedged.length === 1 ? 'expects' : 'expect'} it`;
  }
  if (denying.length === 0) return 'nobody else says so';
  return `${speakers(denying, evidence)} ${denying.length === 1 ? 'denies' : 'deny'} it`;
}

type Noun = readonly [one: string, more: string];

const ANYBODY: Noun = ['one other voice', 'other voices'];
const INTERESTED: Noun = ['one interested party', 'interested parties'];

const NOUNS: Readonly<Partial<Record<PublisherClass, Noun>>> = {
  Q: ['one partner', 'partners'],
  S1: ['one press outlet', 'press outlets'],
  S2: ['one tracker', 'trackers'],
  S3: ['one blog or forum', 'blogs and forums'],
  S4: INTERESTED,
};

/** `one interested party`, `3 blogs and forums`; voices of several kinds are `3 other voices`. */
function speakers(voices: readonly Voice[], evidence: VerdictSources['evidence']): string {
  const classes = new Set(
    voices.flatMap((voice) => voice.evidence.map((id) => evidence.get(id)?.publisherClass)),
  );
  const [only] = classes;
  const noun = classes.size === 1 && only !== undefined ? (NOUNS[only] ?? ANYBODY) : ANYBODY;
  return voices.length === 1 ? noun[0] : `${voices.length} ${noun[1]}`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  retired: 'shut down',
  deprecated: 'deprecated',
  identity: 'another name of it',
  capability: 'what it can do',
};

/** The value of a claim behind its name: ` on 16 April 2026`, `: input $5.00`. */
export function valueWords(facet: string, value: string): string {
  if (facet === 'priced') return `: ${priceWords(value)}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? ` on ${dayWords(value)}` : `: ${value}`;
}

/** A facet label (`announced@2026-04-16`, `product_available:chatgpt`) in words. */
export function claimWords(label: string): string {
  const facet = bareFacet(label);
  const [, value] = /@([^:]*)/.exec(label) ?? [];
  const [, place] = /:(.+)$/.exec(label) ?? [];
  const isAt = facet === 'product_available';
  const said = WORDS[facet] ?? predicateOf(isAt ? label : facet, false).replace(/^(is|has) /, '');
  const at = place === undefined || isAt ? '' : ` (${placeWords(place)})`;
  if (value === undefined) return `${said}${at}`;
  if (facet === 'priced') return `at ${priceWords(value)}${at}`;
  return `${said}${valueWords(facet, value)}${at}`;
}
