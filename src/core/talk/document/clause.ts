import type { Mention } from '../../names/mention.ts';
import type { Range } from './sentences.ts';

/** Whom a statement is about. */
export interface Argument {
  subject: string;
  /** Named only by an alias nobody had verified. */
  aliasClaimed: boolean;
  /** Where it is named; absent where something else stands for it. */
  named?: readonly [number, number];
}

/** What the sentences before have named. */
export interface Memory {
  /** The model the sentence before was about, and those it took it over from. */
  model: Mention | null;
  /** The last codename named in this section. */
  codename: Mention | null;
  /** The model the heading above names. */
  section: Mention | null;
  /** The models the sentence before named side by side. */
  several: readonly Mention[];
  /** What was named last is a model of somebody else's: a pronoun may mean that. */
  isRival: boolean;
  /** The heading above, or the words before a list, say that what is listed ends. */
  isListOfEnds: boolean;
}

export const NOTHING_NAMED: Memory = {
  ...{ model: null, codename: null, section: null },
  several: [],
  isRival: false,
  isListOfEnds: false,
};

/** A clause in its place. */
export interface Clause extends Range {
  sentence: Range;
  memory: Memory;
}
