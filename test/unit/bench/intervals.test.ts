import { expect, it } from 'vitest';
import { intervalOf } from '../../../bench/accuracy/intervals.mjs';

function tallyOf(found: number, claims: number) {
  return {
    ...{ pages: 1, claims, found, right: found, truePositives: found, falsePositives: 0 },
    ...{ pagesRight: 1, falseConfirmations: 0, notes: [] },
  };
}

it('the interval of a figure is a point where every page is alike, and wide where pages differ', () => {
  const alike = Array.from({ length: 20 }, () => tallyOf(1, 2));
  expect(intervalOf(alike, 'recall')).toEqual([0.5, 0.5]);
  const apart = Array.from({ length: 20 }, (_, at) => tallyOf(at % 2 === 0 ? 2 : 0, 2));
  const [low, high] = intervalOf(apart, 'recall') ?? [1, 0];
  expect(low).toBeLessThan(0.4);
  expect(high).toBeGreaterThan(0.6);
});

it('the interval of a figure is the same each time it is measured, and null for nothing of nothing', () => {
  const pages = [tallyOf(1, 3), tallyOf(2, 2), tallyOf(0, 4)];
  expect(intervalOf(pages, 'recall')).toEqual(intervalOf(pages, 'recall'));
  expect(intervalOf([tallyOf(0, 0)], 'recall')).toBeNull();
});
