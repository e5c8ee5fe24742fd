import type { VendorGrammar } from '../../domain/catalog.ts';
import { parseInstant } from '../../domain/time.ts';

/** A grammar ready for use. */
export interface CompiledGrammar {
  vendor: string;
  /** Whether an id is of the vendor's making by its form. */
  fits(id: string): boolean;
  /** Words that make another model of the name before them (`mini`, `pro`). */
  tiers: ReadonlySet<string>;
  /** Names of other makers: what stands right behind one is theirs. */
  others: ReadonlySet<string>;
}

/** No id of a vendor was ever this long; a longer run is data. */
const LONGEST_ID = 64;
const SNAPSHOT = /^(.+)-(\d{4}-\d{2}-\d{2})$/;

export function compileGrammar(grammar: VendorGrammar): CompiledGrammar {
  const ids = whole(grammar.ids);
  const never = whole(grammar.never);
  return {
    vendor: grammar.vendor,
    fits: (id) => id.length <= LONGEST_ID && ids.test(id) && !never.test(id) && hasRealDay(id),
    tiers: new Set(grammar.tiers),
    others: new Set(grammar.others),
  };
}

/** One expression that fits a whole id; one that fits nothing for an empty list. */
function whole(sources: readonly string[]): RegExp {
  if (sources.length === 0) return /(?!)/;
  return new RegExp(`^(?:${sources.join('|')})$`);
}

/** Four and two and two digits at the end are a day, or the whole is no id. */
function hasRealDay(id: string): boolean {
  const snapshot = snapshotBase(id);
  return snapshot === null || parseInstant(snapshot.day) !== null;
}

/** The model a dated snapshot is of, with its day; null for an id that carries no day. */
export function snapshotBase(id: string): { base: string; day: string } | null {
  const match = SNAPSHOT.exec(id);
  const [, base, day] = match ?? [];
  return base === undefined || day === undefined ? null : { base, day };
}
