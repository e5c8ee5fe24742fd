import type { LanguageData } from '../../domain/language.ts';
import type { Range } from '../text/characters.ts';
import type { Predicates } from './predicates.ts';

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

/** A class of words by name (`units`, `weather` …), as `data/catalog/language.yaml` lists it. */
type WordClass = string;

/** The word classes of the analysis, ready to be asked. Phrases of several words are matched from their first word on. */
export interface Words {
  is(word: string, ...classes: readonly WordClass[]): boolean;
  /** How many words from `at` on make up a phrase of a class; 0 for none. The longest wins. */
  phraseAt(words: readonly string[], at: number, wordClass: WordClass): number;
}

export function compileWords(data: Pick<LanguageData, 'words'>): Words {
  // By word first: most words are of no class, and begin no phrase.
  const single = new Map<string, Set<WordClass>>();
  const phrases = new Map<string, Map<WordClass, (readonly string[])[]>>();
  for (const [name, entries] of Object.entries(data.words)) {
    for (const entry of entries) {
      const parts = partsOf(entry);
      const first = parts[0] ?? '';
      if (parts.length === 1) single.set(entry, (single.get(entry) ?? new Set()).add(name));
      const byClass = phrases.get(first) ?? new Map<WordClass, (readonly string[])[]>();
      phrases.set(first, byClass);
      byClass.set(name, [...(byClass.get(name) ?? []), parts]);
    }
  }
  return {
    is(word, ...classes) {
      const of = single.get(word);
      return of !== undefined && classes.some((name) => of.has(name));
    },
    phraseAt(words, at, name) {
      const candidates = phrases.get(words[at] ?? '')?.get(name);
      if (candidates === undefined) return 0;
      const fitting = candidates.filter((parts) =>
        parts.every((part, offset) => words[at + offset] === part),
      );
      return Math.max(0, ...fitting.map(({ length }) => length));
    },
  };
}

/** A phrase as the tagger cuts it: a hyphen between letters is a word of its own. */
function partsOf(entry: string): readonly string[] {
  return entry
    .split(/ |(?<=[a-z])(?=-[a-z])|(?<=[a-z]-)(?=[a-z])/)
    .flatMap((part) => part.split(/(?<=^-)/));
}

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
