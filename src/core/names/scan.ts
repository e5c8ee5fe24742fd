import type { Alias } from '../../domain/subject.ts';
import type { NameTable } from './name-table.ts';
import type { Run } from './runs.ts';

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
  alias: Pick<Alias, 'kind' | 'status'> & { text?: string; validFrom?: string };
  start: number;
  end: number;
  /** Index of the first run behind the name. */
  next: number;
  discovered: boolean;
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
