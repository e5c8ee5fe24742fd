/**
 * What to expect of the gate on unseen pages: each page is read with weights that were learned from the other folds.
 * Rules alone, the gate alone, both; and both learned from fewer pages.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/project.mjs';
import { gatesOf, NO_GATE, openReadings } from './folded-reading.mjs';
import { learnedFrom, trainedOn } from './gate-training.mjs';
import { differenceOf } from './intervals.mjs';
import { readingRows, scoreEach } from './reading-rows.mjs';
import { figuresOf, sumOf } from './reading-score.mjs';
import { trainingPages, UNSEEN } from './training-set.mjs';

/** @typedef {import('./training-set.mjs').TrainingPage} TrainingPage */
/** @typedef {import('./reading-score.mjs').Tally} Tally */
/** @typedef {import('./measures.mjs').Row} Row */

const SHARES = [0.25, 0.5, 0.75, 1];

/** @returns {Promise<import('./measures.mjs').Measured>} */
export async function measureGate() {
  const pages = await trainingPages();
  const { read, readWithoutRules } = await openReadings();
  const scored = pages.filter(({ isScored }) => isScored);
  const gates = gatesOf(pages);
  const bare = gatesOf(pages, (others) => learnedFrom(others, { withRules: false }));
  const rules = await scoreAll(scored, (page) => read(page, NO_GATE));
  const alone = await scoreAll(scored, (page) => readWithoutRules(page, bare[page.fold]));
  const both = await scoreAll(scored, (page) => read(page, gates[page.fold]));
  const isUnseen = scored.map(({ part }) => UNSEEN.test(part));
  const rows = [
    ...readingRows('five folds, rules alone', rules, {}),
    ...readingRows('five folds, gate alone', alone, {}),
    ...readingRows('five folds, both', both, {}),
    ...differenceRows('five folds, both against rules', both, rules),
    ...readingRows('pages not looked at, rules alone', only(rules, isUnseen), {}),
    ...readingRows('pages not looked at, both', only(both, isUnseen), {}),
    ...(await learningCurve(pages, scored, read)),
  ];
  return { rows: [...rows, confirmed(both), freshness(pages)], notes: [] };
}

/**
 * @param {readonly TrainingPage[]} pages
 * @param {(page: TrainingPage) => Promise<readonly import('./reading-score.mjs').SaidOf[]>} read
 */
async function scoreAll(pages, read) {
  const tallies = [];
  for (const one of pages) tallies.push(...(await scoreEach([one.page], () => read(one))));
  return tallies;
}

/** @param {readonly Tally[]} tallies @param {readonly boolean[]} isIn */
function only(tallies, isIn) {
  return tallies.filter((_, at) => isIn[at]);
}

/**
 * @param {string} name
 * @param {readonly Tally[]} ours
 * @param {readonly Tally[]} theirs
 * @returns {Row[]}
 */
function differenceRows(name, ours, theirs) {
  return /** @type {const} */ (['recall', 'precision', 'page_accuracy']).map((measure) => {
    const [one, other] = [figuresOf(sumOf(ours))[measure], figuresOf(sumOf(theirs))[measure]];
    const [low, high] = differenceOf(ours, theirs, measure);
    return {
      ...{ corpus: name, cases: `${ours.length} pages`, measure: measure.replace('_', ' ') },
      found: `${signed((one ?? 0) - (other ?? 0), 3)} (${signed(low, 2)} to ${signed(high, 2)})`,
      ...{ atLeast: '', isEnough: true },
    };
  });
}

/** @param {number} value @param {number} decimals */
function signed(value, decimals) {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(decimals)}`;
}

/**
 * Both, learned from a share of the other folds.
 * @param {readonly TrainingPage[]} pages
 * @param {readonly TrainingPage[]} scored
 * @param {Awaited<ReturnType<typeof openReadings>>['read']} read
 * @returns {Promise<Row[]>}
 */
async function learningCurve(pages, scored, read) {
  const rows = [];
  for (const share of SHARES) {
    const gates = gatesOf(pages, (others) =>
      learnedFrom(others.filter((_, at) => at % SHARES.length < share * SHARES.length)),
    );
    const tallies = await scoreAll(scored, (page) => read(page, gates[page.fold]));
    const { recall, precision, page_accuracy: right } = figuresOf(sumOf(tallies));
    rows.push({
      ...{ corpus: `learned from ${share * 100} % of the pages`, cases: `${scored.length} pages` },
      measure: 'recall / precision / page accuracy',
      found: [recall, precision, right].map((one) => (one ?? 0).toFixed(3)).join(' / '),
      ...{ atLeast: '', isEnough: true },
    });
  }
  return rows;
}

/** @param {readonly Tally[]} tallies @returns {Row} */
function confirmed(tallies) {
  const { false_confirmations: found } = figuresOf(sumOf(tallies));
  return {
    ...{ corpus: 'five folds, both', cases: `${tallies.length} pages` },
    ...{ measure: 'pages that yield a confirmed claim', found, atLeast: '0' },
    isEnough: found === 0,
  };
}

/**
 * Whether the shipped weights are those that today's rules and labels give.
 * @param {readonly TrainingPage[]} pages
 * @returns {Row}
 */
function freshness(pages) {
  const shipped = readFileSync(join(root, 'data', 'catalog', 'gate.yaml'), 'utf8');
  const stale = Object.entries(trainedOn(pages)).filter(([, sum]) => !shipped.includes(sum));
  const names = stale.map(([what]) => what).join(' and ');
  return {
    ...{ corpus: 'shipped weights', cases: `${pages.length} pages` },
    measure: 'trained on these rules and labels',
    found: stale.length === 0 ? 'yes' : `other ${names}: npm run train`,
    ...{ atLeast: 'yes', isEnough: stale.length === 0 },
  };
}
