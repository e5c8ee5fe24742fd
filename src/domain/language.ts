import { facetLabel } from './claim.ts';
import type { Statement } from './evidence.ts';

/** What a predicate says of its theme. */
export const FRAME_CATEGORIES = [
  'announce',
  'release',
  'list',
  'available',
  'support',
  'use',
  'host',
  'price',
  'deprecate',
  'retire',
  'reschedule',
  'fail',
  'remain',
  'default',
  'access',
  'restore',
] as const;

export type FrameCategory = (typeof FRAME_CATEGORIES)[number];

/**
 * How a predicate takes its theme: as the object of a verb (or the subject of its passive), as the subject of a verb,
 * as the subject of `be` with a word, as the complement of a noun, as what people or products use, or as the goal of what is
 * done to something else (`upgraded to`).
 */
export const CONSTRUCTIONS = [
  'transitive',
  'intransitive',
  'predicative',
  'nominal',
  'use',
  'goal',
] as const;

export type Construction = (typeof CONSTRUCTIONS)[number];

/** A rule of the analysis: which words make which frame. */
export interface FrameRule {
  id: string;
  category: FrameCategory;
  construction: Construction;
  /** Base forms of verbs, with a particle behind a blank (`roll out`), or the words of a predicative or nominal rule. */
  words: readonly string[];
  /** Says the contrary of its category (`unavailable`). */
  denies: boolean;
  /** Tells of what is to come, in whatever tense (`scheduled for shutdown`). */
  ahead: boolean;
  /** Sentences it finds, with the names of its theme, as a test of it. */
  examples: readonly string[];
  /** Sentences it must find nothing asserted in. */
  not: readonly string[];
}

/** What a vendor's plain sentence in another language says, by the form it has. */
export interface TranslatedRule {
  id: string;
  /** The language, by its code. */
  language: string;
  category: 'release' | 'retire';
  /**
   * An expression on folded text from the start of a sentence: `<names>` stands for one model or several, `<list>` for those
   * that are listed behind, `<day>` for a day, on which the model ends.
   */
  forms: readonly string[];
  /** Sentences that say it of GPT-9. */
  examples: readonly string[];
  not: readonly string[];
}

/** Data of the analysis of English: `data/catalog/language.yaml`. */
export interface LanguageData {
  /** Classes of words and short phrases, by name. */
  words: Readonly<Record<string, readonly string[]>>;
  /** Forms of irregular verbs: third person, past, participle, gerund. */
  irregular: Readonly<Record<string, readonly string[]>>;
  rules: readonly FrameRule[];
  translated: readonly TranslatedRule[];
}

/** Kinds of claims the gate tells apart: how things stand with a launch, an end, a test, a document, a price, a name. */
export const CLAIM_CLASSES = [
  'launch+',
  'launch-',
  'end+',
  'test+',
  'document+',
  'price+',
  'identity+',
] as const;

export type ClaimClass = (typeof CLAIM_CLASSES)[number];

/** What the gate has learned of one class of claims. */
export interface ClassWeights {
  class: ClaimClass;
  bias: number;
  /** What a rule proposes is kept from this probability on. */
  keep: number;
  /** What no rule proposes is said from this probability on; null for never. */
  make: number | null;
}

/** `data/catalog/gate.yaml`, written by `npm run train`: a logistic regression over what stands around a name. */
export interface GateWeights {
  /** Checksums of the labelled pages, and of the rules that read them, at the time of training. */
  trained: { corpus: string; rules: string };
  classes: readonly ClassWeights[];
  /** For each feature its weight in each class, in their order. */
  features: Readonly<Record<string, readonly number[]>>;
}

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
