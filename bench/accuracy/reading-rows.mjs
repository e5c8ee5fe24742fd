import { intervalOf } from './intervals.mjs';
import { figuresOf, scoreReading, sumOf } from './reading-score.mjs';

/** @typedef {import('./reading-score.mjs').LabelledPage} LabelledPage */
/** @typedef {import('./reading-score.mjs').Tally} Tally */

const MEASURED = /** @type {const} */ ([
  'recall',
  'precision',
  'contribution_accuracy',
  'page_accuracy',
]);

/**
 * A tally for each page, in order.
 * @param {readonly LabelledPage[]} pages
 * @param {Parameters<typeof scoreReading>[1]} read
 */
export async function scoreEach(pages, read) {
  const tallies = [];
  for (const page of pages) tallies.push(await scoreReading([page], read));
  return tallies;
}

/**
 * The four figures of a set of pages, each with its 95 % interval.
 * @param {string} name
 * @param {readonly Tally[]} tallies
 * @param {Partial<Record<(typeof MEASURED)[number], number>>} least
 * @returns {import('./measures.mjs').Row[]}
 */
export function readingRows(name, tallies, least) {
  const figures = figuresOf(sumOf(tallies));
  return MEASURED.map((measure) => {
    const found = figures[measure] ?? 0;
    const floor = least[measure];
    const [low, high] = intervalOf(tallies, measure) ?? [found, found];
    return {
      corpus: name,
      cases: `${figures.pages} pages, ${figures.claims} claims`,
      measure: measure.replace('_', ' '),
      found: `${found.toFixed(3)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
      atLeast: floor === undefined ? '' : floor.toFixed(2),
      isEnough: floor === undefined || found >= floor,
    };
  });
}
