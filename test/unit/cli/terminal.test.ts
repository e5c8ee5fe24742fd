import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, harmlessJson } from '../../../src/cli/print.ts';

const ESC = '\u001b';

/** What must reach no terminal, unless it is ours. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const HOSTILE = [
  `${ESC}[2J`,
  `${ESC}[31mred${ESC}[0m`,
  `${ESC}[8mhidden`,
  `${ESC}]0;title\u0007`,
  `${ESC}]8;;https://evil.example${ESC}\\click`,
  `${ESC}[1;1H`,
  `${ESC}[31;1000;1000;1000m`,
  '\u009b2K',
  '\r',
  '\u202e',
  '\u061c',
  '\u2028',
];

describe('what a terminal is given', () => {
  it.each(HOSTILE)('does nothing with %j', (text) => {
    expect(harmless(`a${text}b`)).not.toMatch(HARMFUL);
    expect(harmlessJson({ text })).not.toMatch(HARMFUL);
  });

  it('keeps the words of others, line ends and tabs', () => {
    expect(harmless(`one\ttwo\nthree ${ESC}[2Jfour`)).toBe('one\ttwo\nthree \u{fffd}[2Jfour');
  });

  it('holds as JSON exactly what was put in, and nothing that acts', () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const shown = harmlessJson({ pieces });
        expect(JSON.parse(shown)).toEqual({ pieces });
        return !HARMFUL.test(shown) && !HARMFUL.test(harmless(pieces.join('')));
      }),
    );
  });
});
