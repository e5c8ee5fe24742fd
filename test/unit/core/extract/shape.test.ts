import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { checkShape } from '../../../../src/core/extract/extraction.ts';
import { goodRows, readJson } from '../../../../src/core/extract/json.ts';

const watcher = {
  id: 'acme-news',
  mayBeEmpty: false,
  shape: { landmarks: [/^## Releases/m], share: 0.5 },
};
const answer = { text: '# Acme\n## Releases\n', items: 4, lastItems: 8 };

test('the shape of an answer is kept by one that has its landmarks and enough of what the last one held', () => {
  expect(() => checkShape(watcher, answer)).not.toThrow();
  expect(() => checkShape(watcher, { ...answer, items: 1, lastItems: null })).not.toThrow();
});

test.each([
  ['a landmark is gone', { ...answer, text: '# Acme\n## News\n' }, 'shape'],
  ['nothing was read', { ...answer, items: 0, lastItems: null }, 'shape'],
  ['it holds much less than the last one', { ...answer, items: 3 }, 'shrunk'],
])('the shape of an answer is lost when %s', (_name, lost, kind) => {
  expect(() => checkShape(watcher, lost)).toThrow(expect.objectContaining({ kind }));
});

test('the shape of an answer may be empty where a watcher says so', () => {
  const quiet = { ...watcher, mayBeEmpty: true };
  expect(() => checkShape(quiet, { ...answer, items: 0, lastItems: 0 })).not.toThrow();
});

describe('JSON', () => {
  const Row = z.object({ id: z.string() });

  test('JSON is read in the shape asked for', () => {
    expect(readJson('\ufeff{"data":[1]}', z.object({ data: z.array(z.number()) }))).toEqual({
      data: [1],
    });
  });

  test.each([
    ['', 'empty'],
    ['<html>', 'malformed'],
    ['{"data":[', 'malformed'],
    ['{"data":1}', 'schema'],
    ['7', 'schema'],
  ])('JSON: %j is an error', (source, kind) => {
    expect(() => readJson(source, z.object({ data: z.array(z.unknown()) }))).toThrow(
      expect.objectContaining({ kind }),
    );
  });

  test('JSON loses no good row for a bad one', () => {
    expect(goodRows([{ id: 'a' }, { id: 7 }, null, { id: 'b' }], Row)).toEqual([
      { id: 'a' },
      { id: 'b' },
    ]);
  });

  test('JSON without one good row is an error, without any row is not', () => {
    expect(() => goodRows([{ id: 7 }], Row)).toThrow(expect.objectContaining({ kind: 'schema' }));
    expect(goodRows([], Row)).toEqual([]);
  });
});
