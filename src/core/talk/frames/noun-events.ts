import type { Facet } from '../../../domain/facet.ts';
import type { Mention } from '../../names/mention.ts';
import type { Token } from '../syntax/tokens.ts';
import { isHead, nameAt, namesStartingAt, type ParsedSentence, wordAt } from './noun-phrases.ts';

/** "The launch of GPT-5 was": what happened to a model, as a noun. */
export interface NounEvent {
  facet: Facet;
  /** It has not happened. */
  isDenied: boolean;
  at: number;
  to: number;
  /** Empty where the text's own model is meant ("The rollout began"). */
  mentions: readonly Mention[];
}

const RELEASE = /^(?:launch|release|rollout|roll-out|debut|arrival|introduction)$/;
const ANNOUNCED = /^(?:announcement|unveiling|reveal|presentation)$/;
const RETIRED =
  /^(?:retirement|shutdown|shut-down|sunset|removal|discontinuation|phase-out|withdrawal|sunsetting|closure)$/;
const DEPRECATED = /^(?:deprecation)$/;
const OPEN =
  /^(?:a|an|any|no|possible|rumou?red|upcoming|coming|planned|next|future|another|each|every|eventual|expected|potential|hypothetical|alleged|of)$/;
const NOT_HEAD =
  /^(?:date|dates|rumou?rs?|window|notes?|event|plans?|day|page|video|post|blog|timeline|price|pricing|partner|candidate|cycle|cadence|schedule|speculation|odds|announcement|message|error|issue|guide|news)$/;
const PAST =
  /^(?:was|were|came|took|brought|went|began|followed|happened|made|started|caught|drew|gave|put|ended|marked)$|ed$/;
const OPENERS =
  /^(?:if|whether|when|until|unless|before|could|would|should|may|might|will|not|never|no|hope|hopes|expect|expects|expected|awaiting|ahead|odds|bet)$/;

/** What a sentence takes for done by naming it with a noun and going on in the past. */
export function nounEventsIn({ tokens }: ParsedSentence): readonly NounEvent[] {
  return tokens.flatMap((_, at): readonly NounEvent[] => {
    const event = eventAt(tokens, at);
    return event === null ? [] : [event];
  });
}

function eventAt(tokens: readonly Token[], at: number): NounEvent | null {
  const facet = facetOf(wordAt(tokens, at));
  if (facet === null || NOT_HEAD.test(wordAt(tokens, at + 1))) return null;
  const named = namedBy(tokens, at);
  if (named === null || isOpen(tokens, named.from)) return null;
  const event = { facet, isDenied: false, at, to: at + 1, mentions: named.mentions };
  if (facet === 'retired' || facet === 'deprecated') {
    return named.mentions.length > 0 && isScheduled(tokens, named) ? event : null;
  }
  if (hasNotHappened(tokens, named)) return { ...event, isDenied: true };
  return isToldOf(tokens, named) ? event : null;
}

/** Whether the noun is one of what may be, or stands behind a condition or a doubt. */
function isOpen(tokens: readonly Token[], from: number): boolean {
  return (
    OPEN.test(wordAt(tokens, from - 1)) ||
    tokens.slice(0, from).some(({ text }) => OPENERS.test(text))
  );
}

function facetOf(text: string): Facet | null {
  if (RELEASE.test(text)) return 'released';
  if (ANNOUNCED.test(text)) return 'announced';
  if (RETIRED.test(text)) return 'retired';
  return DEPRECATED.test(text) ? 'deprecated' : null;
}

interface NamedNoun {
  mentions: readonly Mention[];
  from: number;
  to: number;
}

const BETWEEN = /^(?:the|its|openai|'s|new|model|both|"|latest|image)$/;
const ADJECTIVE = /^(?:official|public|full|general|api|image|staged|global|wide)$/;

/** Whose event it is: "the launch of GPT-5", "GPT-5's launch", "the GPT-5 launch", or "the rollout" at the very beginning. */
function namedBy(tokens: readonly Token[], at: number): NamedNoun | null {
  if (/^(?:of|for)$/.test(wordAt(tokens, at + 1))) return namedBehind(tokens, at);
  let k = wordAt(tokens, at - 1) === "'s" ? at - 2 : at - 1;
  while (k >= 0 && ADJECTIVE.test(wordAt(tokens, k))) k--;
  const mention = nameAt(tokens, k);
  if (mention !== null) return { mentions: [mention], from: nounFrom(tokens, k), to: at + 1 };
  const isOpening = at <= 3 && k <= 0 && /^(?:the|its)$/.test(wordAt(tokens, 0));
  return isOpening ? { mentions: [], from: 0, to: at + 1 } : null;
}

function namedBehind(tokens: readonly Token[], at: number): NamedNoun | null {
  let k = at + 2;
  while (k < at + 6 && nameAt(tokens, k) === null && BETWEEN.test(wordAt(tokens, k))) k++;
  const { mentions, end } = namesStartingAt(tokens, k, tokens.length);
  const isWhole = mentions.length > 0 && isHead(tokens, end, tokens.length);
  return isWhole ? { mentions, from: nounFrom(tokens, at), to: end } : null;
}

/** Where the noun phrase begins behind its article. */
function nounFrom(tokens: readonly Token[], at: number): number {
  let k = at;
  while (
    k > 0 &&
    /^(?:official|public|full|general|recent|surprise|staged|global|wide|long-awaited|formal|api)$/.test(
      tokens[k - 1]?.text ?? '',
    )
  )
    k--;
  return k;
}

/** "The launch has not happened", "never came". */
function hasNotHappened(tokens: readonly Token[], { to }: NamedNoun): boolean {
  const behind = tokens.slice(to, to + 7).map(({ text }) => text);
  const cut = behind.findIndex((text) => /^[,;:.]$/.test(text));
  const clause = cut < 0 ? behind : behind.slice(0, cut);
  const not = clause.findIndex((text) => /^(?:not|never|yet)$/.test(text));
  return (
    not >= 0 &&
    clause
      .slice(not + 1)
      .some((text) =>
        /^(?:happen(?:ed)?|come|came|taken|take|place|arrived?|followed?|begun|started|been|announced)$/.test(
          text,
        ),
      )
  );
}

/** The clause says when it is, or that it was. */
function isScheduled(tokens: readonly Token[], named: NamedNoun): boolean {
  const next = tokens[named.to]?.text ?? '';
  return (
    isToldOf(tokens, named) ||
    /^(?:is|are|takes|will|on|begins|starts|comes|has|effective)$/.test(next)
  );
}

const NOT_DONE = /^(?:never|expected|planned|scheduled|delayed|postponed|rumou?red|supposed|due)$/;
const PRESENT = /^(?:is|are|will|has|have|may|could|would|might|can|[,;:.])$/;
/** How far behind the noun its verb may stand, in tokens. */
const VERB_REACH = 8;

/** The clause goes on in the past. */
function isToldOf(tokens: readonly Token[], { to }: NamedNoun): boolean {
  for (let k = to; k < Math.min(tokens.length, to + VERB_REACH); k++) {
    const text = wordAt(tokens, k);
    if (PAST.test(text)) return !NOT_DONE.test(text) && !NOT_DONE.test(wordAt(tokens, k + 1));
    if (PRESENT.test(text)) return false;
  }
  return false;
}
