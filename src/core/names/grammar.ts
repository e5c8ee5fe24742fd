import { parseInstant } from '../../domain/time.ts';
import type { AnyVendor, SnapshotForm, Vendor } from '../../domain/vendor.ts';

/** A grammar ready for use. */
export interface CompiledGrammar {
  vendor: string;
  /** Whether an id is of the vendor's making by its form. */
  fits(id: string): boolean;
  /** Whether it is one of the ids without a digit that the vendor's file gives. */
  isPlain(id: string): boolean;
  /** Whether ids of its form are never models. */
  isNever(id: string): boolean;
  /** The word by which an id says that it is for tests or one customer; null for none. */
  internalMark(id: string): string | null;
  /** What an id says by a day at its end; null for an id that carries none. */
  dated(id: string): DatedId | null;
  /** A version as it stands in an id. */
  version(number: string): string;
  /** Words that make another model of the name before them (`mini`, `pro`). */
  tiers: ReadonlySet<string>;
  /** Names of other makers: what stands right behind one is theirs. */
  others: ReadonlySet<string>;
  /** The first words of its names. */
  roots: ReadonlySet<string>;
  /** Who owns the vendor's models in its list; empty where the list does not say. */
  owners: ReadonlySet<string>;
}

/** No id of a vendor was ever this long; a longer run is data. */
const LONGEST_ID = 64;

/** The grammars of the vendors that are watched: what is a name of any other is another maker's. */
export function compileGrammars(
  vendors: readonly Vendor[],
  { makers, internal }: AnyVendor,
): readonly CompiledGrammar[] {
  const marks = new Set(internal);
  const words = vendors.map(wordsOf);
  return vendors.flatMap((vendor, index) => {
    if (!vendor.watched) return [];
    const own = new Set(words[index]);
    const others = [...makers, ...words.flat()].filter((word) => !own.has(word));
    return [compileGrammar(vendor, marks, others)];
  });
}

function compileGrammar(
  { vendor, ids, list }: Vendor,
  marks: ReadonlySet<string>,
  others: readonly string[],
): CompiledGrammar {
  const { snapshots, versions } = ids;
  const whole = wholeOf(ids.patterns);
  const never = wholeOf(ids.never);
  const plain = new Set(ids.plain);
  const internalMark = (id: string) => id.split(/[-_.]/).find((word) => marks.has(word)) ?? null;
  const isNever = (id: string) => id.length > LONGEST_ID || never.test(id);
  return {
    vendor,
    fits: (id) =>
      !isNever(id) && whole.test(id) && internalMark(id) === null && !hasFalseDay(id, snapshots),
    isPlain: (id) => plain.has(id),
    isNever,
    internalMark,
    dated: (id) => datedId(id, snapshots),
    version: (number) => (versions === 'dots' ? number : number.replaceAll('.', '-')),
    tiers: new Set(ids.tiers),
    others: new Set(others),
    roots: new Set(firstWords(ids.roots)),
    owners: new Set(list?.owners ?? []),
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
  return [...new Set([...names.filter((word) => /^[a-z]+$/.test(word)), ...firstWords(ids.roots)])];
}

function firstWords(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase().split(/[\s-]/)[0] ?? '');
}

/** A dated copy of a model, as its id says: of which, and of what day or month. */
export interface DatedId {
  base: string;
  /** The day as the id writes it. */
  day: string;
}

interface Form {
  end: RegExp;
  /** A day of the calendar that the parts of the end make, or would make if there were one. */
  day(parts: readonly string[]): string;
}

const FORMS: Readonly<Record<SnapshotForm, Form>> = {
  'YYYY-MM-DD': { end: /^(.+)-(\d{4})-(\d{2})-(\d{2})$/, day: (parts) => parts.join('-') },
  YYYYMMDD: { end: /^(.+)-(20\d{2})(\d{2})(\d{2})$/, day: (parts) => parts.join('-') },
  'MM-YYYY': { end: /^(.+)-(\d{2})-(20\d{2})$/, day: ([month, year]) => `${year}-${month}-01` },
  YYMM: { end: /^(.+)-(2\d)(\d{2})$/, day: ([year, month]) => `20${year}-${month}-01` },
  // The year is not said: a leap year has all days there are.
  MMDD: { end: /^(.+)-(\d{2})(\d{2})$/, day: ([month, day]) => `2024-${month}-${day}` },
};

/** What an id says by its end, by the forms a vendor uses; null for an id that carries no day, or one no calendar has. */
function datedId(id: string, forms: readonly SnapshotForm[]): DatedId | null {
  for (const form of forms) {
    const { end, day: dayOf } = FORMS[form];
    const match = end.exec(id);
    if (match === null) continue;
    const [, base = '', ...parts] = match;
    if (parseInstant(dayOf(parts)) !== null) return { base, day: id.slice(base.length + 1) };
  }
  return null;
}

/** Whether an id ends like a dated copy with a day that no calendar has. */
function hasFalseDay(id: string, forms: readonly SnapshotForm[]): boolean {
  return forms.some((form) => FORMS[form].end.test(id)) && datedId(id, forms) === null;
}
