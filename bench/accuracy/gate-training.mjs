/** Learns the weights of the gate from labelled pages: one logistic regression a class of claims. */
import { createHash } from 'node:crypto';
import { fitted } from './logistic.mjs';

/** @typedef {import('./training-set.mjs').TrainingPage} TrainingPage */

/** A feature seen on fewer pages may be of one writer. */
const LEAST_PAGES = 3;
const PENALTY = 5;
const DECIMALS = 2;
/** A feature whose weights are all smaller says nothing. */
const LEAST_WEIGHT = 0.05;

/** From which probability on what rules propose is kept, and what they do not propose is said: chosen on five folds. */
const LEARNED = [
  { class: 'launch+', keep: 0.1, make: 0.4 },
  { class: 'launch-', keep: 0.1, make: 0.4 },
  { class: 'end+', keep: 0.1, make: 0.4 },
  { class: 'test+', keep: 0.1, make: null },
];

/** What tells of rules: left out to see what the rest is worth alone. */
const OF_RULES = /^(?:no-rule|of-other|read|force|rule|elsewhere)\b/;

/**
 * @param {readonly TrainingPage[]} pages
 * @param {{ withRules?: boolean }} [which]
 */
export function learnedFrom(pages, { withRules = true } = {}) {
  const names = namesIn(pages).filter((name) => withRules || !OF_RULES.test(name));
  const index = new Map(names.map((name, at) => [name, at + 1]));
  const examples = pages.flatMap((page) => page.examples);
  const rows = examples.map(({ features }) => [
    0,
    ...features.flatMap((name) => index.get(name) ?? []),
  ]);
  const columns = LEARNED.map(({ class: kind }) => {
    const isSo = examples.map(({ classes }) => classes.has(kind));
    return fitted(rows, isSo, names.length + 1, PENALTY);
  });
  return {
    classes: LEARNED.map((one, at) => ({ ...one, bias: rounded(columns[at]?.[0]) })),
    features: Object.fromEntries(
      names
        .map(
          (name, at) => /** @type {const} */ ([name, columns.map((one) => rounded(one[at + 1]))]),
        )
        .filter(([, row]) => row.some((weight) => Math.abs(weight) >= LEAST_WEIGHT)),
    ),
  };
}

/**
 * The features that enough pages have, in order.
 * @param {readonly TrainingPage[]} pages
 */
function namesIn(pages) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { examples } of pages) {
    for (const name of new Set(examples.flatMap(({ features }) => features))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const known = [...counts].filter(([, count]) => count >= LEAST_PAGES);
  return known.map(([name]) => name).sort();
}

/** @param {number | undefined} value */
function rounded(value = 0) {
  return Number(value.toFixed(DECIMALS));
}

/**
 * What weights depend on: the labels, and what the rules and the features make of the pages.
 * @param {readonly TrainingPage[]} pages
 */
export function trainedOn(pages) {
  const examples = pages.map((page) => page.examples);
  return {
    corpus: checksumOf(pages.map(({ page }) => [page.name, page.claims])),
    rules: checksumOf(examples.map((each) => each.map(({ features }) => features))),
  };
}

/** @param {unknown} value */
function checksumOf(value) {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
