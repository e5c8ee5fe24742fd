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
  const byName = new Map<string, CueMatch[]>();
  const namesOf = new Map<string, readonly string[]>();
  for (const cueMatch of cues) {
    const names = namesOf.get(cueMatch.family) ?? listNames(cueMatch.family);
    namesOf.set(cueMatch.family, names);
    for (const name of names) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [cueMatch]);
      else known.push(cueMatch);
    }
  }
  return {
    within: (range, ...names) => {
      if (names.length === 1) return slice(byName.get(names[0] ?? '') ?? NONE, range);
      const found = names.flatMap((name) => slice(byName.get(name) ?? NONE, range));
      return found.sort((a, b) => a.start - b.start);
    },
    all: (range) => slice(cues, range),
    has: (range, ...names) => names.some((name) => isAny(byName.get(name) ?? NONE, range)),
  };
}

function listNames(family: string): readonly string[] {
  return [...new Set([family, family.split('.')[0] ?? family])];
}

const NONE: readonly CueMatch[] = [];

function isAny(cues: readonly CueMatch[], { start, end }: Range): boolean {
  for (let index = firstFrom(cues, start, startOf); index < cues.length; index++) {
    const cueMatch = cues[index];
    if (cueMatch === undefined || cueMatch.start >= end) return false;
    if (cueMatch.end <= end) return true;
  }
  return false;
}

function slice(cues: readonly CueMatch[], { start, end }: Range): CueMatch[] {
  const found: CueMatch[] = [];
  for (let index = firstFrom(cues, start, startOf); index < cues.length; index++) {
    const cueMatch = cues[index];
    if (cueMatch === undefined || cueMatch.start >= end) break;
    if (cueMatch.end <= end) found.push(cueMatch);
  }
  return found;
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
