/** How sure a figure is: it is had again from pages drawn with replacement, since sentences of one page err together. */
import { figuresOf, sumOf } from './reading-score.mjs';

/** @typedef {import('./reading-score.mjs').Tally} Tally */
/** @typedef {'recall' | 'precision' | 'contribution_accuracy' | 'page_accuracy'} Figure */

const DRAWS = 1_000;
/** The share of the draws that is left out at either end: 95 of 100 lie between. */
const TAIL = 0.025;
/** Any number will do; the same one gives the same interval again. */
const SEED = 20_260_419;

/**
 * The 95 % interval of a figure, by the bootstrap over documents; null where no draw has the figure.
 * @param {readonly Tally[]} tallies one a page
 * @param {Figure} figure
 * @returns {readonly [number, number] | null}
 */
export function intervalOf(tallies, figure) {
  return middleOf(drawnFigures(tallies, figure).flatMap((found) => found ?? []));
}

/**
 * The 95 % interval of how much more one reading of pages has of a figure than another of the same pages.
 * @param {readonly Tally[]} ours
 * @param {readonly Tally[]} theirs
 * @param {Figure} figure
 * @returns {readonly [number, number]}
 */
export function differenceOf(ours, theirs, figure) {
  const others = drawnFigures(theirs, figure);
  const differences = drawnFigures(ours, figure).map((one, at) => (one ?? 0) - (others[at] ?? 0));
  return middleOf(differences) ?? [0, 0];
}

/**
 * The figure of each draw; the same pages are drawn each time.
 * @param {readonly Tally[]} tallies
 * @param {Figure} figure
 */
function drawnFigures(tallies, figure) {
  const random = randomFrom(SEED);
  return Array.from({ length: DRAWS }, () => figuresOf(sumOf(drawn(tallies, random)))[figure]);
}

/**
 * What lies between the tails.
 * @param {readonly number[]} values
 * @returns {readonly [number, number] | null}
 */
function middleOf(values) {
  const found = [...values].sort((a, b) => a - b);
  const low = found[Math.floor(found.length * TAIL)];
  const high = found[Math.ceil(found.length * (1 - TAIL)) - 1];
  return low === undefined || high === undefined ? null : [low, high];
}

/**
 * @param {readonly Tally[]} tallies
 * @param {() => number} random
 */
function drawn(tallies, random) {
  return tallies.flatMap(() => tallies[Math.floor(random() * tallies.length)] ?? []);
}

/**
 * Numbers from 0 to 1, the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
