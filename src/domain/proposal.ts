import type { FetchFailure } from './errors.ts';
import type { ProposalId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * What a language model answered when it was asked what a text says of models. `refused` and `unusable` are answers,
 * too: the same question would get the same.
 */
export type ProposalOutcome = 'answered' | 'refused' | 'cut-off' | 'unusable';

/** A stored answer. Nothing in it counts before it was checked against the text. */
export interface Proposal {
  /** Made from the text, the model and the version of the prompt: the same question is never asked twice. */
  id: ProposalId;
  model: string;
  /** The version of the prompt. */
  prompt: number;
  at: Instant;
  outcome: ProposalOutcome;
  /**
   * As the model wrote them, with what its numbers stood for: what it answered to statements that were listed, its own
   * when it was asked back and those of the rules, then its own.
   */
  statements: readonly unknown[];
  /** What its answers cost, questions included. */
  tokens: number;
}

/** Why a proposal does not count. */
export type DropReason =
  /** It has another shape, or a word that is in no vocabulary of ours. */
  | 'malformed'
  /** Beyond as many as one page may have. */
  | 'too-many'
  | 'quote-too-long'
  /** The quote does not stand in the text, character by character. */
  | 'not-in-text'
  /** The quote stands in no one paragraph, heading, list entry or row. */
  | 'across-blocks'
  /** Nothing in reach of the quote names what it is said to be about. */
  | 'no-subject'
  /** What is named there is something else. */
  | 'other-subject'
  /** The place it is said to be available in does not stand in the quote. */
  | 'no-surface'
  /** It stands in a question, or in a list of what is not so. */
  | 'not-asserted'
  /** The rules read the opposite in the same words. */
  | 'against-rules';

export interface Dropped {
  why: DropReason;
  /** The beginning of what was proposed. */
  proposed: string;
}

/** Why no model had a part in reading a text: a fault of its server in a word of `FetchError`, or a limit of ours. */
export type Unasked = FetchFailure | 'page-budget' | 'day-budget' | 'resting';

/** What part a model had in reading a text. */
export interface ModelPart {
  model: string;
  /** The version of the prompt. */
  prompt: number;
  /** Whether it was asked just now, or its answer stood in the database. */
  answer: 'asked' | 'remembered' | 'none';
  /** What the answer came to; null when there is none. */
  outcome: ProposalOutcome | null;
  /** Why there is none, in a word and in a sentence; null when there is one. */
  why: Unasked | null;
  message: string | null;
  /** What was spent just now. */
  tokens: number;
  /** Statements that no rule had read, and those of the rules that are held less firm, or firmer, by it. */
  added: number;
  lowered: number;
  raised: number;
  /** Of what it added, statements that it did not stand by when it was asked back. */
  doubted: number;
  dropped: readonly Dropped[];
}
