import type { Mention } from '../../names/mention.ts';
import type { Range } from './sentences.ts';

/** Whom a statement is about. */
export interface Argument {
  subject: string;
  /** Named only by an alias nobody had verified. */
  aliasClaimed: boolean;
}

/** What the sentences before have named. */
export interface Memory {
  /** The model the sentence before was about, and those it took it over from. */
  model: Mention | null;
  /** The last codename named in this section. */
  codename: Mention | null;
  /** The model the heading above names. */
  section: Mention | null;
}

export const NOTHING_NAMED: Memory = { model: null, codename: null, section: null };

/** A clause in its place. */
export interface Clause extends Range {
  sentence: Range;
  memory: Memory;
}
