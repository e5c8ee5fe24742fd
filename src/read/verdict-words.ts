import { dayWords } from '../core/stories/sentences.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import type { PublisherClass } from '../domain/publisher.ts';
import type { Day } from '../domain/time.ts';
import type { PrimaryStateName, Verdict, Voice } from '../domain/verdict.ts';

/** A verdict as a person says it: a word or two, and a sentence. */
export interface VerdictWords {
  verdict: string;
  sentence: string;
}

export interface VerdictSources {
  /** The vendor by the name people know it by. */
  vendor: string;
  /** The day the vendor set for the shutdown; null where it set none. */
  shutdown: Day | null;
  evidence: ReadonlyMap<EvidenceId, Pick<Evidence, 'publisherClass'>>;
}

/** The headline claim in words: what the vendor says, and who else does. */
export function verdictWords(released: Verdict, sources: VerdictSources): VerdictWords {
  const { vendor, shutdown } = sources;
  const day = shutdown === null ? null : dayWords(shutdown);
  switch (released.level) {
    case 'confirmed':
      return {
        verdict: 'Confirmed',
        sentence: `${vendor} says so on its own pages${day === null ? '' : `, and has set its shutdown for ${day}`}.`,
      };
    case 'withdrawn':
      return day === null
        ? { verdict: 'Withdrawn', sentence: `${vendor} said so once, and shows it no longer.` }
        : {
            verdict: 'Withdrawn',
            sentence: `${vendor} set its shutdown for ${day}, and shows it no longer.`,
          };
    case 'contradicted':
      return { verdict: 'Contradicted', sentence: `${vendor} says otherwise.` };
    default:
      return {
        verdict:
          released.level === 'unknown' && released.status !== 'denied'
            ? 'Unknown'
            : 'Not confirmed',
        sentence: `${capitalized(VENDOR_SIDE[released.primary.state](vendor))}; ${othersSide(released, sources)}.`,
      };
  }
}

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
  if (support.length > 0) return `${speakers(support, evidence)} ${hasOrHave(support)}`;
  if (hedged.length > 0) {
    return `${speakers(hedged, evidence)} ${hedged.length === 1 ? 'expects' : 'expect'} it`;
  }
  if (denying.length === 0) return 'nobody else has';
  return `${speakers(denying, evidence)} ${denying.length === 1 ? 'denies' : 'deny'} it`;
}

function hasOrHave(voices: readonly Voice[]): string {
  return voices.length === 1 ? 'has' : 'have';
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
