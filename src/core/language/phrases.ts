import { nounAt, timeLength } from './noun-chunks.ts';
import type { Predicates } from './predicates.ts';
import type { Aside, Chunk, Cursor, Sentence, Token, Words } from './sentence-parts.ts';
import { isAuxiliary, verbAt } from './verb-chunks.ts';

/** A sentence cut into phrases, with what is asked of it all the time. */
export interface Phrases extends Cursor {
  sentence: Sentence;
  chunks: readonly Chunk[];
}

export function phrasesOf(
  written: Sentence,
  grammar: { words: Words; predicates: Predicates },
): Phrases {
  const sentence = withoutOpeningSigns(withHyphenated(written, grammar.predicates), grammar.words);
  const tokens = sentence.tokens.map((token, at) => {
    if (isNounAfterAll(sentence.tokens, at, grammar)) return { ...token, pos: 'NOUN' as const };
    return isPointing(sentence.tokens, at, grammar.words)
      ? { ...token, pos: 'ADJ' as const }
      : token;
  });
  const list = tokens.map(({ word }) => word);
  return { ...grammar, sentence, tokens, list, chunks: chunksOf({ ...sentence, tokens }, grammar) };
}

/** "open-sourcing", "open-sourced": three tokens to the tagger, and one verb of a rule. */
function withHyphenated(sentence: Sentence, predicates: Predicates): Sentence {
  const { tokens } = sentence;
  const place: number[] = [];
  const merged: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, hyphen, rest] = tokens.slice(at, at + 3);
    if (token === undefined) break;
    place.push(merged.length);
    const word = `${token.word}-${rest?.word ?? ''}`;
    const isOne = hyphen?.word === '-' && token.end === hyphen.start && hyphen.end === rest?.start;
    if (rest !== undefined && isOne && predicates.verbs(word).some(({ form }) => form !== 'base')) {
      merged.push({ ...token, word, end: rest.end, pos: 'VERB' });
      place.push(merged.length - 1, merged.length - 1);
      at += 2;
    } else merged.push(token);
  }
  if (merged.length === tokens.length) return sentence;
  const asides = sentence.asides.map((aside) => ({ ...aside, after: place[aside.after] ?? -1 }));
  return { ...sentence, tokens: merged, asides };
}

/** "🚀 Meet GPT-9": signs of joy and bullets before the first word say nothing. */
function withoutOpeningSigns(sentence: Sentence, words: Words): Sentence {
  const { tokens, asides } = sentence;
  const first = tokens.findIndex(({ word }) => !words.is(word, 'opening-signs'));
  if (first <= 0) return sentence;
  return {
    ...sentence,
    tokens: tokens.slice(first),
    asides: asides.map((aside) => ({ ...aside, after: aside.after - first })),
  };
}

/** "the following open models": it points at what it stands before. */
function isPointing(tokens: readonly Token[], at: number, words: Words): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return (
    words.is(before?.word ?? '', 'articles') &&
    words.is(token?.word ?? '', 'listing') &&
    ['ADJ', 'NOUN', 'PROPN', 'NUM'].includes(next?.pos ?? '')
  );
}

/** "this launch", "have access", "even harder questions": tagged as verbs, and nouns by the word before them. */
function isNounAfterAll(
  tokens: readonly Token[],
  at: number,
  { words, predicates }: { words: Words; predicates: Predicates },
): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token?.pos !== 'VERB') return false;
  const { word } = token;
  if (words.is(before.word, 'demonstratives', 'possessives', 'articles'))
    return !/(?:s|ed|ing)$/.test(word);
  if (words.is(before.word, 'have', 'gets')) {
    const forms = predicates.verbs(word);
    return forms.length > 0 && forms.every(({ form }) => form === 'base');
  }
  return (
    word.endsWith('s') && /[^aeiou](?:er|est)$/.test(before.word) && before.pos.startsWith('AD')
  );
}

/** The words of a phrase. */
export function wordsOf({ list }: Phrases, { from, to }: Chunk): readonly string[] {
  return list.slice(from, to + 1);
}

export function firstWord({ list }: Phrases, chunk: Chunk | undefined): string {
  return chunk === undefined ? '' : (list[chunk.from] ?? '');
}

/** Whether a phrase of a class begins anywhere from one token up to another. */
export function hasPhrase(
  { words, list }: Phrases,
  from: number,
  to: number,
  wordClass: string,
): boolean {
  for (let at = from; at <= to; at++) {
    const length = words.phraseAt(list, at, wordClass);
    if (length > 0 && at + length - 1 <= to) return true;
  }
  return false;
}

/** The brackets that stand right behind a phrase, or within it. */
export function asidesOf({ sentence }: Phrases, { from, to }: Chunk): readonly Aside[] {
  return sentence.asides.filter(({ after }) => after >= from && after <= to);
}

/** Index of the first phrase from one on that is none of the kinds given. */
export function skip(
  { chunks }: Phrases,
  from: number,
  step: 1 | -1,
  ...kinds: readonly Chunk['kind'][]
): number {
  let at = from;
  while (kinds.includes(chunks[at]?.kind ?? ('none' as Chunk['kind']))) at += step;
  return at;
}

/** Whether a phrase is a given sign. */
export function isSign(
  phrases: Phrases,
  chunk: Chunk | undefined,
  ...signs: readonly string[]
): boolean {
  return chunk?.kind === 'sign' && signs.includes(firstWord(phrases, chunk));
}

export function tokensOf({ tokens }: Phrases, { from, to }: Chunk): readonly Token[] {
  return tokens.slice(from, to + 1);
}

const SIGNS = /^(?:[,;:.!?—–·•|…]+|-+)$/;

/** The phrases of a sentence, in order. */
function chunksOf(
  { tokens }: Sentence,
  grammar: { words: Words; predicates: Predicates },
): readonly Chunk[] {
  const cursor: Cursor = { ...grammar, tokens, list: tokens.map(({ word }) => word) };
  const chunks: Chunk[] = [];
  let at = 0;
  while (at < tokens.length) {
    const chunk = chunkAt(cursor, at, chunks.at(-1) ?? null);
    chunks.push(chunk);
    at = chunk.to + 1;
  }
  return chunks;
}

function chunkAt(cursor: Cursor, at: number, before: Chunk | null): Chunk {
  const { words, list, tokens } = cursor;
  const token = tokens[at] as Token;
  const one = (kind: Chunk['kind'], length = 1): Chunk => ({
    ...{ kind, from: at, to: at + length - 1, verb: null },
  });
  if (token.mention !== null) return nounAt(cursor, at);
  if (SIGNS.test(token.word)) return one('sign');
  const time = timeLength(cursor, at);
  // "today's update" is no day.
  if (time > 0 && list[at + time] !== "'s") return one('time', time);
  if (isPronoun(cursor, at, before)) return one('noun');
  if (isPlan(cursor, at)) return nounAt(cursor, at);
  const subordinator = words.phraseAt(list, at, 'subordinators');
  if (subordinator > 0 && isSubordinator(cursor, at)) return one('subordinator', subordinator);
  const verb = verbAt(cursor, at, before);
  const preposition = words.phraseAt(list, at, 'prepositions');
  if (preposition > 0 && (verb === null || token.word !== 'to'))
    return one('preposition', preposition);
  if (verb !== null) return verb;
  const adverb = words.phraseAt(list, at, 'adverbs');
  if (adverb > 0) return one('adverb', adverb);
  return plainChunk(cursor, token, at, one);
}

function plainChunk(
  cursor: Cursor,
  { pos }: Token,
  at: number,
  one: (kind: Chunk['kind']) => Chunk,
): Chunk {
  if (pos === 'CCONJ') return one('conjunction');
  if (pos === 'ADP') return one('preposition');
  if (pos === 'ADV' || pos === 'PART' || pos === 'INTJ') return one('adverb');
  return pos === 'PUNCT' ? one('sign') : nounAt(cursor, at);
}

/** "Both will be retired": a word that else goes with a noun or verb, as a subject by itself. */
function isPronoun(cursor: Cursor, at: number, before: Chunk | null): boolean {
  const { words, list, tokens } = cursor;
  const opens = before === null || before.kind === 'sign' || before.kind === 'conjunction';
  return (
    before?.kind !== 'noun' &&
    words.is(list[at] ?? '', 'standing-alone') &&
    (isAuxiliary(cursor, at + 1) || (opens && tokens[at + 1]?.pos === 'VERB'))
  );
}

/** "Plus users": the name of a plan, which opens the sentence and is a conjunction to the tagger. */
function isPlan({ tokens, words }: Cursor, at: number): boolean {
  const token = tokens[at] as Token;
  return token.capital && words.is(token.word, 'plan-words') && tokens[at + 1]?.pos === 'NOUN';
}

/** "that" and "which" before a noun point at it; "as" and "since" before one are prepositions. */
function isSubordinator({ tokens, words }: Cursor, at: number): boolean {
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  if (words.is(token.word, 'also-prepositions')) {
    return token.pos === 'SCONJ' && next?.pos !== 'DET' && next?.pos !== 'NUM';
  }
  if (!words.is(token.word, 'also-determiners')) return true;
  return token.pos !== 'DET' || !['NOUN', 'ADJ', 'NUM'].includes(next?.pos ?? '');
}
