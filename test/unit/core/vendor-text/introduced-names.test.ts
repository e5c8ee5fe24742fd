import { describe, expect, it } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { itemText } from '../../../../src/core/document/text.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import { language, names } from '../../../support/names.ts';

const DAY = { from: '2027-01-22', to: null, precision: 'day' } as const;
const OPENAI: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};
const context = {
  ...{ names, publisher: OPENAI, at: '2027-01-23T00:00:00.000Z' },
  watcher: { kind: 'changelog', vendor: 'openai', coverage: 'rolling' } as const,
  ...language('openai'),
};

/** Subject and facet of all that an entry of the vendor's changelog states. */
function entry(markdown: string): readonly string[] {
  const item = {
    ...({ key: 'k', kind: 'entry', title: 'January 22', url: 'https://openai.com/x' } as const),
    ...itemText(blocksOfMarkdown(markdown)),
    ...{ published: DAY, fields: {} },
  };
  const said = primaryStatements(item, context);
  return [...new Set(said.map(({ claim: { subject, facet } }) => `${subject} ${facet}`))].sort();
}

describe('a name that no catalogue knows', () => {
  it.each([
    ['We released Mosaic-1.5-32B ([`mosaic-1.5-32b`](/models/mosaic)).', 'mosaic-1.5-32b'],
    ['Released Mosaic 2 (`mosaic-2`), a faster video model.', 'mosaic-2'],
    [
      'Released Mosaic 2 (`mosaic-2-2027-01-20`), our smallest reasoning model.',
      'mosaic-2-2027-01-20',
    ],
    ['Today we are launching Mosaic 2, our first open video model.', 'mosaic-2'],
    ['Introducing Mosaic 2: The First Unified Multimodal Model for Audio.', 'mosaic-2'],
  ])(
    'a name that no catalogue knows is a model where the text gives its id or says what sort of model it is: %s',
    (text, id) => {
      expect(entry(text)).toEqual([`${id} announced`, `${id} api_listed`]);
    },
  );

  it('a name that no catalogue knows is deprecated by the id that stands behind it', () => {
    expect(entry('We deprecated Mosaic-1.5-32B (`mosaic-1.5-32b`).')).toEqual([
      'mosaic-1.5-32b deprecated',
    ]);
  });

  it.each([
    'We launched the Files API (`files-api-2027-01-14`), which works with all models.',
    'Released Deep Search 2 (`deep-search-2`), a tool for our reasoning models.',
    'Introducing Prometheus, a new model for public-private partnership.',
    'Introducing Prometheus, our new pricing model.',
    'Today we are launching Mosaic, our first open video model.',
    'Introducing Corps: a model of service for students.',
    'Released Context Compaction (`compact-2027-01-12`).',
    'Introducing Harbor, an open model card format.',
    'We have not released Mosaic 2 (`mosaic-2`), an open-weight video model.',
    'Claude Opus 9 (`claude-opus-9`), a frontier model, is something we test against.',
  ])(
    'a name that no catalogue knows is nothing where it may be something else, and nothing is said of what is denied: %s',
    (text) => {
      expect(entry(text)).toEqual([]);
    },
  );
});
