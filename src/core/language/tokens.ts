import type { Range } from '../text/range.ts';

/** Universal part-of-speech tags, as the tagger gives them. */
export type PartOfSpeech =
  | 'ADJ'
  | 'ADP'
  | 'ADV'
  | 'AUX'
  | 'CCONJ'
  | 'DET'
  | 'INTJ'
  | 'NOUN'
  | 'NUM'
  | 'PART'
  | 'PRON'
  | 'PROPN'
  | 'PUNCT'
  | 'SCONJ'
  | 'SYM'
  | 'VERB'
  | 'X';

/** A word, number or sign with its place in the text; a protected name is one token, however many words it has. */
export interface Token extends Range {
  /** In lower case, with odd quotes and dashes made plain. */
  word: string;
  pos: PartOfSpeech;
  /** Whether it is written with a capital. */
  capital: boolean;
  /** Index of the mention it stands for; null for plain words. */
  mention: number | null;
  /** Within quotation marks that hold more than a term. */
  quoted: boolean;
}

/** A run of tokens in brackets, taken out of the sentence and kept at the token it stands behind. */
export interface Aside {
  /** Index of the token before the bracket; -1 when the sentence begins with it. */
  after: number;
  tokens: readonly Token[];
}

export interface Sentence extends Range {
  /** The words without what stands in brackets. */
  tokens: readonly Token[];
  asides: readonly Aside[];
  isQuestion: boolean;
}

/** Cuts one line into sentences of tagged words; the names in it are given as ranges and come out as single tokens. */
export type Tagger = (line: string, names: readonly Range[]) => readonly (readonly Token[])[];
