import type { Subject } from '../../domain/subject.ts';
import { foldText } from '../text/fold.ts';

const MOST = 3;

/** The ids closest to what was typed, by the edits between them; none when all are far. */
export function nearest(typed: string, subjects: readonly Subject[]): readonly string[] {
  const wanted = foldText(typed).trim().replaceAll(/\s+/g, '-');
  if (wanted === '') return [];
  const furthest = Math.max(1, Math.floor(wanted.length / 3));
  return subjects
    .map(({ id }) => ({ id, edits: id.startsWith(wanted) ? 1 : edits(wanted, id) }))
    .filter(({ edits: count }) => count <= furthest)
    .sort((a, b) => a.edits - b.edits || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ id }) => id);
}

/** Levenshtein distance, one row at a time. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
