/** A mean that few observations cannot pull far, with the interval in which nine of ten such means lie. */
export interface Estimate {
  mean: number;
  low: number;
  high: number;
}

/** As many observations of the common mean are added to everybody's own. */
const PRIOR_WEIGHT = 10;
/** With fewer observations of all together, the common mean and spread are those of coins. */
const ENOUGH_FOR_COMMON = 20;
const COIN = { mean: 0.25, variance: 0.0625 };
/** Normal quantile for nine of ten. */
const NINE_OF_TEN = 1.645;

/** The least number of observations that earns a letter. */
const ENOUGH_FOR_GRADE = 10;
/** The largest mean for each letter; worse than a coin is E. */
const GRADES = [
  ['A', 0.05],
  ['B', 0.1],
  ['C', 0.17],
  ['D', 0.25],
] as const;

export type Grade = (typeof GRADES)[number][0] | 'E';

/** Draws the mean of each group of observations towards the mean of all, the more the fewer it has. */
export function shrunkenMeans(
  groups: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Estimate> {
  const all = [...groups.values()].flat();
  const common =
    all.length < ENOUGH_FOR_COMMON ? COIN : { mean: meanOf(all), variance: varianceOf(all) };
  return new Map([...groups].map(([name, own]) => [name, estimate(own, common)]));
}

function estimate(own: readonly number[], common: typeof COIN): Estimate {
  const weight = own.length + PRIOR_WEIGHT;
  const mean = (sumOf(own) + PRIOR_WEIGHT * common.mean) / weight;
  const spread = own.length === 0 ? 0 : own.length * varianceOf(own);
  const variance = (spread + PRIOR_WEIGHT * common.variance) / weight;
  const reach = NINE_OF_TEN * Math.sqrt(variance / weight);
  return { mean, low: Math.max(0, mean - reach), high: Math.min(1, mean + reach) };
}

export function gradeOf(mean: number, observations: number): Grade | null {
  if (observations < ENOUGH_FOR_GRADE) return null;
  return GRADES.find(([, largest]) => mean <= largest)?.[0] ?? 'E';
}

export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0);
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return sumOf(values.map((one) => (one - mean) ** 2)) / values.length;
}
