import { groupedBy } from '../../../domain/groups.ts';
import type { Range } from '../../text/characters.ts';
import type { CueMatch } from './lexicon.ts';

/** Matches of cues in order of their start, to be asked for those within a stretch. */
export interface CueIndex {
  /** Those that begin and end within the range, of the families given (a name, or the part before its dot). */
  within(range: Range, ...families: readonly string[]): readonly CueMatch[];
  has(range: Range, ...families: readonly string[]): boolean;
  /** All that begin and end within the range. */
  all(range: Range): readonly CueMatch[];
}

/** Indexes cues by family, and by the part of it before the dot. */
export function indexCues(cues: readonly CueMatch[]): CueIndex {
  const byKind = groupedBy(cues, ({ family }) => family.split('.')[0] ?? family);
  const byName = new Map([...groupedBy(cues, ({ family }) => family), ...byKind]);
  function named(name: string, range: Range): readonly CueMatch[] {
    const known = byName.get(name);
    return known === undefined ? [] : slice(known, range);
  }
  return {
    within: (range, ...names) =>
      names.flatMap((name) => named(name, range)).sort((a, b) => a.start - b.start),
    all: (range) => slice(cues, range),
    has: (range, ...names) => names.some((name) => named(name, range).length > 0),
  };
}

function slice(cues: readonly CueMatch[], { start, end }: Range): CueMatch[] {
  return cues
    .slice(firstFrom(cues, start, startOf), firstFrom(cues, end, startOf))
    .filter((one) => one.end <= end);
}

function startOf({ start }: CueMatch): number {
  return start;
}

/** The index of the first of a sorted list that begins at an offset or behind it. */
export function firstFrom<T>(
  sorted: readonly T[],
  offset: number,
  startOf: (one: T) => number,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle];
    if (one !== undefined && startOf(one) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
