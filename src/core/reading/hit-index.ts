import type { Hit } from './lexicon.ts';
import type { Range } from './sentences.ts';

/** Hits in order of their start, to be asked for those within a stretch. */
export interface HitIndex {
  /** Those that begin and end within the range, of the families given (a name, or the part before its dot). */
  within(range: Range, ...families: readonly string[]): readonly Hit[];
  has(range: Range, ...families: readonly string[]): boolean;
}

export function indexHits(hits: readonly Hit[]): HitIndex {
  const byFamily = new Map<string, Hit[]>();
  for (const hit of hits) {
    const whole = hit.family;
    for (const name of new Set([whole, whole.split('.')[0] ?? whole])) {
      const known = byFamily.get(name);
      if (known === undefined) byFamily.set(name, [hit]);
      else known.push(hit);
    }
  }
  const within: HitIndex['within'] = (range, ...families) => {
    const found = families.flatMap((family) => slice(byFamily.get(family) ?? [], range));
    return families.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
  };
  return {
    within,
    has: (range, ...families) =>
      families.some((family) => slice(byFamily.get(family) ?? [], range).length > 0),
  };
}

function slice(hits: readonly Hit[], { start, end }: Range): Hit[] {
  const found: Hit[] = [];
  for (let index = firstAt(hits, start); index < hits.length; index++) {
    const hit = hits[index];
    if (hit === undefined || hit.start >= end) break;
    if (hit.end <= end) found.push(hit);
  }
  return found;
}

/** The first hit that begins at an offset or behind it. */
function firstAt(hits: readonly Hit[], start: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
