import { expect, test } from 'vitest';
import { openTagger } from '../../../../src/core/language/tagged-sentences.ts';

test('a tagger can be opened as often as pages are read', () => {
  const words = Array.from({ length: 60 }, () => openTagger()('It is out.', []).flat().length);
  expect(new Set(words)).toEqual(new Set([4]));
});
