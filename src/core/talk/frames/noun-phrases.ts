import type { Mention } from '../../names/mention.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
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

/** A sentence taken apart. */
export interface ParsedSentence {
  tokens: readonly Token[];
  clauses: readonly ClauseSpan[];
}

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

/** Words of things that are not there yet, or are somebody's claim. */
export const UNREAL =
  /^(?:future|upcoming|coming|planned|hypothetical|potential|rumou?red|alleged|fake|supposed|possible|unreleased|eventual|imagined)$/;
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
    } else if (!/^(?:and|or|,|&|\+|\/|the|as|well|its|id|models?)$/.test(wordAt(tokens, k))) break;
  }
  return { mentions: found, end };
}

const VERSION_OF = /^(?:version|preview|variant|edition|build|weights|all|both|models?)$/;

/** The names that end at a token, when no preposition makes them part of something else. */
export function namedAt(tokens: readonly Token[], at: number, clause: ClauseSpan): Filler | null {
  const mentions = namesEndingAt(tokens, at, clause.from);
  let k = at;
  let left = mentions.length;
  while (k >= clause.from && left > 0) if (nameAt(tokens, k--) !== null) left--;
  const before = wordAt(tokens, k);
  const filler: Filler = { kind: 'named', mentions, isNegated: /^(?:no|neither)$/.test(before) };
  if (k < clause.from) return filler;
  if (UNREAL.test(before)) return null;
  const isLed = DETERMINERS.has(before) || before === "'s";
  const place = isLed ? k - 1 : k;
  const leading = wordAt(tokens, place);
  if (!PREPOSITIONS.has(leading) || isAdverb(leading)) return filler;
  const isVersion = leading === 'of' && VERSION_OF.test(wordAt(tokens, place - 1));
  const isAccess = leading === 'to' && wordAt(tokens, place - 1) === 'access';
  return isVersion || isAccess || (leading === 'as' && place === clause.from) ? filler : null;
}

const ARTICLE = /^(?:the|this|that|these|those|both|its|their|a|an|no|our|his)$/;
const DEFINITE = /^(?:the|this|that|these|those|both|its|their)$/;
/** Words by which a noun means another model than the one spoken of. */
const OTHER =
  /^(?:other|previous|old|older|earlier|former|original|different|another|smaller|rival|competing|existing|first|second|third|next)$/;
const VERBAL = /(?:ing|ed)$/;
const ADJECTIVAL =
  /^(?:updated|awaited|improved|promised|imaging|reasoning|coding|thinking|redesigned)$/;

/** "the new image model": a noun that takes up a model, or names it in front. */
export function modelNounAt(
  { tokens }: ParsedSentence,
  clause: ClauseSpan,
  at: number,
): Filler | null {
  const noun = wordAt(tokens, at);
  let k = at - 1;
  while (k >= clause.from && NAME_TAILS.has(wordAt(tokens, k))) k--;
  if (nameAt(tokens, k) !== null) return namedAt(tokens, k, clause);
  if (!MODEL_NOUNS.has(noun)) return null;
  const article = articleBefore(tokens, k, clause.from);
  if (article === null || !DEFINITE.test(wordAt(tokens, article))) return null;
  const isWithin = article - 1 >= clause.from && PREPOSITIONS.has(wordAt(tokens, article - 1));
  const isPlural = noun.endsWith('s') || /^(?:family|lineup|line-up|trio|pair)$/.test(noun);
  return isWithin ? null : { kind: 'anaphor', isPlural, isNegated: false };
}

/** Where the article of a noun stands, at most four words before; null where a word sets it apart. */
function articleBefore(tokens: readonly Token[], at: number, from: number): number | null {
  for (let k = at; k >= Math.max(from, at - 3); k--) {
    const text = wordAt(tokens, k);
    if (ARTICLE.test(text)) return k;
    const isApart =
      UNREAL.test(text) ||
      OTHER.test(text) ||
      PREPOSITIONS.has(text) ||
      tokens[k]?.sort === 'sign' ||
      isFiniteHelper(text);
    if (isApart || (VERBAL.test(text) && !ADJECTIVAL.test(text))) return null;
  }
  return null;
}

const FOLLOWERS =
  /^(?:it|they|we|openai|either|anyway|again|and|or|but|which|that|who|when|where|because|if|so|while|although|out|live|available|public|free|ahead|not|yet|access|next|last|yesterday|together|shortly|directly|globally|without|worldwide|earlier|later|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

/** Whether a name is not just a part of a longer noun ("GPT-5 users"), by the word behind it. */
export function isHead(tokens: readonly Token[], next: number, to: number): boolean {
  const token = tokens[next];
  if (next >= to || token?.sort !== 'word') return true;
  const { text } = token;
  if (text === "'s") {
    return /^(?:api|release|launch|weights|rollout|availability|debut|arrival)$/.test(
      wordAt(tokens, next + 1),
    );
  }
  if (NAME_TAILS.has(text)) return isHead(tokens, next + 1, to);
  const isFunctional =
    isFiniteHelper(text) || PREPOSITIONS.has(text) || isAdverb(text) || DETERMINERS.has(text);
  return isFunctional || FOLLOWERS.test(text) || /(?:ing|ly)$/.test(text);
}
