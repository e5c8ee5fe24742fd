/** What a predicate says of its theme. */
export type FrameCategory =
  | 'announce'
  | 'release'
  | 'list'
  | 'available'
  | 'support'
  | 'use'
  | 'host'
  | 'price'
  | 'deprecate'
  | 'retire'
  | 'reschedule'
  | 'fail'
  | 'remain'
  | 'default'
  | 'access'
  | 'restore';

/**
 * How a predicate takes its theme: as the object of a verb (or the subject of its passive), as the subject of a verb,
 * as the subject of `be` with a word, as the complement of a noun, as what people or products use, or as the goal of what is
 * done to something else (`upgraded to`).
 */
export type Construction =
  | 'transitive'
  | 'intransitive'
  | 'predicative'
  | 'nominal'
  | 'use'
  | 'goal';

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
