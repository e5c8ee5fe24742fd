import type { Chunk, Cursor } from './chunk.ts';
import { nounAt } from './noun-chunks.ts';
import type { Predicates } from './predicates.ts';
import { timeLength } from './times.ts';
import type { Sentence, Token } from './tokens.ts';
import { isAuxiliary, verbAt } from './verb-chunks.ts';
import type { Words } from './words.ts';

const SIGNS = /^(?:[,;:.!?—–·•|…]+|-+)$/;

/** The phrases of a sentence, in order. */
export function chunksOf(
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
