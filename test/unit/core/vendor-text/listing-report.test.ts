import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../../src/config/catalog.ts';
import { buildNames } from '../../../../src/core/names/names.ts';
import { listingReport } from '../../../../src/core/vendor-text/list-rows.ts';
import { facetLabel } from '../../../../src/domain/claim.ts';
import type { Item } from '../../../../src/domain/item.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';

const catalog = await loadCatalog(
  fileURLToPath(new URL('../../../../data/catalog', import.meta.url)),
);
const names = buildNames(catalog.subjects, catalog);

function said(key: string, kind: SourceKind, over: Partial<Item> = {}) {
  const item: Item = {
    key,
    kind: 'listing',
    title: key,
    text: `${key}\nsome name`,
    url: 'https://models.dev/api.json',
    published: null,
    fields: {},
    ...over,
  };
  const context = {
    names,
    publisher: { domain: 'lmarena.ai' },
    watcher: { kind },
    at: '2026-05-01T00:00:00.000Z',
  };
  return listingReport(item, context).map(
    ({ claim, force, evidentiality, quote }) =>
      `${claim.subject} ${facetLabel(claim)} ${force} ${evidentiality}: ${quote}`,
  );
}

test('a catalogue reports that a model is in the API, and proves nothing', () => {
  expect(said('gpt-5.5', 'tracker')).toEqual(['gpt-5.5 api_listed report none: gpt-5.5']);
  expect(said('openai/gpt-5.5', 'tracker')).toEqual([
    'gpt-5.5 api_listed report none: openai/gpt-5.5',
  ]);
});

test('an arena sights a model it names, at its own venue', () => {
  expect(said('gpt-5.5', 'arena')).toEqual([
    'gpt-5.5 limited_test:lmarena.ai report first_hand: gpt-5.5',
  ]);
});

test.each([
  ['openai/gpt-5.4-image-2', 'tracker'],
  ['gpt-5.5-dlp-test', 'arena'],
  ['comet', 'arena'],
  ['gpt-image-2-all', 'tracker'],
  ['gpt-5.5', 'report'],
] as const)('%s in a list of kind %s says nothing', (key, kind) => {
  expect(said(key, kind)).toEqual([]);
});

test('only rows of a list are read so', () => {
  expect(said('gpt-5.5', 'tracker', { kind: 'page' })).toEqual([]);
});
