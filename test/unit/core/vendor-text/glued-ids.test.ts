import { expect, test } from 'vitest';
import { gluedIds } from '../../../../src/core/vendor-text/named-models.ts';
import { language, names } from '../../../support/names.ts';

const context = {
  ...{ names, at: '2027-01-23T00:00:00.000Z' },
  watcher: { kind: 'changelog', vendor: 'openai', coverage: 'rolling' } as const,
  publisher: {
    domain: 'openai.com',
    name: 'OpenAI',
    class: 'P1',
    group: 'o',
    vendor: 'openai',
  } as const,
  ...language('openai'),
};

test('ids with nothing between them are told apart where each is whole', () => {
  const text = 'Closed: gpt-5.4-minigpt-5.4-nanogpt-image-2, all of them.';
  expect(
    gluedIds(text, context).map(({ subject, span }) => [subject, text.slice(...span)]),
  ).toEqual([
    ['gpt-5.4-mini', 'gpt-5.4-mini'],
    ['gpt-5.4-nano', 'gpt-5.4-nano'],
    ['gpt-image-2', 'gpt-image-2'],
  ]);
});

test.each([
  'gpt-5.4-minigpt-clone-of-mine',
  'gpt-5.4-mini-model-card',
  'my-gpt-5.4-minigpt-5.4-nano',
])('a run that holds anything else is no list of ids: %s', (text) => {
  expect(gluedIds(text, context)).toEqual([]);
});
