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
  sentence: Sentence,
  grammar: { words: Words; predicates: Predicates },
): Phrases {
  const tokens = sentence.tokens.map((token, at) =>
    isNounAfterAll(sentence.tokens, at, grammar) ? { ...token, pos: 'NOUN' as const } : token,
  );
  const list = tokens.map(({ word }) => word);
  return { ...grammar, sentence, tokens, list, chunks: chunksOf({ ...sentence, tokens }, grammar) };
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
