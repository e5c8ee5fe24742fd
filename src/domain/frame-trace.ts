import { facetLabel } from './claim.ts';
import type { Statement } from './evidence.ts';

/** How one predicate of a text was read, and what came of it: shown to who writes rules, and never stored. */
export interface FrameTrace {
  /** Id of the rule that found it. */
  rule: string;
  category: string;
  sentence: string;
  predicate: string;
  /** What it is said of, in the words of the text, and the models these words mean. */
  object: string | null;
  models: readonly string[];
  /** Who does it, in the words of the text. */
  subject: string | null;
  polarity: 'affirmed' | 'denied';
  tense: string;
  modality: string;
  condition: boolean;
  question: boolean;
  attribution: string;
  quotation: boolean;
  scope: string;
  /** The claims that were taken from it. */
  states: readonly string[];
  /** Why nothing was taken from it; null where something was. */
  silent: string | null;
}

/** A claim that was taken from a frame: `gpt-9 announced`, `gpt-9 retired denied`. */
export function takenWords({ claim, polarity }: Pick<Statement, 'claim' | 'polarity'>): string {
  return [claim.subject, facetLabel(claim), ...(polarity === 'deny' ? ['denied'] : [])].join(' ');
}
