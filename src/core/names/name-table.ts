import type { Alias, Subject } from '../../domain/subject.ts';
import type { AnyVendor, Vendor } from '../../domain/vendor.ts';
import { type AliasNode, aliasTrie } from './alias-trie.ts';
import { type CompiledGrammar, compileGrammars, type DatedId } from './grammar.ts';
import type { Run } from './runs.ts';

/** What names are made by: the vendors of the catalogue, and what holds for all of them. */
export interface Naming {
  vendors: readonly Vendor[];
  anyVendor: AnyVendor;
}

/** Everything a name is matched against, compiled once. */
export interface NameTable {
  trie: AliasNode;
  grammars: readonly CompiledGrammar[];
  known(id: string): boolean;
  /** Whether a word makes another model of the name before it, of whatever vendor. */
  isTier(word: string): boolean;
  ofVendor(vendor: string): CompiledGrammar | undefined;
  /** The grammar of the vendor whose an id is: its catalogued subject's, else that of the first vendor whose ids it is like. */
  grammarOf(id: string): CompiledGrammar | null;
  /** The longest words that open a name, as their vendor writes them, and that an id begins with. */
  rootOf(id: string): string | null;
  /** What an id says by a day at its end, as its vendor writes days. */
  dated(id: string): DatedId | null;
}

export function nameTable(subjects: readonly Subject[], naming: Naming): NameTable {
  const watched = naming.vendors.filter((vendor) => vendor.watched);
  const vendorOf = new Map(subjects.map(({ id, vendor }) => [id, vendor]));
  const grammars = compileGrammars(naming.vendors, naming.anyVendor);
  const tiers = new Set(grammars.flatMap((grammar) => [...grammar.tiers]));
  const roots = watched.flatMap(({ ids }) => ids.roots).sort((a, b) => b.length - a.length);
  const byVendor = new Map(grammars.map((grammar) => [grammar.vendor, grammar]));
  const grammarOf = (id: string) =>
    byVendor.get(vendorOf.get(id) ?? '') ?? grammars.find((grammar) => grammar.fits(id)) ?? null;
  let trie: AliasNode | null = null;
  return {
    // Made when a text is read: most commands only look ids up.
    get trie() {
      trie ??= aliasTrie(subjects, watched);
      return trie;
    },
    grammars,
    known: (id) => vendorOf.has(id),
    isTier: (word) => tiers.has(word),
    ofVendor: (vendor) => byVendor.get(vendor),
    grammarOf,
    rootOf: (id) => roots.find((root) => isRootOf(root, id)) ?? null,
    dated(id) {
      const own = grammarOf(id);
      if (own !== null) return own.dated(id);
      const found = grammars.map((grammar) => grammar.dated(id));
      return found.find((dated) => dated !== null && vendorOf.has(dated.base)) ?? null;
    },
  };
}

function isRootOf(root: string, id: string): boolean {
  const start = root.toLowerCase().replaceAll(' ', '-');
  return id === start || id.startsWith(`${start}-`);
}

/** A text being searched for names. */
export interface Scan {
  text: string;
  folded: string;
  runs: readonly Run[];
  table: NameTable;
}

/** A name found at a run: which, from where to where, and the run after it. */
export interface Found {
  subject: string;
  alias: Pick<Alias, 'kind' | 'status' | 'validFrom'>;
  start: number;
  end: number;
  /** Index of the first run behind the name. */
  next: number;
}

/** A name's words stand on one line, or the line breaks once; "ChatGPT's image tool" is one name too. */
const GAP = /^(?:[ \n*]{1,3}|')$/;

/** Whether a run stands so close behind the one before it that both may be one name. */
export function joins(scan: Scan, index: number): boolean {
  const before = scan.runs[index - 1];
  const run = scan.runs[index];
  return (
    before !== undefined && run !== undefined && GAP.test(scan.folded.slice(before.end, run.start))
  );
}

const PLAN_NOUNS =
  /^\s+(?:accounts?|customers?|members?|plans?|subscribers?|subscriptions?|tiers?|users?)\b/;

/** "GPT-5 Pro users" speaks of users of the Pro plan: whether owners of a plan follow. */
export function isPlan(folded: string, end: number): boolean {
  return PLAN_NOUNS.test(folded.slice(end, end + 20));
}

/** Sizes that no sentence uses as a word of its own: small letters do. "GPT-5 pro users" wants a capital. */
export const SIZES: ReadonlySet<string> = new Set(['mini', 'nano']);
