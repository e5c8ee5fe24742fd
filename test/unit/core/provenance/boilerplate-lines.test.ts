import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  foldTemplateLine,
  isStock,
  looksLikeTemplate,
  weightOf,
} from '../../../../src/core/provenance/boilerplate-lines.ts';

it.each([
  ['☕ 5 min read • 812 words • Updated Apr 21, 2026', '# min read # words updated #'],
  ['☕ 5 min read812 wordsUpdated May 3, 2026', '# min read # words updated #'],
  ['Filed under: Bots | Pictures | Shops', 'filed under *'],
  ['✍ Penned by Ada Quill', 'penned by *'],
  ['đź•’ Published:', 'published'],
  ['More from this desk →', 'more from this desk'],
  ['→', ''],
])('a template line: "%s" is folded to "%s"', (line, folded) => {
  expect(foldTemplateLine(line)).toBe(folded);
});

it('a template line is the same for any author, number and date', () => {
  const name = fc.constantFrom('Ada Quill', 'Ben Roe', 'Mei Lin Zhou');
  const day = fc.integer({ min: 1, max: 28 });
  const month = fc.constantFrom('January', 'Mar', 'October', 'Dec');
  fc.assert(
    fc.property(name, day, month, fc.nat(5000), (author, on, of, words) => {
      const line = `Told by ${author} · ${words} words · ${of} ${on}, 2026`;
      expect(foldTemplateLine(line)).toBe('told by * # words #');
    }),
  );
});

it.each(['☕ One coffee', 'A | B', 'One · two', 'Published:', 'Next →'])(
  'a template line shows in "%s"',
  (line) => {
    expect(looksLikeTemplate(line)).toBe(true);
  },
);

it.each(['What we know so far', 'This is what they told us:', '2.0', 'Plain words'])(
  'a template line does not show in "%s"',
  (line) => {
    expect(looksLikeTemplate(line)).toBe(false);
  },
);

it('a template line says little when any site may have it, and nothing when it holds no word', () => {
  expect(isStock('scroll to top')).toBe(true);
  expect(isStock('up to the first line')).toBe(false);
  expect([weightOf('read more'), weightOf('up to the first line'), weightOf('#')]).toEqual([
    0.5, 1, 0,
  ]);
});
