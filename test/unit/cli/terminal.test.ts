import { describe, expect, it } from 'vitest';
import { harmless } from '../../../src/cli/print.ts';

const ESC = '\u001b';

describe('what a terminal is given', () => {
  it('keeps colours and line ends, and nothing that moves the cursor or turns text around', () => {
    expect(harmless(`${ESC}[31mred${ESC}[39m\n${ESC}[1mbold${ESC}[22m\ttab`)).toBe(
      `${ESC}[31mred${ESC}[39m\n${ESC}[1mbold${ESC}[22m\ttab`,
    );
    const hostile = [
      `${ESC}[2J`,
      `${ESC}]0;title\u0007`,
      `${ESC}[1;1H`,
      '\u009b2K',
      '\r',
      '\u202e',
    ];
    const kept = harmless(hostile.join('x'));
    expect(kept.replaceAll('\u{fffd}', '')).toBe('[2Jx]0;titlex[1;1Hx2Kxx');
  });
});
