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
  expect(supportRows(read)).toMatchObject([
    { corpus: 'all rules', cases: '1 rules', found: 1 },
    { corpus: 'release.by-maker', cases: '3 statements', found: '1; 0.67' },
  ]);
});
