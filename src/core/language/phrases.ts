import type { Chunk, Cursor } from './chunk.ts';
import { chunksOf } from './chunks.ts';
import type { Predicates } from './predicates.ts';
import type { Aside, Sentence, Token } from './tokens.ts';
import type { Words } from './words.ts';

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
