/**
 * How often what is said is given to the right model, by how its words name it: a name, a word for it ("it", "the model"), or
 * nothing; and by where the name that is meant stands. Right is a model that the same place is labelled with.
 */
import { compiled } from '../support/project.mjs';
import { gatesOf, openReadings } from './folded-reading.mjs';
import { isRight, overlap } from './reading-score.mjs';
import { trainingPages, UNSEEN } from './training-set.mjs';

/** @typedef {import('./training-set.mjs').TrainingPage} TrainingPage */
/** @typedef {import('./reading-score.mjs').SaidOf} SaidOf */
/** @typedef {{ start: number, end: number }} Range */
/** @typedef {{ all: number, whom: number, right: number, unseen: number, whomUnseen: number }} Count */

/** Of words without a name taken together; 0.95 is wanted. */
const LEAST = 0.93;

/** @returns {Promise<import('./measures.mjs').Measured>} */
export async function measureCoreference() {
  const { sentencesIn } = await compiled('core/talk/document/sentences.js');
  const pages = await trainingPages();
  const gates = gatesOf(pages);
  const { read } = await openReadings();
  /** @type {Map<string, Count>} */
  const counts = new Map();
  const notes = [];
  for (const page of pages.filter(({ isScored }) => isScored)) {
    for (const one of await read(page, gates[page.fold])) {
      const isGood = isRight(page.page, one);
      const ways = isGood === null ? [] : waysOf(page, one, sentencesIn);
      const isOfIt = isAboutIt(page, one);
      for (const way of ways) {
        countIn(counts, way, { isGood: isGood === true, isOfIt, isUnseen: UNSEEN.test(page.part) });
      }
      if (ways.length > 0 && !isOfIt && !UNSEEN.test(page.part)) {
        notes.push(`${page.id}: ${JSON.stringify(one.quote)} is given to ${one.subject}`);
      }
    }
  }
  return { rows: rowsOf(counts), notes };
}

/** @param {TrainingPage} page @param {SaidOf} one */
function isAboutIt({ page }, one) {
  return page.claims.some(
    ({ subject, quote }) => subject === one.subject && overlap(one.quote, quote),
  );
}

/**
 * @param {Map<string, Count>} counts
 * @param {string} way
 * @param {{ isGood: boolean, isOfIt: boolean, isUnseen: boolean }} found
 */
function countIn(counts, way, { isGood, isOfIt, isUnseen }) {
  const count = counts.get(way) ?? { all: 0, whom: 0, right: 0, unseen: 0, whomUnseen: 0 };
  counts.set(way, count);
  count.all += 1;
  if (isOfIt) count.whom += 1;
  if (isGood) count.right += 1;
  if (isUnseen) count.unseen += 1;
  if (isUnseen && isOfIt) count.whomUnseen += 1;
}

/**
 * The kinds of naming a statement counts for.
 * @param {TrainingPage} page
 * @param {SaidOf} one
 * @param {(folded: string, block: any) => readonly Range[]} sentencesIn
 */
function waysOf({ analyses }, one, sentencesIn) {
  const analysis = analyses.find(({ item }) => item.text.includes(one.quote));
  if (analysis === undefined) return [];
  const start = analysis.item.text.indexOf(one.quote);
  const quote = { start, end: start + one.quote.length };
  /** @type {readonly { subject: string, span: readonly [number, number] }[]} */
  const names = analysis.mentions.filter(
    (/** @type {{ subject: string }} */ { subject }) => subject === one.subject,
  );
  const isNamedIn = (/** @type {Range | undefined} */ range) =>
    range !== undefined && names.some(({ span }) => span[0] >= range.start && span[1] <= range.end);
  if (isNamedIn(quote)) return ['named in its words'];
  const place = placeOf(analysis, start, isNamedIn, sentencesIn);
  const word = analysis.cues.has(quote, 'anaphor') ? 'a word for it' : 'no word for it';
  return ['not named in its words', place === 'its row' ? place : `${word}, named by ${place}`];
}

/**
 * Where the nearest name stands before a place.
 * @param {any} analysis
 * @param {number} start
 * @param {(range: Range | undefined) => boolean} isNamedIn
 * @param {(folded: string, block: any) => readonly Range[]} sentencesIn
 */
function placeOf({ blocks, folded }, start, isNamedIn, sentencesIn) {
  const own = blocks.findIndex(
    (/** @type {Range} */ block) => block.start <= start && start < block.end,
  );
  const block = blocks[own];
  if (block === undefined) return 'the text';
  if (block.kind === 'row') return 'its row';
  const sentences = sentencesIn(folded, block);
  const at = sentences.findIndex((one) => one.start <= start && start < one.end);
  if (isNamedIn(sentences[at]) || isNamedIn(sentences[at - 1])) return 'the sentence before';
  if (isNamedIn({ start: block.start, end: start })) return 'its section';
  for (const above of blocks.slice(0, own).reverse()) {
    if (isNamedIn(above)) return above.kind === 'heading' ? 'a heading' : 'its section';
    if (above.kind === 'heading') return 'the text';
  }
  return 'the text';
}

/** @param {Map<string, Count>} counts @returns {import('./measures.mjs').Row[]} */
function rowsOf(counts) {
  const kinds = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  return kinds.map(([corpus, { all, whom, right, unseen, whomUnseen }]) => {
    const isHeld = corpus === 'not named in its words';
    return {
      ...{ corpus, cases: `${all} statements, ${unseen} on pages not looked at` },
      measure: 'of the right model (there); right in all',
      found: `${share(whom, all)} (${share(whomUnseen, unseen)}); ${share(right, all)}`,
      atLeast: isHeld ? LEAST.toFixed(2) : '',
      isEnough: !isHeld || whom >= all * LEAST,
    };
  });
}

/** @param {number} part @param {number} whole */
function share(part, whole) {
  return whole === 0 ? '-' : (part / whole).toFixed(2);
}
