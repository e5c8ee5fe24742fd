import type { Facet } from '../../../domain/facet.ts';
import type { Mention } from '../../names/mention.ts';
import type { ParsedSentence } from '../syntax/clauses.ts';
import type { WordLists } from '../syntax/word-classes.ts';
import { isHead, namesStartingAt } from './noun-phrases.ts';

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

const RELEASES = 'launch release rollout roll-out debut arrival introduction';
const ANNOUNCEMENTS = 'announcement unveiling reveal presentation';
const EVENTS: ReadonlyMap<string, Facet> = new Map([
  ...RELEASES.split(' ').map((noun) => [noun, 'released'] as const),
  ...ANNOUNCEMENTS.split(' ').map((noun) => [noun, 'announced'] as const),
  ['deprecation', 'deprecated'],
]);

/** What a sentence takes for done by naming it with a noun and going on in the past. */
export function nounEventsIn(parsed: ParsedSentence): readonly NounEvent[] {
  return parsed.tokens.flatMap((_, at): readonly NounEvent[] => {
    const event = eventAt(parsed, at);
    return event === null ? [] : [event];
  });
}

function eventAt(parsed: ParsedSentence, at: number): NounEvent | null {
  const facet = facetOf(parsed.lists, parsed.word(at));
  if (facet === null || parsed.is('noun-events.not-head', at + 1)) return null;
  const named = namedBy(parsed, at);
  if (named === null || isOpen(parsed, named.from)) return null;
  const event = { facet, isDenied: false, at, to: at + 1, mentions: named.mentions };
  if (facet === 'retired' || facet === 'deprecated') {
    // The clause says when it is, or that it was.
    const isTold = isToldOf(parsed, named) || parsed.is('noun-events.is-scheduled', named.to);
    return named.mentions.length > 0 && isTold ? event : null;
  }
  if (hasNotHappened(parsed, named)) return { ...event, isDenied: true };
  return isToldOf(parsed, named) ? event : null;
}

/** Whether the noun is one of what may be, or stands behind a condition or a doubt. */
function isOpen(parsed: ParsedSentence, from: number): boolean {
  return (
    parsed.is('noun-events.open', from - 1) ||
    parsed.tokens.slice(0, from).some(({ text }) => parsed.lists['noun-events.openers'].test(text))
  );
}

function facetOf(lists: WordLists, text: string): Facet | null {
  return EVENTS.get(text) ?? (lists['noun-events.retired'].test(text) ? 'retired' : null);
}

interface NamedNoun {
  mentions: readonly Mention[];
  from: number;
  to: number;
}

/** Whose event it is: "the launch of GPT-5", "GPT-5's launch", "the GPT-5 launch", or "the rollout" at the very beginning. */
function namedBy(parsed: ParsedSentence, at: number): NamedNoun | null {
  if (/^(?:of|for)$/.test(parsed.word(at + 1))) return namedBehind(parsed, at);
  let k = parsed.word(at - 1) === "'s" ? at - 2 : at - 1;
  while (k >= 0 && parsed.is('noun-events.adjective', k)) k--;
  const mention = parsed.name(k);
  if (mention !== null) return { mentions: [mention], from: nounFrom(parsed, k), to: at + 1 };
  const isOpening = at <= 3 && k <= 0 && /^(?:the|its)$/.test(parsed.word(0));
  return isOpening ? { mentions: [], from: 0, to: at + 1 } : null;
}

function namedBehind(parsed: ParsedSentence, at: number): NamedNoun | null {
  let k = at + 2;
  while (k < at + 6 && parsed.name(k) === null && parsed.is('noun-events.between', k)) k++;
  const { mentions, end } = namesStartingAt(parsed, k, parsed.tokens.length);
  const isFollowed =
    parsed.is('noun-events.past', end) || isHead(parsed, end, parsed.tokens.length);
  const isWhole = mentions.length > 0 && isFollowed;
  return isWhole ? { mentions, from: nounFrom(parsed, at), to: end } : null;
}

/** Where the noun phrase begins behind its article. */
function nounFrom(parsed: ParsedSentence, at: number): number {
  let k = at;
  while (k > 0 && parsed.is('noun-events.noun-from', k - 1)) k--;
  return k;
}

/** "The launch has not happened", "never came". */
function hasNotHappened(parsed: ParsedSentence, { to }: NamedNoun): boolean {
  const behind = parsed.tokens.slice(to, to + 7).map(({ text }) => text);
  const cut = behind.findIndex((text) => /^[,;:.]$/.test(text));
  const clause = cut < 0 ? behind : behind.slice(0, cut);
  const not = clause.findIndex((text) => /^(?:not|never|yet)$/.test(text));
  return (
    not >= 0 &&
    clause.slice(not + 1).some((text) => parsed.lists['noun-events.has-not-happened'].test(text))
  );
}

/** How far behind the noun its verb may stand, in tokens. */
const VERB_REACH = 8;

/** The clause goes on in the past. */
function isToldOf(parsed: ParsedSentence, { to }: NamedNoun): boolean {
  for (let k = to; k < Math.min(parsed.tokens.length, to + VERB_REACH); k++) {
    if (parsed.is('noun-events.past', k))
      return !parsed.is('noun-events.not-done', k) && !parsed.is('noun-events.not-done', k + 1);
    if (parsed.is('noun-events.present', k)) return parsed.is('noun-events.done', k + 1);
  }
  return false;
}
