import type { Mention } from '../../names/mention.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
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

/** The word at a place, empty beyond the ends. */
export function wordAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? '';
}

export function nameAt(tokens: readonly Token[], at: number): Mention | null {
  return tokens[at]?.mention ?? null;
}

export function naming(...mentions: readonly Mention[]): Filler {
  return { kind: 'named', mentions, isNegated: false };
}
const JOINS = /^(?:,|and|&|or|nor|\+|\/)$/;

/** Names joined by "and" or commas that end at a token, in order. */
export function namesEndingAt(
  tokens: readonly Token[],
  at: number,
  from: number,
): readonly Mention[] {
  const found: Mention[] = [];
  let isJoined = false;
  for (let k = at; k >= from; k--) {
    const mention = nameAt(tokens, k);
    if (mention !== null) found.unshift(mention);
    else if (!JOINS.test(wordAt(tokens, k))) break;
    else if (nameAt(tokens, k - 1) === null && wordAt(tokens, k - 1) !== ',') break;
    else if (wordAt(tokens, k) !== ',') isJoined = true;
  }
  // "Unlike GPT-5.4, GPT-5.5 is": a comma alone joins nothing.
  return isJoined ? found : found.slice(-1);
}

/** Names joined by "and" or commas that begin at a token, and where they end. */
export function namesStartingAt(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  to: number,
): { mentions: readonly Mention[]; end: number } {
  const found: Mention[] = [];
  let end = at;
  for (let k = at; k < to; k++) {
    const mention = nameAt(tokens, k);
    if (mention !== null) {
      found.push(mention);
      end = k + 1;
    } else if (!lists['noun-phrases.names-starting-at'].test(wordAt(tokens, k))) break;
  }
  return { mentions: found, end };
}

/** The names that end at a token, when no preposition makes them part of something else. */
export function namedAt(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  clause: ClauseSpan,
): Filler | null {
  const mentions = namesEndingAt(tokens, at, clause.from);
  let k = at;
  let left = mentions.length;
  while (k >= clause.from && left > 0) if (nameAt(tokens, k--) !== null) left--;
  const before = wordAt(tokens, k);
  const filler: Filler = { kind: 'named', mentions, isNegated: /^(?:no|neither)$/.test(before) };
  if (k < clause.from) return filler;
  if (lists['noun-phrases.unreal'].test(before)) return null;
  const isLed = DETERMINERS.has(before) || before === "'s";
  const place = isLed ? k - 1 : k;
  const leading = wordAt(tokens, place);
  if (!PREPOSITIONS.has(leading) || isAdverb(leading)) return filler;
  const isOpening = leading === 'as' && place === clause.from;
  return isOpening || leadsToName(lists, tokens, place) ? filler : null;
}

/** "the preview of", "access to", "older models such as": prepositions behind which the name itself is meant. */
function leadsToName(lists: WordLists, tokens: readonly Token[], at: number): boolean {
  const before = wordAt(tokens, at - 1);
  switch (wordAt(tokens, at)) {
    case 'of':
      return (
        lists['noun-phrases.version-of'].test(before) &&
        !lists['noun-phrases.another'].test(wordAt(tokens, at - 2))
      );
    case 'to':
      return before === 'access';
    default:
      return wordAt(tokens, at) === 'as' && before === 'such';
  }
}
const VERBAL = /(?:ing|ed)$/;

/** "the new image model": a noun that takes up a model, or names it in front. */
export function modelNounAt(
  { tokens, lists }: ParsedSentence,
  clause: ClauseSpan,
  at: number,
): Filler | null {
  const noun = wordAt(tokens, at);
  let k = at - 1;
  while (k >= clause.from && NAME_TAILS.has(wordAt(tokens, k))) k--;
  if (nameAt(tokens, k) !== null) return namedAt(lists, tokens, k, clause);
  if (!MODEL_NOUNS.has(noun)) return null;
  const article = articleBefore(lists, tokens, k, clause.from);
  if (article === null || !lists['noun-phrases.definite'].test(wordAt(tokens, article)))
    return null;
  const isWithin = article - 1 >= clause.from && PREPOSITIONS.has(wordAt(tokens, article - 1));
  const isPlural = noun.endsWith('s') || /^(?:family|lineup|line-up|trio|pair)$/.test(noun);
  return isWithin ? null : { kind: 'anaphor', isPlural, isNegated: false };
}

/** Where the article of a noun stands, at most four words before; null where a word sets it apart. */
function articleBefore(
  lists: WordLists,
  tokens: readonly Token[],
  at: number,
  from: number,
): number | null {
  for (let k = at; k >= Math.max(from, at - 3); k--) {
    const text = wordAt(tokens, k);
    if (lists['noun-phrases.article'].test(text)) return k;
    const isApart =
      lists['noun-phrases.unreal'].test(text) ||
      lists['noun-phrases.other'].test(text) ||
      PREPOSITIONS.has(text) ||
      tokens[k]?.sort === 'sign' ||
      isFiniteHelper(text);
    if (isApart || (VERBAL.test(text) && !lists['noun-phrases.adjectival'].test(text))) return null;
  }
  return null;
}

/** Whether a name is not just a part of a longer noun ("GPT-5 users"), by the word behind it. */
export function isHead(
  lists: WordLists,
  tokens: readonly Token[],
  next: number,
  to: number,
): boolean {
  const token = tokens[next];
  if (next >= to || token?.sort !== 'word') return true;
  const { text } = token;
  if (text === "'s") {
    return lists['noun-phrases.is-head'].test(wordAt(tokens, next + 1));
  }
  if (NAME_TAILS.has(text)) return isHead(lists, tokens, next + 1, to);
  const isFunctional =
    isFiniteHelper(text) || PREPOSITIONS.has(text) || isAdverb(text) || DETERMINERS.has(text);
  return isFunctional || lists['noun-phrases.followers'].test(text) || /(?:ing|ly)$/.test(text);
}
