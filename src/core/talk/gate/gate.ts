import type { ClassWeights, GateWeights } from '../../../domain/language.ts';

/** What was learned of how rules err: which of their statements to keep, and what they leave unsaid. */
export interface Gate {
  classes: readonly ClassWeights[];
  /** What features speak for each class, in their order, on top of what was summed before. */
  weighed(features: Iterable<string>, before?: readonly number[]): readonly number[];
  /** How probable it is that a candidate with features of this weight makes a claim of each class. */
  probabilities(weighed: readonly number[]): readonly number[];
  /** Whether anything was learned of the stem of a word. */
  knows(stem: string): boolean;
}

/** What the features of stems begin with. */
const STEM = 'stem:';

export function compileGate({ classes, features }: GateWeights): Gate {
  const weights = new Map(Object.entries(features));
  const stems = new Set(
    Object.keys(features).flatMap((name) =>
      name.startsWith(STEM) ? [name.slice(STEM.length)] : [],
    ),
  );
  const biases = classes.map(({ bias }) => bias);
  return {
    classes,
    knows: (stem) => stems.has(stem),
    weighed(named, before = biases) {
      const sums = [...before];
      for (const name of named) {
        const row = weights.get(name);
        if (row === undefined) continue;
        for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (row[at] ?? 0);
      }
      return sums;
    },
    probabilities: (weighed) => weighed.map((sum) => 1 / (1 + Math.exp(-sum))),
  };
}
