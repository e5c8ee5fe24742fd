import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileEnglish } from '../../../../src/core/language/analysis.ts';
import { openTagger } from '../../../../src/core/language/tagged-sentences.ts';
import { catalog, LATER, names } from '../../../support/names.ts';

const tagger = openTagger();
const english = compileEnglish(catalog.language, tagger);

/** Lines that are read much alike, with names, brackets, quotations and lists. */
const LINES = [
  ...['', 'GPT-5 is now available in the API.', 'It will be retired on May 3. Use GPT-5 mini.'],
  ...['- gpt-5, our best model', 'Introducing o3 (and o4-mini) with canvas', 'API access ends.'],
  ...['He said “we are bringing GPT-5 to everybody in the world” today.', 'Coming soon: GPT-5'],
];
const text = fc.array(fc.constantFrom(...LINES), { maxLength: 6 }).map((lines) => lines.join('\n'));

function rangesIn(words: string) {
  return names.find(words, LATER).map(({ span: [start, end] }) => ({ start, end }));
}

function said(by: typeof english, words: string) {
  return by.read(words, rangesIn(words)).map(({ phrases, ...sentence }) => {
    const { words: _words, predicates: _predicates, ...rest } = phrases;
    return { ...sentence, phrases: rest };
  });
}

test('what is known of a line says the same as reading it anew', () => {
  fc.assert(
    fc.property(text, (words) => {
      const fresh = said(compileEnglish(catalog.language, tagger), words);
      expect(said(english, words)).toEqual(fresh);
    }),
    { numRuns: 60 },
  );
});

test('every word and name of a sentence stands where the whole text has it', () => {
  fc.assert(
    fc.property(text, (words) => {
      const ranges = rangesIn(words);
      for (const { phrases, start, end, frames } of english.read(words, ranges)) {
        for (const { word, mention, ...place } of phrases.sentence.tokens) {
          const written = words.slice(place.start, place.end);
          expect([start <= place.start, place.end <= end]).toEqual([true, true]);
          if (mention === null) expect(written.toLowerCase().replace(/[“”]/, '"')).toBe(word);
          else expect({ start: place.start, end: place.end }).toEqual(ranges[mention]);
        }
        for (const { theme } of frames) {
          for (const { mention, start: from } of theme.names) {
            expect(from).toBe(ranges[mention]?.start);
          }
        }
      }
    }),
  );
});
