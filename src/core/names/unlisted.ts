import type { AliasNode } from './alias-trie.ts';
import { type Found, isPlan, joins, type NameTable, type Scan, SIZES } from './name-table.ts';
import { type Atom, atomsOf, isNumber, type Run } from './runs.ts';

/** An id by a vendor's grammar: a whole run, or a known root and a number nobody catalogued. */
export function unlistedAt(scan: Scan, from: number, isStart: boolean): Found | null {
  const run = scan.runs[from];
  if (run === undefined || (!isStart && isWord(scan.folded, run))) return null;
  const id = scan.folded.slice(run.start, run.end);
  const isFitting = /\d/.test(id) ? fits(scan.table, id) : isPlain(scan.table, id);
  const found = { start: run.start, end: run.end, next: from + 1 };
  if ((/[-_]/.test(id) && isFitting) || isDated(scan.table, id)) {
    return { ...found, subject: id, alias: { kind: 'api_id', status: 'curated' } };
  }
  if (!isStart) return null;
  const dotted = slugWithTier(scan.table, id);
  if (dotted === null) return composedAt(scan, from);
  return { ...found, subject: dotted, alias: { kind: 'slug', status: 'curated' } };
}

/** Nothing but letters: no id by its form, and none that carries a day. Most words of a text end here. */
function isWord(folded: string, { start, end }: Run): boolean {
  for (let at = start; at < end; at++) {
    const code = folded.charCodeAt(at);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

/** A catalogued id with a day behind it is a snapshot of that model, whether or not the grammar foresees one. */
function isDated(table: NameTable, id: string): boolean {
  const dated = table.dated(id);
  return dated !== null && table.known(dated.base);
}

/** The id of `gpt-5-5-thinking`, a tier of a catalogued model that is written as a slug; null for any other run. */
function slugWithTier(table: NameTable, id: string): string | null {
  const dotted = id.replace(/-(\d{1,2})-(\d{1,2})(?=-[a-z])/, '-$1.$2');
  const cut = dotted.lastIndexOf('-');
  const isTier =
    dotted !== id && table.known(dotted.slice(0, cut)) && table.isTier(dotted.slice(cut + 1));
  return isTier && fits(table, dotted) ? dotted : null;
}

function isPlain(table: NameTable, id: string): boolean {
  return table.grammars.some((grammar) => grammar.isPlain(id));
}

function fits(table: NameTable, id: string): boolean {
  return table.grammars.some((grammar) => grammar.fits(id));
}

/** The most runs a name is spread over ("Gemini Robotics-ER 1.6 Preview"). */
const MOST_RUNS = 6;

interface Part extends Atom {
  /** The run it stands in. */
  run: number;
}

/**
 * `GPT-7`, `GPT Image 4`, `Claude Opus 4.6`, `Gemini 3.1 Flash-Lite`: words that open names, a number nobody
 * catalogued, and words that make other models. The longest that is an id by its vendor's grammar.
 */
function composedAt(scan: Scan, from: number): Found | null {
  const parts = partsFrom(scan, from);
  const opening = openingOf(scan, parts);
  const version = parts[opening.length];
  const isVersioned = /\d/.test(opening.at(-1) ?? '');
  if (opening.length === 0) return null;
  if (!isVersioned && (version === undefined || !isVersion(version.text))) return null;
  const words = isVersioned ? opening : [...opening, version?.text ?? ''];
  const behind = tiersBehind(scan, parts.slice(words.length), from);
  // "V4-Pro" is a model of its family, and "V4" may be a version of anything.
  const least = isVersioned ? 1 : 0;
  for (let length = behind.length; length >= least; length--) {
    const last = parts[words.length + length - 1];
    const tiers = behind.slice(0, length);
    if (last === undefined || last.end !== scan.runs[last.run]?.end) continue;
    const subject = idOf(scan.table, words, tiers);
    if (subject === null) continue;
    const { end, run } = last;
    const start = scan.runs[from]?.start ?? 0;
    const alias = { kind: 'display', status: 'curated' } as const;
    return { subject, alias, start, end, next: run + 1 };
  }
  return null;
}

/** The parts of the runs that stand together from one on. */
function partsFrom(scan: Scan, from: number): readonly Part[] {
  const parts: Part[] = [];
  for (let index = from; index < from + MOST_RUNS; index++) {
    const run = scan.runs[index];
    if (run === undefined || (index > from && !joins(scan, index))) break;
    parts.push(...atomsOf(scan.folded, run).map((atom) => ({ ...atom, run: index })));
  }
  return parts;
}

/**
 * The words that open a name, up to its version, as they stand in an id; one for each part, and none for no name. Behind a
 * whole opening, words that make another model of it may go before the version: "Magistral Medium 2".
 */
function openingOf(scan: Scan, parts: readonly Part[]): readonly string[] {
  let node: AliasNode | undefined = scan.table.trie;
  let isWhole = false;
  const words: string[] = [];
  for (const part of parts) {
    const next: AliasNode | undefined = node?.next.get(part.text);
    if (endsOpening(part, next)) break;
    const isTierName = isCapital(scan, part) && scan.table.isTier(part.text);
    if (next === undefined && !(isWhole && isTierName)) return [];
    isWhole = next?.opens ?? isWhole;
    node = next;
    const short = words.length === 0 ? shortAt(scan, part, next) : null;
    words.push(short ?? part.text);
    // "V4" of "V4-Pro" holds its version.
    if (/\d/.test(short ?? '')) break;
  }
  return words;
}

/** A number; "v3", where it is no name of its own. */
function endsOpening({ text }: Part, next: AliasNode | undefined): boolean {
  return isNumber(text) || (isVersion(text) && (next?.short ?? null) === null);
}

/** "Opus": a family named without its house. */
function shortAt(scan: Scan, part: Part, node: AliasNode | undefined): string | null {
  return isCapital(scan, part) ? (node?.short ?? null) : null;
}

function isCapital({ text }: Scan, { start }: Part): boolean {
  return /[A-Z]/.test(text.charAt(start));
}

/** The words behind a version that make another model of it: in the same run, of a size, or with a capital. */
function tiersBehind(scan: Scan, parts: readonly Part[], from: number): readonly string[] {
  const tiers: string[] = [];
  for (const part of parts) {
    const { text, end, run } = part;
    const isWritten = run === from || SIZES.has(text) || isCapital(scan, part);
    if (!scan.table.isTier(text) || !isWritten || isPlan(scan.folded, end)) break;
    tiers.push(text);
  }
  return tiers;
}

/** The id that the words of a name make, by the first grammar that knows it as its own. */
function idOf(
  table: NameTable,
  words: readonly string[],
  behind: readonly string[],
): string | null {
  for (const grammar of table.grammars) {
    if (!behind.every((word) => grammar.tiers.has(word))) continue;
    const idWith = (version: (number: string) => string) =>
      [...words.map((word) => (isNumber(word) ? version(word) : word)), ...behind].join('-');
    const id = idWith(grammar.version);
    // "Codestral 27.01": a year and a month stand in ids without their dot.
    const ids = [id, id.replaceAll('-', '_'), idWith(withoutDotOfMonth)];
    const fitting = ids.find((one) => grammar.fits(one));
    if (fitting !== undefined) return fitting;
  }
  return null;
}

function withoutDotOfMonth(number: string): string {
  return number.replace(/^(2\d)\.(0[1-9]|1[0-2])$/, '$1$2');
}

/** "3.5", and "v3" as some write it. */
function isVersion(atom: string): boolean {
  return isNumber(atom) || /^v\d+(?:\.\d+)*$/.test(atom);
}
