import { composedAt } from './composed.ts';
import type { NameTable } from './name-table.ts';
import type { Run } from './runs.ts';
import type { Found, Scan } from './scan.ts';

/** An id by a vendor's grammar: a whole run, or a known root and a number nobody catalogued. */
export function unlistedAt(scan: Scan, from: number, isStart: boolean): Found | null {
  const run = scan.runs[from];
  if (run === undefined || (!isStart && isWord(scan.folded, run))) return null;
  const id = scan.folded.slice(run.start, run.end);
  const isFitting = /\d/.test(id) ? fits(scan.table, id) : isPlain(scan.table, id);
  if (/[-_]/.test(id) && isFitting) {
    const alias = { kind: 'api_id', status: 'curated' } as const;
    const discovered = !scan.table.known(id);
    return { subject: id, alias, start: run.start, end: run.end, next: from + 1, discovered };
  }
  const dated = datedAt(scan, from, id);
  if (dated !== null) return dated;
  if (!isStart) return null;
  return slugWithTier(scan, from, id) ?? composedAt(scan, from);
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
function datedAt(scan: Scan, from: number, id: string): Found | null {
  const run = scan.runs[from];
  const dated = scan.table.dated(id);
  if (run === undefined || dated === null || !scan.table.known(dated.base)) return null;
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
  if (!scan.table.isTier(dotted.slice(cut + 1)) || !fits(scan.table, dotted)) return null;
  const alias = { kind: 'slug', status: 'curated' } as const;
  const discovered = !scan.table.known(dotted);
  return { subject: dotted, alias, start: run.start, end: run.end, next: from + 1, discovered };
}

function isPlain(table: NameTable, id: string): boolean {
  return table.grammars.some((grammar) => grammar.isPlain(id));
}

function fits(table: NameTable, id: string): boolean {
  return table.grammars.some((grammar) => grammar.fits(id));
}
