import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { expectedText } from '../../src/operations/golden-capture.ts';
import { openReaders } from '../../src/reader/reader.ts';
import { catalogOf, openSubjectIndex } from '../../src/reader/subject-index.ts';
import { openRegistry } from '../../src/watch/registry.ts';
import { language } from '../support/names.ts';
import { goldenCases, WATCHERS } from './watcher-cases.ts';

const registry = await openRegistry(WATCHERS);
const catalog = await catalogOf();
const book = openSubjectIndex(catalog, []);
const reader = openReaders(catalog, book)(null);
const read = goldenCases().filter(({ fails }) => fails === null);

test.each(read.map((golden) => [`${golden.watcher}/${golden.file}`, golden] as const))(
  'try writes %s as the golden test reads it',
  async (_name, { watcher: id, capture, expected }) => {
    const watcher = registry.get(id);
    if (watcher === null) throw new Error(`There is no watcher ${id}.`);
    const text = expectedText(await watcher.extract(capture), {
      names: book.names(),
      publisher: reader.publisherOf(capture.finalUrl),
      watcher,
      ...language(watcher.vendor),
      at: capture.fetchedAt,
    });
    expect(text).toBe(readFileSync(expected, 'utf8'));
  },
);
