import { diffArrays, diffLines } from 'diff';
import type { DiffPart } from '../../domain/alert.ts';

/** A word diff of two long texts can take seconds: past this the lines as a whole are shown. */
const WORD_DIFF_LIMIT = 4_000;

/** The words that differ between two versions of a text: lines first, words only inside the lines that changed. */
export function diffWords(before: string, after: string): readonly DiffPart[] {
  const lines = diffLines(before, after);
  const parts: DiffPart[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const next = lines[index + 1];
    if (line === undefined) continue;
    if (line.removed && next?.added && isShort(line.value, next.value)) {
      for (const run of diffArrays(wordsOf(line.value), wordsOf(next.value))) {
        parts.push(partOf({ ...run, value: run.value.join('') }));
      }
      index += 1;
    } else {
      parts.push(partOf(line));
    }
  }
  return joined(parts);
}

/** Words, blanks and marks in their order: a figure, an id and an address are one word each, whatever stands inside them. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}$€£](?:\S*[\p{L}\p{N}%])?|\S/gu) ?? [];
}

function isShort(removed: string, added: string): boolean {
  return removed.length + added.length <= WORD_DIFF_LIMIT;
}

function partOf(change: { value: string; added?: boolean; removed?: boolean }): DiffPart {
  if (change.added) return { kind: 'added', text: change.value };
  return { kind: change.removed ? 'removed' : 'same', text: change.value };
}

function joined(parts: readonly DiffPart[]): readonly DiffPart[] {
  const result: DiffPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last?.kind === part.kind)
      result[result.length - 1] = { kind: part.kind, text: last.text + part.text };
    else result.push(part);
  }
  return result;
}

/** Keeps the changed parts with some of what stands around them; the rest becomes an ellipsis. */
export function excerpt(parts: readonly DiffPart[], around: number): readonly DiffPart[] {
  return parts.map((part, index) => {
    if (part.kind !== 'same' || part.text.length <= 2 * around + 1) return part;
    const head = index === 0 ? '' : part.text.slice(0, around);
    const tail = index === parts.length - 1 ? '' : part.text.slice(-around);
    return { kind: 'same', text: `${head}…${tail}` };
  });
}
