import type { Predicates } from './predicates.ts';
import type { Token } from './tokens.ts';
import type { Words } from './words.ts';

/** A phrase of a sentence. `from` and `to` are indices of its first and last token. */
export interface Chunk {
  kind:
    | 'noun'
    | 'verb'
    | 'adjective'
    | 'adverb'
    | 'preposition'
    | 'conjunction'
    | 'subordinator'
    | 'time'
    | 'sign';
  from: number;
  to: number;
  /** Of a verb phrase. */
  verb: Verb | null;
}

/** A verb with its helpers: "will not be turned off". */
export interface Verb {
  /** Index of the main verb. */
  main: number;
  form: 'finite' | 'participle' | 'gerund' | 'infinitive' | 'base';
  tense: 'past' | 'present' | 'future';
  aspect: 'simple' | 'perfect' | 'progressive';
  passive: boolean;
  /** A form of `be` is the main verb. */
  copula: boolean;
  modal: string | null;
  negated: boolean;
  /** "no longer": it held, and holds no more. */
  ceased: boolean;
}

/** What cutting a sentence into phrases goes by. */
export interface Cursor {
  words: Words;
  predicates: Predicates;
  tokens: readonly Token[];
  /** The words of the tokens. */
  list: readonly string[];
}
