import type { Facet } from '../../../domain/facet.ts';
import type { Mention } from '../../names/mention.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import { isHead, nameAt, namesStartingAt, wordAt } from './noun-phrases.ts';

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
export function nounEventsIn({ tokens, lists }: ParsedSentence): readonly NounEvent[] {
  return tokens.flatMap((_, at): readonly NounEvent[] => {
    const event = eventAt(lists, tokens, at);
    return event === null ? [] : [event];
  });
}

function eventAt(lists: WordLists, tokens: readonly Token[], at: number): NounEvent | null {
  const facet = facetOf(lists, wordAt(tokens, at));
  if (facet === null || lists['noun-events.not-head'].test(wordAt(tokens, at + 1))) return null;
  const named = namedBy(lists, tokens, at);
  if (named === null || isOpen(lists, tokens, named.from)) return null;
  const event = { facet, isDenied: false, at, to: at + 1, mentions: named.mentions };
  if (facet === 'retired' || facet === 'deprecated') {
    return named.mentions.length > 0 && isScheduled(lists, tokens, named) ? event : null;
  }
  if (hasNotHappened(lists, tokens, named)) return { ...event, isDenied: true };
  return isToldOf(lists, tokens, named) || isPresupposed(lists, tokens, named) ? event : null;
}

const BEHIND_IT = /^(?:since|after|following|with|upon|until)$/;

/** "Since the release of GPT-5.5", "after its launch": what something else is dated by has been. */
function isPresupposed(
  lists: WordLists,
  tokens: readonly Token[],
  { from, mentions }: NamedNoun,
): boolean {
  if (mentions.length === 0 || tokens.some(({ text }) => lists['noun-events.ahead'].test(text)))
    return false;
  const at = /^(?:the|its|'s)$/.test(wordAt(tokens, from - 1)) ? from - 2 : from - 1;
  const before = wordAt(tokens, at);
  return (
    before === 'since' ||
    (BEHIND_IT.test(before) && tokens.some(({ text }) => lists['noun-events.past'].test(text)))
  );
}

/** Whether the noun is one of what may be, or stands behind a condition or a doubt. */
function isOpen(lists: WordLists, tokens: readonly Token[], from: number): boolean {
  return (
    lists['noun-events.open'].test(wordAt(tokens, from - 1)) ||
    tokens.slice(0, from).some(({ text }) => lists['noun-events.openers'].test(text))
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
function namedBy(lists: WordLists, tokens: readonly Token[], at: number): NamedNoun | null {
  if (/^(?:of|for)$/.test(wordAt(tokens, at + 1))) return namedBehind(lists, tokens, at);
  let k = wordAt(tokens, at - 1) === "'s" ? at - 2 : at - 1;
  while (k >= 0 && lists['noun-events.adjective'].test(wordAt(tokens, k))) k--;
  const mention = nameAt(tokens, k);
  if (mention !== null)
    return { mentions: [mention], from: nounFrom(lists, tokens, k), to: at + 1 };
  const isOpening = at <= 3 && k <= 0 && /^(?:the|its)$/.test(wordAt(tokens, 0));
  return isOpening ? { mentions: [], from: 0, to: at + 1 } : null;
}

function namedBehind(lists: WordLists, tokens: readonly Token[], at: number): NamedNoun | null {
  let k = at + 2;
  while (
    k < at + 6 &&
    nameAt(tokens, k) === null &&
    lists['noun-events.between'].test(wordAt(tokens, k))
  )
    k++;
  const { mentions, end } = namesStartingAt(lists, tokens, k, tokens.length);
  const isFollowed =
    lists['noun-events.past'].test(wordAt(tokens, end)) ||
    isHead(lists, tokens, end, tokens.length);
  const isWhole = mentions.length > 0 && isFollowed;
  return isWhole ? { mentions, from: nounFrom(lists, tokens, at), to: end } : null;
}

/** Where the noun phrase begins behind its article. */
function nounFrom(lists: WordLists, tokens: readonly Token[], at: number): number {
  let k = at;
  while (k > 0 && lists['noun-events.noun-from'].test(tokens[k - 1]?.text ?? '')) k--;
  return k;
}

/** "The launch has not happened", "never came". */
function hasNotHappened(lists: WordLists, tokens: readonly Token[], { to }: NamedNoun): boolean {
  const behind = tokens.slice(to, to + 7).map(({ text }) => text);
  const cut = behind.findIndex((text) => /^[,;:.]$/.test(text));
  const clause = cut < 0 ? behind : behind.slice(0, cut);
  const not = clause.findIndex((text) => /^(?:not|never|yet)$/.test(text));
  return (
    not >= 0 &&
    clause.slice(not + 1).some((text) => lists['noun-events.has-not-happened'].test(text))
  );
}

/** The clause says when it is, or that it was. */
function isScheduled(lists: WordLists, tokens: readonly Token[], named: NamedNoun): boolean {
  const next = tokens[named.to]?.text ?? '';
  return isToldOf(lists, tokens, named) || lists['noun-events.is-scheduled'].test(next);
}
/** How far behind the noun its verb may stand, in tokens. */
const VERB_REACH = 8;

/** The clause goes on in the past. */
function isToldOf(lists: WordLists, tokens: readonly Token[], { to }: NamedNoun): boolean {
  for (let k = to; k < Math.min(tokens.length, to + VERB_REACH); k++) {
    const text = wordAt(tokens, k);
    if (lists['noun-events.past'].test(text))
      return (
        !lists['noun-events.not-done'].test(text) &&
        !lists['noun-events.not-done'].test(wordAt(tokens, k + 1))
      );
    if (lists['noun-events.present'].test(text))
      return lists['noun-events.done'].test(wordAt(tokens, k + 1));
  }
  return false;
}
