import { expect, it } from 'vitest';
import { markedQuote } from '../../../../src/core/verdict/explanation-words.ts';
import type { Mark } from '../../../../src/domain/evidence.ts';

const QUOTE = 'Today we released GPT-9 in the API';

/** Evidence whose quote begins at the tenth character of its text. */
function marked(...parts: readonly (readonly [Mark['part'], string])[]): string {
  const marks = parts.map(([part, words]): Mark => {
    const at = 10 + QUOTE.indexOf(words);
    return { part, span: [at, at + words.length] };
  });
  return markedQuote({ quote: QUOTE, span: [10, 10 + QUOTE.length], marks });
}

it('puts the parts of a sentence that carry its statement in brackets', () => {
  expect(marked(['model', 'GPT-9'], ['predicate', 'released'], ['agent', 'we'])).toBe(
    'Today [we] [released] [GPT-9] in the API',
  );
});

it('leaves a quote without marks as it is', () => {
  expect(marked()).toBe(QUOTE);
});

it('leaves out a part that stands in another one, or beyond what is quoted', () => {
  expect(marked(['predicate', 'released GPT-9'], ['model', 'GPT-9'])).toBe(
    'Today we [released GPT-9] in the API',
  );
  const beyond: Mark = { part: 'model', span: [200, 205] };
  expect(markedQuote({ quote: QUOTE, span: [10, 44], marks: [beyond] })).toBe(QUOTE);
  const before: Mark = { part: 'model', span: [2, 7] };
  expect(markedQuote({ quote: QUOTE, span: [10, 44], marks: [before] })).toBe(QUOTE);
});
