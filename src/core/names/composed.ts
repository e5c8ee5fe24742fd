import type { NameTable } from './name-table.ts';
import { type Atom, atomsOf, isNumber } from './runs.ts';
import { type Found, isPlan, joins, type Scan, SIZES } from './scan.ts';

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
export function composedAt(scan: Scan, from: number): Found | null {
  const parts = partsFrom(scan, from);
  const opening = openingOf(scan, parts);
  const version = parts[opening.length];
  if (opening.length === 0 || version === undefined || !isNumber(version.text)) return null;
  const words = [...opening, version.text];
  const behind = tiersBehind(scan, parts.slice(words.length), from);
  for (let length = behind.length; length >= 0; length--) {
    const last = parts[words.length + length - 1];
    const tiers = behind.slice(0, length);
    const subject = last?.end === scan.runs[last?.run ?? -1]?.end && idOf(scan.table, words, tiers);
    if (last !== undefined && subject) return foundAs(scan, subject, from, last);
  }
  return null;
}

function foundAs(scan: Scan, subject: string, from: number, last: Part): Found {
  return {
    subject,
    alias: { kind: 'display', status: 'curated' },
    start: scan.runs[from]?.start ?? 0,
    end: last.end,
    next: last.run + 1,
    discovered: !scan.table.known(subject),
  };
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

/** The words that open a name, up to its version, as they stand in an id; one for each part, and none for no name. */
function openingOf(scan: Scan, parts: readonly Part[]): readonly string[] {
  let node = scan.table.trie;
  const words: string[] = [];
  for (const { text, start } of parts) {
    if (isNumber(text)) break;
    const next = node.next.get(text);
    if (next === undefined) return [];
    node = next;
    const isShort = words.length === 0 && /[A-Z]/.test(scan.text.charAt(start));
    words.push((isShort ? node.short : null) ?? text);
  }
  return words;
}

/** The words behind a version that make another model of it: in the same run, of a size, or with a capital. */
function tiersBehind(scan: Scan, parts: readonly Part[], from: number): readonly string[] {
  const tiers: string[] = [];
  for (const { text, start, end, run } of parts) {
    const isWritten = run === from || SIZES.has(text) || /[A-Z]/.test(scan.text.charAt(start));
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
    const opening = words.map((word) => (isNumber(word) ? grammar.version(word) : word));
    const id = [...opening, ...behind].join('-');
    if (grammar.fits(id)) return id;
  }
  return null;
}
