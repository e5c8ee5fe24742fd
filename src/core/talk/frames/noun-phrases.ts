import type { Mention } from '../../names/mention.ts';
import type { ClauseSpan, ParsedSentence } from '../syntax/clauses.ts';
import {
  DETERMINERS,
  isAdverb,
  isFiniteHelper,
  MODEL_NOUNS,
  NAME_TAILS,
  PREPOSITIONS,
} from '../syntax/word-classes.ts';

/** What stands in the place of an argument: names, or a word that takes one up. */
export type Filler =
  | { kind: 'named'; mentions: readonly Mention[]; isNegated: boolean }
  /** "it", "the model": whoever was spoken of before. */
  | { kind: 'anaphor'; isPlural: boolean; isNegated: boolean }
  /** Nothing stands there. */
  | { kind: 'ellipsis' };

export function naming(...mentions: readonly Mention[]): Filler {
  return { kind: 'named', mentions, isNegated: false };
}
const JOINS = /^(?:,|and|&|or|nor|\+|\/)$/;

/** Names joined by "and" or commas that end at a token, in order. */
export function namesEndingAt(
  parsed: ParsedSentence,
  at: number,
  from: number,
): readonly Mention[] {
  const found: Mention[] = [];
  let isJoined = false;
  for (let k = at; k >= from; k--) {
    const mention = parsed.name(k);
    if (mention !== null) found.unshift(mention);
    else if (!JOINS.test(parsed.word(k))) break;
    else if (parsed.name(k - 1) === null && parsed.word(k - 1) !== ',') break;
    else if (parsed.word(k) !== ',') isJoined = true;
  }
  // "Unlike GPT-5.4, GPT-5.5 is": a comma alone joins nothing.
  return isJoined ? found : found.slice(-1);
}

/** Names joined by "and" or commas that begin at a token, and where they end. */
export function namesStartingAt(
  parsed: ParsedSentence,
  at: number,
  to: number,
): { mentions: readonly Mention[]; end: number } {
  const found: Mention[] = [];
  let end = at;
  for (let k = at; k < to; k++) {
    const mention = parsed.name(k);
    if (mention !== null) {
      found.push(mention);
      end = k + 1;
    } else if (!parsed.is('noun-phrases.names-starting-at', k)) break;
  }
  return { mentions: found, end };
}

/** The names that end at a token, when no preposition makes them part of something else. */
export function namedAt(parsed: ParsedSentence, at: number, clause: ClauseSpan): Filler | null {
  const mentions = namesEndingAt(parsed, at, clause.from);
  let k = at;
  let left = mentions.length;
  while (k >= clause.from && left > 0) if (parsed.name(k--) !== null) left--;
  const before = parsed.word(k);
  const filler: Filler = { kind: 'named', mentions, isNegated: /^(?:no|neither)$/.test(before) };
  if (k < clause.from) return filler;
  if (parsed.lists['noun-phrases.unreal'].test(before)) return null;
  const isLed = DETERMINERS.has(before) || before === "'s";
  const place = isLed ? k - 1 : k;
  const leading = parsed.word(place);
  if (!PREPOSITIONS.has(leading) || isAdverb(leading)) return filler;
  const isOpening = leading === 'as' && place === clause.from;
  return isOpening || leadsToName(parsed, place) ? filler : null;
}

/** "the preview of", "access to", "older models such as": prepositions behind which the name itself is meant. */
function leadsToName(parsed: ParsedSentence, at: number): boolean {
  if (/^(?:access to|such as)$/.test(`${parsed.word(at - 1)} ${parsed.word(at)}`)) return true;
  const isVersion = parsed.word(at) === 'of' && parsed.is('noun-phrases.version-of', at - 1);
  return isVersion && !parsed.is('noun-phrases.another', at - 2);
}
const VERBAL = /(?:ing|ed)$/;

/** "the new image model": a noun that takes up a model, or names it in front. */
export function modelNounAt(parsed: ParsedSentence, clause: ClauseSpan, at: number): Filler | null {
  const noun = parsed.word(at);
  let k = at - 1;
  while (k >= clause.from && NAME_TAILS.has(parsed.word(k))) k--;
  if (parsed.name(k) !== null) return namedAt(parsed, k, clause);
  if (!MODEL_NOUNS.has(noun)) return null;
  const article = articleBefore(parsed, k, clause.from);
  if (article === null || !parsed.is('noun-phrases.definite', article)) return null;
  const isWithin = article - 1 >= clause.from && PREPOSITIONS.has(parsed.word(article - 1));
  const isPlural = noun.endsWith('s') || /^(?:family|lineup|line-up|trio|pair)$/.test(noun);
  return isWithin ? null : { kind: 'anaphor', isPlural, isNegated: false };
}

/** Where the article of a noun stands, at most four words before; null where a word sets it apart. */
function articleBefore(parsed: ParsedSentence, at: number, from: number): number | null {
  for (let k = at; k >= Math.max(from, at - 3); k--) {
    const text = parsed.word(k);
    if (parsed.is('noun-phrases.article', k)) return k;
    const isOther = parsed.is('noun-phrases.unreal', k) || parsed.is('noun-phrases.other', k);
    const isVerb = VERBAL.test(text) && !parsed.is('noun-phrases.adjectival', k);
    const isApart = PREPOSITIONS.has(text) || parsed.tokens[k]?.sort === 'sign';
    if (isOther || isVerb || isApart || isFiniteHelper(text)) return null;
  }
  return null;
}

/** Whether a name is not just a part of a longer noun ("GPT-5 users"), by the word behind it. */
export function isHead(parsed: ParsedSentence, next: number, to: number): boolean {
  const token = parsed.tokens[next];
  if (next >= to || token?.sort !== 'word') return true;
  const { text } = token;
  if (text === "'s") return parsed.is('noun-phrases.is-head', next + 1);
  if (NAME_TAILS.has(text)) return isHead(parsed, next + 1, to);
  const isFunctional =
    isFiniteHelper(text) || PREPOSITIONS.has(text) || isAdverb(text) || DETERMINERS.has(text);
  return isFunctional || parsed.is('noun-phrases.followers', next) || /(?:ing|ly)$/.test(text);
}
