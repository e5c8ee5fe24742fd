import type { LanguageData } from './language.ts';
import type { Publisher } from './publisher.ts';
import type { Subject } from './subject.ts';
import type { AnyVendor, Vendor } from './vendor.ts';

/** One family of cues: phrases that act alike, per language. */
export interface CueFamily {
  name: string;
  language: string;
  /** Regular expression sources, case-insensitive, matched on folded text at word boundaries. */
  patterns: readonly string[];
}

/** Knowledge, reviewed like code: data/catalog/*.yaml. */
export interface Catalog {
  publishers: readonly Publisher[];
  subjects: readonly Subject[];
  vendors: readonly Vendor[];
  anyVendor: AnyVendor;
  lexicon: readonly CueFamily[];
  language: LanguageData;
}
