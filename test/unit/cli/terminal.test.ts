import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { harmless, harmlessJson, terminal } from '../../../src/cli/print.ts';

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

it.each(HOSTILE)('what a terminal is given does nothing with %j', (text) => {
  expect(harmless(`a${text}b`)).not.toMatch(HARMFUL);
  expect(harmlessJson({ text })).not.toMatch(HARMFUL);
});

it('what a terminal is given keeps the words of others, line ends and tabs', () => {
  expect(harmless(`one\ttwo\nthree ${ESC}[2Jfour`)).toBe('one\ttwo\nthree \u{fffd}[2Jfour');
});

it('what a terminal is given holds as JSON exactly what was put in, and nothing that acts', () => {
  const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const shown = harmlessJson({ pieces });
      expect(JSON.parse(shown)).toEqual({ pieces });
      return !HARMFUL.test(shown) && !HARMFUL.test(harmless(pieces.join('')));
    }),
  );
});

describe('the width of what is written', () => {
  const { columns } = process.stdout;

  afterEach(() => {
    vi.unstubAllEnvs();
    process.stdout.columns = columns;
  });

  it('the width of what is written is that of the terminal, and in a pipe what COLUMNS says', () => {
    vi.stubEnv('COLUMNS', '72');
    process.stdout.columns = 90;
    expect(terminal.width).toBe(90);
    process.stdout.columns = undefined as never;
    expect(terminal.width).toBe(72);
    vi.stubEnv('COLUMNS', 'wide');
    expect(terminal.width).toBe(100);
  });
});
