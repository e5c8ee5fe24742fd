import type { WordLists } from '../cues/word-lists.ts';
import { type ClauseSpan, clausesOf } from './clauses.ts';
import type { Token } from './tokens.ts';

/** A sentence taken apart. */
export interface ParsedSentence {
  tokens: readonly Token[];
  clauses: readonly ClauseSpan[];
  /** What the tokens say, each once. */
  words: ReadonlySet<string>;
  /** The words that reading goes by. */
  lists: WordLists;
}

export function parsedFrom(lists: WordLists, tokens: readonly Token[]): ParsedSentence {
  const words = new Set(tokens.map(({ text }) => text));
  return { tokens, clauses: clausesOf(lists, tokens), words, lists };
}
