import { describe, expect, test } from 'vitest';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import { language, names } from '../../../support/names.ts';
import { GENUINE, KEEPING, TAKING_BACK } from '../../../support/vendor-sentences.ts';

const MODEL = 'gpt-9';
const openai: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};
const watcher = { kind: 'changelog', vendor: 'openai', coverage: 'rolling' } as const;

/** Whether an entry of the changelog with a sentence states anything that holds of the model. */
function states(text: string): boolean {
  const said = text.replaceAll('NAME', MODEL);
  const item = {
    ...{
      key: 'k',
      kind: 'entry' as const,
      title: said,
      text: `Feature · API: v1/responses\n\n${said}`,
    },
    ...{ url: 'https://openai.com/x', fields: { models: [], apis: ['v1/responses'] } },
    published: { from: '2026-09-01', to: null, precision: 'day' as const },
  };
  const context = { names, publisher: openai, watcher, at: '2026-09-02T00:00:00.000Z' };
  return primaryStatements(item, { ...context, ...language('openai') }).some(
    ({ claim, polarity }) => claim.subject === MODEL && polarity === 'support',
  );
}

describe('a genuine statement', () => {
  test.each(Object.entries(TAKING_BACK))('confirms nothing when it is %s', (_name, change) => {
    expect(GENUINE.map(change).filter(states)).toEqual([]);
  });

  test.each(Object.entries(KEEPING))('still states it %s', (_name, change) => {
    expect(GENUINE.map(change).filter((text) => !states(text))).toEqual([]);
  });
});
