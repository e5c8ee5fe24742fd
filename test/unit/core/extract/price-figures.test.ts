import { expect, it } from 'vitest';
import {
  figureIn,
  figuresWithoutHeadings,
  priceValue,
} from '../../../../src/core/extract/price-figures.ts';

it.each([
  ['Input', '$5.00', 'input 5.00'],
  ['Cached input', '$0.125 / 1M tokens', 'cached input 0.125'],
  ['Output', '1,200', 'output 1200.00'],
  ['Per image', '€ 0.04', 'per image 0.04'],
])('the figures of a price give under %s in %s the figure %s', (unit, cell, value) => {
  expect(priceValue([figureIn(unit, cell) ?? { unit, amount: '' }])).toBe(value);
});

it.each(['-', '', 'See below', 'free', '50 %'])(
  'the figures of a price give nothing in "%s"',
  (cell) => {
    expect(figureIn('Input', cell)).toBe(null);
  },
);

it('the figures of a price are the same whatever the order of the columns and the noughts at their ends', () => {
  const one = [figureIn('Input', '$5'), figureIn('Output', '$30.0')].flatMap((one) => one ?? []);
  const other = [figureIn('Output', '$30.00'), figureIn('Input', '5.00')].flatMap(
    (one) => one ?? [],
  );
  expect(priceValue(one)).toBe(priceValue(other));
});

it('the figures of a price are known by their order where a row has no headings', () => {
  expect(priceValue(figuresWithoutHeadings(['5', '0.5', '30']))).toBe(
    'cached input 0.50, input 5.00, output 30.00',
  );
  expect(priceValue(figuresWithoutHeadings(['-', '-']))).toBe(null);
});
