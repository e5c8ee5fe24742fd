import type { VendorGrammar } from '../../domain/catalog.ts';

/** A grammar ready for use. */
export interface CompiledGrammar {
  vendor: string;
  /** Whether an id is of the vendor's making by its form. */
  fits(id: string): boolean;
  /** Words that make another model of the name before them (`mini`, `pro`). */
  tiers: ReadonlySet<string>;
}

/** No id of a vendor was ever this long; a longer run is data. */
const LONGEST_ID = 64;
const SNAPSHOT = /^(.+)-(\d{4}-\d{2}-\d{2})$/;

export function compileGrammar(grammar: VendorGrammar): CompiledGrammar {
  const ids = whole(grammar.ids);
  const never = whole(grammar.never);
  return {
    vendor: grammar.vendor,
    fits: (id) => id.length <= LONGEST_ID && ids.test(id) && !never.test(id),
    tiers: new Set(grammar.tiers),
  };
}

/** One expression that fits a whole id; one that fits nothing for an empty list. */
function whole(sources: readonly string[]): RegExp {
  if (sources.length === 0) return /(?!)/;
  return new RegExp(`^(?:${sources.join('|')})$`);
}

/** The model a dated snapshot is of, with its day; null for an id that carries no day. */
export function snapshotBase(id: string): { base: string; day: string } | null {
  const match = SNAPSHOT.exec(id);
  const [, base, day] = match ?? [];
  return base === undefined || day === undefined ? null : { base, day };
}
