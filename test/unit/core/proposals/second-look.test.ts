import { expect, it } from 'vitest';
import { keptChecksOf } from '../../../../src/core/proposals/second-look.ts';
import { blogPage, ruled } from '../../../support/reading.ts';

const STATEMENTS = ruled(
  blogPage('gpt-image-2 is out.\n\nGPT-5.4 has been retired.\n\nGPT-5.5 is not out.'),
);

function keptOf(checks: readonly unknown[]) {
  return keptChecksOf(STATEMENTS, checks).map(({ rule, holds }) => [rule.subject, holds]);
}

it('what a model says when it is asked back is kept for each statement, by its number', () => {
  const said = (number: number, holds: string) => ({ number, says: 'something', holds });
  expect(keptOf([said(2, 'no'), said(1, 'yes'), said(3, 'unclear')])).toEqual([
    ['gpt-image-2', 'yes'],
    ['gpt-5.4', 'no'],
    ['gpt-5.5', 'unclear'],
  ]);
});

it('what a model says nothing of use to when it is asked back is unclear', () => {
  const odd = [{ number: 2, holds: 'yes' }, { number: 9, says: '', holds: 'yes' }, 'yes', null];
  expect(keptOf(odd).map(([, holds]) => holds)).toEqual(['unclear', 'unclear', 'unclear']);
  expect(keptOf([])).toHaveLength(3);
});
