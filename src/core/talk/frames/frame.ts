import type { PredicateEntry } from '../../../domain/catalog.ts';
import type { WordLists } from '../cues/word-lists.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { ParsedSentence } from '../syntax/parsed-sentence.ts';
import type { Token } from '../syntax/tokens.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { isAdverb, PREPOSITIONS } from '../syntax/word-classes.ts';
import type { Agent } from './agents.ts';
import { type Filler, wordAt } from './noun-phrases.ts';
import type { VerbForm, Wording } from './predicates.ts';

/** How a predicate is used where it stands. */
export type Use = 'active' | 'passive' | 'of-itself' | 'state' | 'modifier';

/** A predicate of a sentence with the model it is said of. */
export interface Frame {
  entry: PredicateEntry;
  use: Use;
  form: VerbForm | 'state';
  /** Token indexes of the predicate's words. */
  at: number;
  to: number;
  clause: ClauseSpan;
  group: VerbGroup;
  model: Filler;
  agent: Agent;
}

/** A wording where it may stand in a sentence. */
export interface Candidate {
  analysis: TextAnalysis;
  parsed: ParsedSentence;
  clause: ClauseSpan;
  at: number;
  /** The predicate up to a token, with the helpers before it: these are looked for once. */
  groupTo(to: number): VerbGroup;
  wording: Wording;
}

/** A frame as far as its verb tells, before it is known what stands where. */
export type VerbBase = Pick<Frame, 'entry' | 'form' | 'at' | 'clause' | 'group'>;

/** Where the words of a wording end, adverbs between them apart; null when they do not stand there. */
export function endOf(
  tokens: readonly Token[],
  from: number,
  rest: readonly string[],
  to: number,
): number | null {
  let at = from;
  for (const word of rest) {
    while (at < to && wordAt(tokens, at) !== word && isAdverb(wordAt(tokens, at))) at++;
    if (at >= to || wordAt(tokens, at) !== word) return null;
    at++;
  }
  return at;
}

/** Whether nothing stands behind a verb that it could take. */
export function isGap(lists: WordLists, tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.sort !== 'word') return token?.sort !== 'name';
  return (
    PREPOSITIONS.has(token.text) ||
    isAdverb(token.text) ||
    lists['frame.time-or-join'].test(token.text)
  );
}
