import { expect, it } from 'vitest';
import { supportRows } from '../../../bench/accuracy/rule-support.mjs';

const QUOTE = 'OpenAI released the model to everybody today';

function pageOf(name: string, facet: string) {
  const label = { subject: 'gpt-5.5', facet, expected: 'support:secondary', quote: QUOTE };
  return {
    ...{ name, file: `${name}.html`, path: '', url: `https://${name}.example/`, at: '' },
    ...{ subject: 'gpt-5.5', publisherClass: 'S3', claims: [label] },
  };
}

const said = {
  ...{ subject: 'gpt-5.5', facet: 'released', polarity: 'support', quote: QUOTE },
  ...{ contribution: 'support:secondary', rule: 'release.by-maker' },
};

it('the support of rules counts the pages a rule is right on, and of its statements the share that is right', () => {
  const read = [
    { page: pageOf('one', 'released'), said: [said, said] },
    { page: pageOf('two', 'retired'), said: [said] },
    { page: pageOf('three', 'released'), said: [{ ...said, quote: 'a place without a label' }] },
  ];
  expect(supportRows(read, [])).toMatchObject([
    { corpus: 'all rules', cases: '1 rules', found: 1 },
    { corpus: 'release.by-maker', cases: '3 statements', found: '1; 0.67' },
  ]);
});

it('a rule that is right on three pages is enough, and one on fewer or on none fails the measure', () => {
  const read = ['one', 'two', 'three'].map((name) => ({
    page: pageOf(name, 'released'),
    said: name === 'one' ? [said, { ...said, rule: 'release.noun' }] : [said],
  }));
  const rows = supportRows(read, ['release.by-maker', 'reach.place']);
  expect(rows.map(({ corpus, found, isEnough }) => ({ corpus, found, isEnough }))).toEqual([
    { corpus: 'all rules', found: 2, isEnough: false },
    { corpus: 'reach.place', found: '0; 0.00', isEnough: false },
    { corpus: 'release.noun', found: '1; 1.00', isEnough: false },
    { corpus: 'release.by-maker', found: '3; 1.00', isEnough: true },
  ]);
});
