import type { Chunk, Cursor, Token, Words } from './sentence-parts.ts';

const NOMINAL = new Set(['NOUN', 'PROPN', 'PRON', 'DET', 'ADJ', 'NUM', 'SYM', 'X']);
const HEADS = new Set(['NOUN', 'PROPN', 'PRON', 'NUM', 'X', 'SYM', 'DET']);

/** A noun phrase from here on; an `adjective` when no noun is in it. */
export function nounAt(cursor: Cursor, from: number): Chunk {
  let to = from;
  while (continues(cursor, from, to)) to++;
  const hasHead = cursor.tokens
    .slice(from, to + 1)
    .some(({ pos, mention }) => mention !== null || HEADS.has(pos));
  return { kind: hasHead ? 'noun' : 'adjective', from, to, verb: null };
}

/** Whether the token behind `at` belongs to the same phrase. */
function continues(cursor: Cursor, from: number, at: number): boolean {
  const { tokens, words, list } = cursor;
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  if (next === undefined) return false;
  if (isGlued(tokens, at)) return true;
  if (isEndOf(cursor, from, at, token)) return false;
  // The maker's name opens the next one: "GPT-4.1 mini OpenAI o4-mini".
  if (token.mention !== null && tokens[at + 2]?.mention != null) return false;
  if (next.mention !== null) {
    return (token.mention === null && token.pos !== 'PRON') || isPossessive(cursor, token);
  }
  if (timeLength(cursor, at + 1) > 0) return false;
  const adverb = words.phraseAt(list, at + 1, 'adverbs');
  return adverb > 0 ? takesAdverb(cursor, from, at, adverb) : takes(cursor, from, at, next);
}

/** "the previously announced retirement", "the first model of its series". */
function takesAdverb(cursor: Cursor, from: number, at: number, length: number): boolean {
  const { tokens, words, list } = cursor;
  const token = tokens[at] as Token;
  const isRank =
    words.is(list[at + 1] ?? '', 'newest') && words.is(token.word, 'articles', 'possessives');
  if (isRank && NOMINAL.has(tokens[at + 2]?.pos ?? 'PUNCT')) return true;
  const described = at + 1 + length;
  const isAdjective = tokens[described]?.pos === 'ADJ' && list[described + 1] !== undefined;
  return token.pos === 'DET' && (isAdjective || isAttributive(cursor, from, described));
}

/** Whether a phrase goes on with a word of this sort. */
function takes(cursor: Cursor, from: number, at: number, next: Token): boolean {
  const { tokens, words } = cursor;
  const token = tokens[at] as Token;
  switch (next.pos) {
    case 'ADV':
      // "our most capable model"
      return (
        !isNounLike(token) && (tokens[at + 2]?.pos === 'ADJ' || isAttributive(cursor, from, at + 2))
      );
    case 'PART':
      return next.word === "'s" || next.word === "'";
    case 'VERB':
      return isAttributive(cursor, from, at + 1);
    case 'DET':
    case 'PRON':
      return words.is(token.word, 'predeterminers');
    case 'ADJ':
      return !isNounLike(token);
    default:
      return NOMINAL.has(next.pos) && !isVerbAfterName(cursor, at + 1);
  }
}

/** A pronoun that stands for a whole phrase is one by itself. */
function isEndOf(cursor: Cursor, from: number, at: number, token: Token): boolean {
  return (
    from === at &&
    token.pos === 'PRON' &&
    token.mention === null &&
    !isPossessive(cursor, token) &&
    !(cursor.tokens[at + 1]?.pos === 'NOUN' && cursor.words.is(token.word, 'demonstratives'))
  );
}

function isPossessive({ words }: Cursor, token: Token): boolean {
  return words.is(token.word, 'possessives');
}

function isNounLike({ pos, mention }: Token): boolean {
  return mention !== null || pos === 'NOUN' || pos === 'PROPN';
}

/** Signs written without a blank around them: "fine-tuning", "text/image", "$2". */
function isGlued(tokens: readonly Token[], at: number): boolean {
  const [token, next, after] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token === undefined || next === undefined) return false;
  const touches = token.end === next.start;
  if (touches && /^[-/&%+$·]$/.test(token.word)) return true;
  if (touches && next.word === '%') return true;
  return touches && /^[-/&+·]$/.test(next.word) && after !== undefined && next.end === after.start;
}

/** "the recently released GPT-5", "supervised fine-tuning": a participle before its noun, within the phrase. */
function isAttributive({ tokens, predicates, words }: Cursor, from: number, at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || before === undefined || next === undefined) return false;
  if (!/(?:ed|ing|en)$/.test(token.word) && !words.is(token.word, 'participles')) return false;
  if (isNounLike(before) && from !== at) {
    // "image editing": a noun made of a verb; a verb of ours is none.
    return (
      /ing$/.test(token.word) && predicates.verbs(token.word).length === 0 && before.pos === 'NOUN'
    );
  }
  return next.mention !== null || ['NOUN', 'PROPN', 'ADJ'].includes(next.pos);
}

/** "GPT-9 launches in the API": tagged as a noun, and a verb behind a name all the same. */
export function isVerbAfterName({ tokens, predicates, words }: Cursor, at: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || before === undefined) return false;
  const forms = predicates.verbs(token.word);
  if (forms.length === 0) return false;
  if (forms.some(({ form }) => form === 'third') && before.mention !== null) {
    return next === undefined || next.word !== 'of';
  }
  const takesObject =
    next !== undefined &&
    (next.pos === 'DET' || next.mention !== null || words.is(next.word, 'possessives'));
  return forms.some(({ form }) => form === 'past') && takesObject && isNounLike(before);
}

/** How many tokens from here on tell a day or a moment ("starting July 30", "as of 2026-02-13", "today"). */
export function timeLength({ words, list, tokens }: Cursor, at: number): number {
  const lead = words.phraseAt(list, at, 'time-leads');
  const start = at + lead;
  const moment = words.phraseAt(list, start, 'times');
  let next = start + moment;
  while (next < list.length && isDatePart(tokens, words, next, next > start)) next++;
  return next > start ? next - at : 0;
}

function isDatePart(tokens: readonly Token[], words: Words, at: number, isOpen: boolean): boolean {
  const token = tokens[at] as Token;
  if (token.mention !== null) return false;
  const { word } = token;
  if (words.is(word, 'months', 'weekdays')) return token.capital;
  if (/^(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?$/.test(word)) {
    return isOpen || word.length > 4 || tokens[at + 1]?.pos !== 'NOUN';
  }
  if (!isOpen) return false;
  if (word === ',') return /^(?:19|20)\d\d$/.test(tokens[at + 1]?.word ?? '');
  return /^\d{1,2}(?:st|nd|rd|th)?$/.test(word);
}
