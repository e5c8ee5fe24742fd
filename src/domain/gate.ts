/** Kinds of claims the gate tells apart: how things stand with a launch, an end, a test, a document, a price, a name. */
export const CLAIM_CLASSES = [
  'launch+',
  'launch-',
  'end+',
  'test+',
  'document+',
  'price+',
  'identity+',
] as const;

export type ClaimClass = (typeof CLAIM_CLASSES)[number];

/** What the gate has learned of one class of claims. */
export interface ClassWeights {
  class: ClaimClass;
  bias: number;
  /** What a rule proposes is kept from this probability on. */
  keep: number;
  /** What no rule proposes is said from this probability on; null for never. */
  make: number | null;
}

/** `data/catalog/gate.yaml`, written by `npm run train`: a logistic regression over what stands around a name. */
export interface GateWeights {
  /** Checksums of the labelled pages, and of the rules that read them, at the time of training. */
  trained: { corpus: string; rules: string };
  classes: readonly ClassWeights[];
  /** For each feature its weight in each class, in their order. */
  features: Readonly<Record<string, readonly number[]>>;
}
