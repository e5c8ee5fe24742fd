import { expect, it } from 'vitest';
import { fitted, probabilityOf } from '../../../bench/accuracy/logistic.mjs';

const ROWS = [[0, 1], [0, 1, 2], [0, 2], [0], [0, 1], [0, 2]];
const IS_SO = [true, true, false, false, true, false];

it('the regression that the gate is learned by gives what goes with an answer a weight that says so', () => {
  const weights = fitted(ROWS, IS_SO, 3, 0.1);
  expect(probabilityOf(weights, [0, 1])).toBeGreaterThan(0.8);
  expect(probabilityOf(weights, [0, 2])).toBeLessThan(0.2);
});

it('the regression that the gate is learned by gives the same weights for the same examples', () => {
  expect(fitted(ROWS, IS_SO, 3, 1)).toEqual(fitted(ROWS, IS_SO, 3, 1));
});

it('the regression that the gate is learned by trusts little where the penalty is high', () => {
  const [, free = 0] = fitted(ROWS, IS_SO, 3, 0.1);
  const [, bound = 0] = fitted(ROWS, IS_SO, 3, 10);
  expect(bound).toBeLessThan(free / 2);
  expect(bound).toBeGreaterThan(0);
});
