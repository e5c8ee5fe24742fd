import type { AnyVendor, Vendor } from '../../domain/vendor.ts';
import { type DatedId, datedId, hasFalseDay } from './snapshot.ts';

/** A grammar ready for use. */
export interface CompiledGrammar {
  vendor: string;
  /** Whether an id is of the vendor's making by its form. */
  fits(id: string): boolean;
  /** What an id says by a day at its end; null for an id that carries none. */
  dated(id: string): DatedId | null;
  /** A version as it stands in an id. */
  version(number: string): string;
  /** Words that make another model of the name before them (`mini`, `pro`). */
  tiers: ReadonlySet<string>;
  /** Names of other makers: what stands right behind one is theirs. */
  others: ReadonlySet<string>;
}

/** No id of a vendor was ever this long; a longer run is data. */
const LONGEST_ID = 64;

/** The grammars of the vendors that are watched: what is a name of any other is another maker's. */
export function compileGrammars(
  vendors: readonly Vendor[],
  { makers, internal }: AnyVendor,
): readonly CompiledGrammar[] {
  const marks = internal.map((mark) => `(?:.*-)?${mark}(?:-.*)?`);
  const words = vendors.map(wordsOf);
  return vendors.flatMap((vendor, index) => {
    if (!vendor.watched) return [];
    const own = new Set(words[index]);
    const others = [...makers, ...words.flat()].filter((word) => !own.has(word));
    return [compileGrammar(vendor, marks, others)];
  });
}

function compileGrammar(
  { vendor, ids }: Vendor,
  marks: readonly string[],
  others: readonly string[],
): CompiledGrammar {
  const { snapshots, versions } = ids;
  const whole = wholeOf(ids.patterns);
  const never = wholeOf([...ids.never, ...marks]);
  return {
    vendor,
    fits: (id) =>
      id.length <= LONGEST_ID && whole.test(id) && !never.test(id) && !hasFalseDay(id, snapshots),
    dated: (id) => datedId(id, snapshots),
    version: (number) => (versions === 'dots' ? number : number.replaceAll('.', '-')),
    tiers: new Set(ids.tiers),
    others: new Set(others),
  };
}

/** One expression that fits a whole id; one that fits nothing for an empty list. */
function wholeOf(sources: readonly string[]): RegExp {
  if (sources.length === 0) return /(?!)/;
  return new RegExp(`^(?:${sources.join('|')})$`);
}

/** The words that say a name is this vendor's: its own names, and those its models' names open with. */
function wordsOf({ vendor, name, aliases, ids }: Vendor): readonly string[] {
  const names = [vendor, name, ...aliases].map((word) => word.toLowerCase());
  const roots = ids.roots.map((root) => root.toLowerCase().split(/[\s-]/)[0] ?? '');
  return [...new Set([...names.filter((word) => /^[a-z]+$/.test(word)), ...roots])];
}
