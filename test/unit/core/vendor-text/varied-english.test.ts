import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import type { Item, ItemKind } from '../../../../src/domain/item.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';
import { language, names } from '../../../support/names.ts';

/** One text a line: its channel, title, text, and the statements that are to be read, none where it only looks like one. */
const FILE = new URL('../../../fixtures/varied-english.txt', import.meta.url);
const CHANNELS: Readonly<Record<string, { item: ItemKind; watcher: SourceKind }>> = {
  changelog: { item: 'entry', watcher: 'changelog' },
  news: { item: 'post', watcher: 'newsroom' },
  help: { item: 'article', watcher: 'help' },
};
const openai: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};

const texts = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [channel = '', title = '', text = '', states = ''] = line.split(' | ');
    return { channel, title, text: text.replaceAll('\\n', '\n'), states: states.trim() };
  });

function statesOf({ channel, title, text }: (typeof texts)[number]): string {
  const { item: kind, watcher } = CHANNELS[channel] ?? { item: 'post', watcher: 'newsroom' };
  const head = kind === 'entry' ? 'Feature · API: v1/responses' : title;
  const item: Item = {
    ...{ key: 'k', kind, title: kind === 'entry' ? text : title, text: `${head}\n\n${text}` },
    ...{ url: 'https://openai.com/x', fields: { models: [], apis: ['v1/responses'] } },
    published: { from: '2027-01-12', to: null, precision: 'day' },
  };
  const context = {
    ...{ names, publisher: openai, at: '2027-01-13T00:00:00.000Z', ...language('openai') },
    watcher: { kind: watcher, vendor: 'openai', coverage: 'rolling' as const },
  };
  const said = primaryStatements(item, context)
    .filter(({ claim }) => claim.value === null)
    .map(
      ({ claim, polarity }) => `${polarity === 'deny' ? 'no ' : ''}${claim.subject} ${claim.facet}`,
    );
  return [...new Set(said)].sort().join(', ');
}

describe('what a vendor says in many ways', () => {
  test.each(texts.filter(({ states }) => states !== ''))(
    'what a vendor says in many ways is read in "$text"',
    (text) => {
      expect(statesOf(text)).toBe(text.states);
    },
  );

  test.each(texts.filter(({ states }) => states === ''))(
    'what a vendor says in many ways is not read in "$text"',
    (text) => {
      expect(statesOf(text)).toBe('');
    },
  );
});
