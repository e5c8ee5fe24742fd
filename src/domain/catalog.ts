import type { GateWeights, LanguageData } from './language.ts';
import type { Publisher } from './publisher.ts';
import type { Subject } from './subject.ts';
import type { AnyVendor, Vendor } from './vendor.ts';
import type { WordList } from './word-lists.ts';

/** One family of cues: phrases that act alike, per language. */
export interface CueFamily {
  name: string;
  language: string;
  /** Regular expression sources, case-insensitive, matched on folded text at word boundaries. */
  patterns: readonly string[];
}

/** What can be said of a model. */
export const PREDICATES_SAY = [
  ...(['release', 'announce', 'access', 'document'] as const),
  ...(['test', 'retire', 'deprecate', 'absence'] as const),
] as const;

/** One thing that is said of a model, with the words that say it; see `data/catalog/predicates.yaml`. */
export interface PredicateEntry {
  /** The rule it is a wording of. */
  id: string;
  says: (typeof PREDICATES_SAY)[number];
  /** Where the model stands. */
  subject?: 'model' | undefined;
  object?: 'model' | undefined;
  /** Who does what is done to it. */
  by?: 'maker' | 'people' | 'place' | 'channel' | undefined;
  /** What must stand behind it. */
  needs?: 'place' | 'channel' | 'venue' | undefined;
  /** Where alone it counts: denied, or said by the maker in the active. */
  only?: 'denied' | 'by-itself' | undefined;
  verbs?: readonly string[] | undefined;
  states?: readonly string[] | undefined;
}

export interface PredicateFile {
  /** Past and participle of the verbs that no rule inflects. */
  irregular: Readonly<Record<string, readonly string[]>>;
  predicates: readonly PredicateEntry[];
}

/** Knowledge, reviewed like code: data/catalog/*.yaml. */
export interface Catalog {
  publishers: readonly Publisher[];
  subjects: readonly Subject[];
  vendors: readonly Vendor[];
  anyVendor: AnyVendor;
  lexicon: readonly CueFamily[];
  language: LanguageData;
  predicates: PredicateFile;
  wordLists: readonly WordList[];
  gate: GateWeights;
}
