import type { Publisher } from './publisher.ts';
import type { Subject } from './subject.ts';

/** One family of cues: phrases that act alike, per language. */
export interface CueFamily {
  name: string;
  language: string;
  /** Regular expression sources, case-insensitive, matched on folded text at word boundaries. */
  patterns: readonly string[];
}

/** A vendor's way of naming models. */
export interface VendorGrammar {
  vendor: string;
  name: string;
  /** Regular expression sources for ids nobody catalogued. */
  ids: readonly string[];
  /** Ids that fit and are never models: test ids, reseller suffixes. */
  never: readonly string[];
  /** Words that make another model of the name they follow (`mini`, `pro`). */
  tiers: readonly string[];
  /** Names of other makers, in lower case: a name in plain words right behind one is theirs (`Qwen Image 2.0`). */
  others: readonly string[];
}

/** Knowledge, reviewed like code: data/catalog/*.yaml. */
export interface Catalog {
  publishers: readonly Publisher[];
  subjects: readonly Subject[];
  grammars: readonly VendorGrammar[];
  lexicon: readonly CueFamily[];
}
