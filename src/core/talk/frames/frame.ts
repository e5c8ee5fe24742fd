import type { PredicateEntry } from '../../../domain/catalog.ts';
import type { Scene } from '../document/document.ts';
import type { ClauseSpan } from '../syntax/clauses.ts';
import type { Token } from '../syntax/tokens.ts';
import type { VerbGroup } from '../syntax/verb-group.ts';
import { isAdverb, PREPOSITIONS } from '../syntax/word-classes.ts';
import type { Agent } from './agents.ts';
import { type Filler, type ParsedSentence, wordAt } from './noun-phrases.ts';
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
  scene: Scene;
  parsed: ParsedSentence;
  clause: ClauseSpan;
  at: number;
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

const TIME_OR_JOIN =
  /^(?:and|but|or|last|this|not|beside|alongside|ahead|days|weeks|months|hours|within|worldwide|globally|january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d.*)$/;

/** Whether nothing stands behind a verb that it could take. */
export function isGap(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.sort !== 'word') return token?.sort !== 'name';
  return PREPOSITIONS.has(token.text) || isAdverb(token.text) || TIME_OR_JOIN.test(token.text);
}
