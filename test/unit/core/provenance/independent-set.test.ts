import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  join,
  largestIndependentSet,
  openGraph,
} from '../../../../src/core/provenance/independent-set.ts';
import { processorTime } from '../../../support/processor-time.ts';

describe('the largest set of vertices no two of which are neighbours', () => {
  const graph = (size: number, edges: readonly (readonly [number, number])[]) => {
    const made = openGraph(size);
    for (const [one, other] of edges) if (one !== other) join(made, one, other);
    return made;
  };
  const edgesAmong = (size: number) =>
    fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 3 * size });

  it('the largest set of vertices no two of which are neighbours is the largest of all', () => {
    fc.assert(
      fc.property(edgesAmong(9), (edges) => {
        const made = graph(9, edges);
        let largest = 0;
        for (let subset = 0; subset < 512; subset += 1) {
          const some = [...made.keys()].filter((_, at) => (subset >> at) % 2 === 1);
          const isFree = some.every((one) => some.every((other) => !made[one]?.has(other)));
          if (isFree) largest = Math.max(largest, some.length);
        }
        const found = largestIndependentSet(made);
        expect(found).toHaveLength(largest);
        const joined = found.filter((one) => found.some((it) => made[one]?.has(it)));
        expect(joined).toEqual([]);
      }),
    );
  });

  it('the largest set of vertices no two of which are neighbours is found to be two or more wherever it is, in graphs too dense to be tried', () => {
    const all = Array.from({ length: 80 }, (_, one) =>
      Array.from({ length: 80 }, (__, other) => [one, other] as const),
    ).flat();
    const edges = all.filter(([one, other]) => (one * 7 + other * 7) % 11 !== 3);
    expect(largestIndependentSet(graph(80, edges)).length).toBeGreaterThanOrEqual(2);
  });

  it('the largest set of vertices no two of which are neighbours is approached in a second where a thousand are tied at random', async () => {
    const edges = fc.sample(fc.tuple(fc.nat(999), fc.nat(999)), 3_000);
    const took = await processorTime(() => {
      const found = largestIndependentSet(graph(1_000, edges));
      expect(found.length).toBeGreaterThan(300);
    });
    expect(took).toBeLessThan(10_000);
  });
});
