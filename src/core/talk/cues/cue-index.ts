import type { Range } from '../document/sentences.ts';
import type { Hit } from './lexicon.ts';

/** Hits in order of their start, to be asked for those within a stretch. */
export interface HitIndex {
  /** Those that begin and end within the range, of the families given (a name, or the part before its dot). */
  within(range: Range, ...families: readonly string[]): readonly Hit[];
  has(range: Range, ...families: readonly string[]): boolean;
  /** All that begin and end within the range. */
  all(range: Range): readonly Hit[];
}

/** Indexes hits by family, and by the part of it before the dot. */
export function indexHits(hits: readonly Hit[]): HitIndex {
  const byName = new Map<string, Hit[]>();
  const namesOf = new Map<string, readonly string[]>();
  for (const hit of hits) {
    const names = namesOf.get(hit.family) ?? listNames(hit.family);
    namesOf.set(hit.family, names);
    for (const name of names) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [hit]);
      else known.push(hit);
    }
  }
  return {
    within: (range, ...names) => {
      if (names.length === 1) return slice(byName.get(names[0] ?? '') ?? NONE, range);
      const found = names.flatMap((name) => slice(byName.get(name) ?? NONE, range));
      return found.sort((a, b) => a.start - b.start);
    },
    all: (range) => slice(hits, range),
    has: (range, ...names) => names.some((name) => isAny(byName.get(name) ?? NONE, range)),
  };
}

function listNames(family: string): readonly string[] {
  return [...new Set([family, family.split('.')[0] ?? family])];
}

const NONE: readonly Hit[] = [];

function isAny(hits: readonly Hit[], { start, end }: Range): boolean {
  for (let index = firstFrom(hits, start, startOf); index < hits.length; index++) {
    const hit = hits[index];
    if (hit === undefined || hit.start >= end) return false;
    if (hit.end <= end) return true;
  }
  return false;
}

function slice(hits: readonly Hit[], { start, end }: Range): Hit[] {
  const found: Hit[] = [];
  for (let index = firstFrom(hits, start, startOf); index < hits.length; index++) {
    const hit = hits[index];
    if (hit === undefined || hit.start >= end) break;
    if (hit.end <= end) found.push(hit);
  }
  return found;
}

function startOf({ start }: Hit): number {
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
