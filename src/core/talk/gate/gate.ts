import type { ClassWeights, GateWeights } from '../../../domain/gate.ts';

/** What was learned of how rules err: which of their statements to keep, and what they leave unsaid. */
export interface Gate {
  classes: readonly ClassWeights[];
  /** How probable it is that a candidate with these features makes a claim of each class, in their order. */
  probabilities(features: readonly string[]): readonly number[];
}

export function compileGate({ classes, features }: GateWeights): Gate {
  const weights = new Map(Object.entries(features));
  return {
    classes,
    probabilities(named) {
      const sums = classes.map(({ bias }) => bias);
      for (const name of named) {
        const row = weights.get(name);
        if (row === undefined) continue;
        for (const [at, weight] of row.entries()) sums[at] = (sums[at] ?? 0) + weight;
      }
      return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
    },
  };
}
