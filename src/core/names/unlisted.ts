import { parseInstant } from '../../domain/time.ts';
import { snapshotBase } from './grammar.ts';
import type { NameTable } from './name-table.ts';
import { type Atom, atomsOf, isNumber } from './runs.ts';
import { type Found, joins, type Scan } from './scan.ts';

/** The most runs a root and its number are spread over ("GPT Image 3"). */
const MOST_RUNS = 4;

/** An id by a vendor's grammar: a whole run, or a known root and a number nobody catalogued. */
export function unlistedAt(scan: Scan, from: number, isStart: boolean): Found | null {
  const run = scan.runs[from];
  if (run === undefined) return null;
  const id = scan.folded.slice(run.start, run.end);
  if (/\d/.test(id) && id.includes('-') && fits(scan.table, id)) {
    const alias = { kind: 'api_id', status: 'curated' } as const;
    const discovered = !scan.table.known(id);
    return { subject: id, alias, start: run.start, end: run.end, next: from + 1, discovered };
  }
  const dated = datedAt(scan, from, id);
  if (dated !== null) return dated;
  if (!isStart) return null;
  return slugWithTier(scan, from, id) ?? rootAndNumber(scan, from);
}

/** A catalogued id with a day behind it is a snapshot of that model, whether or not the grammar foresees one. */
function datedAt(scan: Scan, from: number, id: string): Found | null {
  const run = scan.runs[from];
  const snapshot = snapshotBase(id);
  if (run === undefined || snapshot === null || !scan.table.known(snapshot.base)) return null;
  if (parseInstant(snapshot.day) === null) return null;
  const alias = { kind: 'api_id', status: 'curated' } as const;
  const discovered = !scan.table.known(id);
  return { subject: id, alias, start: run.start, end: run.end, next: from + 1, discovered };
}

/** `gpt-5-5-thinking`: a tier of a catalogued model, written as a slug. */
function slugWithTier(scan: Scan, from: number, id: string): Found | null {
  const run = scan.runs[from];
  if (!/\d-\d/.test(id)) return null;
  const dotted = id.replace(/-(\d{1,2})-(\d{1,2})(?=-[a-z])/, '-$1.$2');
  const cut = dotted.lastIndexOf('-');
  if (run === undefined || dotted === id || !scan.table.known(dotted.slice(0, cut))) return null;
  if (!isTier(scan.table, dotted.slice(cut + 1)) || !fits(scan.table, dotted)) return null;
  const alias = { kind: 'slug', status: 'curated' } as const;
  const discovered = !scan.table.known(dotted);
  return { subject: dotted, alias, start: run.start, end: run.end, next: from + 1, discovered };
}

export function isTier(table: NameTable, word: string): boolean {
  return table.grammars.some(({ tiers }) => tiers.has(word));
}

function fits(table: NameTable, id: string): boolean {
  return table.grammars.some((grammar) => grammar.fits(id));
}

/** `GPT-7`, `GPT 7`, `GPT Image 4`: the letters are those of known names, the number is new. */
function rootAndNumber(scan: Scan, from: number): Found | null {
  let node = scan.table.trie;
  const path: string[] = [];
  for (const { atom, index } of atomsFrom(scan, from)) {
    if (isNumber(atom.text)) return numbered(scan, path, atom, index, from);
    const next = node.next.get(atom.text);
    if (next === undefined) return null;
    node = next;
    path.push(atom.text);
  }
  return null;
}

/** The atoms of the runs that stand together from one on. */
function* atomsFrom(scan: Scan, from: number): Generator<{ atom: Atom; index: number }> {
  for (let index = from; index < from + MOST_RUNS; index++) {
    const run = scan.runs[index];
    if (run === undefined || (index > from && !joins(scan, index))) return;
    for (const atom of atomsOf(scan.folded, run)) yield { atom, index };
  }
}

function numbered(
  scan: Scan,
  path: readonly string[],
  number: Atom,
  index: number,
  from: number,
): Found | null {
  const id = [...path, number.text].join('-');
  const fillsRun = number.end === scan.runs[index]?.end;
  if (path.length === 0 || !fillsRun || !fits(scan.table, id)) return null;
  return {
    subject: id,
    alias: { kind: 'display', status: 'curated' },
    start: scan.runs[from]?.start ?? 0,
    end: number.end,
    next: index + 1,
    discovered: !scan.table.known(id),
  };
}
