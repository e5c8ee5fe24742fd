/** A logistic regression with an L2 penalty, by accelerated gradient steps: the same input gives the same weights. */

const STEPS = 120;

/**
 * The weights of features that are there or not; the first is the bias, which is not penalised.
 * @param {readonly (readonly number[])[]} rows the features of each example, by index; each row begins with 0
 * @param {readonly boolean[]} isSo
 * @param {number} count how many features there are
 * @param {number} penalty
 */
export function fitted(rows, isSo, count, penalty) {
  const weights = new Float64Array(count);
  const velocity = new Float64Array(count);
  const gradient = new Float64Array(count);
  const ahead = new Float64Array(count);
  const step = 1 / (curvatureOf(rows, count) + penalty);
  for (let round = 0; round < STEPS; round += 1) {
    const momentum = round / (round + 3);
    for (let at = 0; at < count; at += 1) {
      ahead[at] = valueAt(weights, at) + momentum * valueAt(velocity, at);
      gradient[at] = at === 0 ? 0 : penalty * valueAt(ahead, at);
    }
    addErrors(gradient, ahead, rows, isSo);
    for (let at = 0; at < count; at += 1) {
      const next = valueAt(ahead, at) - step * valueAt(gradient, at);
      velocity[at] = next - valueAt(weights, at);
      weights[at] = next;
    }
  }
  return weights;
}

/**
 * How each weight makes the answers wrong.
 * @param {Float64Array} gradient
 * @param {Float64Array} weights
 * @param {readonly (readonly number[])[]} rows
 * @param {readonly boolean[]} isSo
 */
function addErrors(gradient, weights, rows, isSo) {
  for (const [index, row] of rows.entries()) {
    const error = probabilityOf(weights, row) - (isSo[index] ? 1 : 0);
    for (const at of row) gradient[at] = valueAt(gradient, at) + error;
  }
}

/**
 * @param {Float64Array} weights
 * @param {readonly number[]} row
 */
export function probabilityOf(weights, row) {
  let sum = 0;
  for (const at of row) sum += valueAt(weights, at);
  return 1 / (1 + Math.exp(-sum));
}

/** @param {Float64Array} values @param {number} at */
function valueAt(values, at) {
  return values[at] ?? 0;
}

/**
 * How steep the loss can get: a quarter of the largest eigenvalue of the examples, by power iteration.
 * @param {readonly (readonly number[])[]} rows
 * @param {number} count
 */
function curvatureOf(rows, count) {
  let direction = new Float64Array(count).fill(1);
  let length = 1;
  for (let round = 0; round < 20; round += 1) {
    const next = new Float64Array(count);
    for (const row of rows) {
      let sum = 0;
      for (const at of row) sum += valueAt(direction, at);
      for (const at of row) next[at] = valueAt(next, at) + sum;
    }
    length = Math.hypot(...next);
    direction = next.map((value) => value / (length || 1));
  }
  return length / 4;
}
