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
  /** As the model wrote them. */
  statements: readonly unknown[];
  /** What the answer cost, question included. */
  tokens: number;
}
