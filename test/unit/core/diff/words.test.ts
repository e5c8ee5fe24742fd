import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffWords, excerpt } from '../../../../src/core/diff/words.ts';

const text = (parts: ReturnType<typeof diffWords>, without: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== without)
    .map((part) => part.text)
    .join('');

it('a word diff shows the words that changed inside the lines that changed', () => {
  const parts = diffWords(
    '# Models\nUse gpt-image-1.5 today.\n',
    '# Models\nUse gpt-image-2 today.\n',
  );
  expect(parts.filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'removed', text: 'gpt-image-1.5' },
    { kind: 'added', text: 'gpt-image-2' },
  ]);
});

it('a word diff shows very long lines whole instead of searching them word by word', () => {
  const before = `${'old word '.repeat(600)}\n`;
  const after = `${'new word '.repeat(600)}\n`;
  expect(diffWords(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]);
});

it('a word diff holds both texts whole', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 30 }), fc.lorem({ maxCount: 30 }), (before, after) => {
      const parts = diffWords(before, after);
      expect(text(parts, 'added')).toBe(before);
      expect(text(parts, 'removed')).toBe(after);
    }),
  );
});

it('a word diff leaves out what stands far from any change', () => {
  const same = 'x'.repeat(100);
  const short = excerpt(
    [
      { kind: 'same', text: same },
      { kind: 'added', text: 'new' },
      { kind: 'same', text: same },
      { kind: 'removed', text: 'old' },
      { kind: 'same', text: same },
    ],
    5,
  );
  expect(short.map((part) => part.text)).toEqual(['…xxxxx', 'new', 'xxxxx…xxxxx', 'old', 'xxxxx…']);
});
