import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  distinctKeys,
  foldHyphens,
  headline,
  oneLine,
  slug,
  tidyLines,
} from '../../../../src/core/extract/tidy.ts';

test('white space of every kind is one space', () => {
  expect(oneLine('\u00a0a\u2003b\n\tc\u200b \ufeff')).toBe('a b c');
});

test('lines stay lines, with one blank line at most between them', () => {
  expect(tidyLines('\n a  b \r\n\r\n\r\n c\u00a0\n')).toBe('a b\n\nc');
});

test('tidying twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(tidyLines(tidyLines(text))).toBe(tidyLines(text));
      expect(oneLine(oneLine(text))).toBe(oneLine(text));
    }),
  );
});

test('hyphens that look alike are the plain one', () => {
  expect(foldHyphens('2026‑03−26')).toBe('2026-03-26');
});

test('a slug of few words is the beginning of the slug of all', () => {
  const piece = fc.constantFrom(
    'a',
    'Bc.',
    'word '.repeat(9),
    'long'.repeat(40),
    ' ',
    '-',
    'é',
    '𝒳',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pieces, n) => {
      const all = slug(pieces.join(''), 100_000).split('-');
      expect(slug(pieces.join(''), n)).toBe(all.slice(0, n).join('-'));
    }),
  );
});

test('a slug keeps the words and the dots inside versions', () => {
  expect(slug('Introducing GPT‑5.4, mini & nano!')).toBe('introducing-gpt-5.4-mini-nano');
  expect(slug('一 二 三 四', 2)).toBe('一-二');
  expect(slug('…')).toBe('');
});

test('a headline is the first sentence, cut at a word', () => {
  expect(headline('Released gpt-5.4. It is fast.')).toBe('Released gpt-5.4.');
  expect(headline('one two three four', 10)).toBe('one two…');
  expect(headline(`${'x'.repeat(30)}`, 10)).toBe(`${'x'.repeat(10)}…`);
});

describe('keys that are all different', () => {
  const item = (key: string, text: string) => ({ key, text });

  test('keys that are all different leave the first its key when a later item shares it', () => {
    const items = distinctKeys([
      item('a', 'one thing'),
      item('a', 'another thing'),
      item('b', 'x'),
    ]);
    expect(items.map(({ key }) => key)).toEqual(['a', 'a/another-thing', 'b']);
  });

  test('keys that are all different drop exact repetitions', () => {
    expect(
      distinctKeys([item('a', 'x'), item('a', 'x'), item('a', 'y'), item('a', 'y')]),
    ).toHaveLength(2);
  });
});
