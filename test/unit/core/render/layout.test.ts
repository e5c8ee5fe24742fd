import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Block } from '../../../../src/core/render/block.ts';
import { fitBlocks, shorten } from '../../../../src/core/render/fit.ts';
import { CHAT_CAPS, outline } from '../../../../src/core/render/outline.ts';
import { cutBetweenWords, plain, truncate, utf8Length } from '../../../../src/core/render/plain.ts';
import { textBody } from '../../../../src/core/render/text.ts';
import { classWords, facetWords } from '../../../../src/core/render/words.ts';
import type { ConfirmationLevel } from '../../../../src/domain/verdict.ts';
import { makeMessage } from '../../../support/messages.ts';

const render = (block: Block) =>
  block.spans.map((span) => span.text.replaceAll('&', '&amp;')).join('');

function line(text: string): Block {
  return { kind: 'line', spans: [{ text }] };
}

it('blocks that must fit are rendered whole where they do', () => {
  const both = [line('a'), line('b')];
  expect(fitBlocks(both, { render, limit: 3 })).toEqual(both);
});

it('blocks that must fit end early and say so where they do not', () => {
  const blocks = Array.from({ length: 50 }, (_, n) => line(`line number ${n}`));
  const pieces = fitBlocks(blocks, { render, limit: 200 }).map(render);
  expect(pieces.join('\n').length).toBeLessThanOrEqual(200);
  expect(pieces.at(-1)).toBe('Shortened here; the alert is kept whole.');
  expect(pieces[0]).toBe('line number 0');
});

it('blocks that must fit never exceed the limit, tear no escape and no character, whatever they hold', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 60, max: 900 }), (lines, limit) => {
      const fit = { render, limit, size: utf8Length };
      const whole = fitBlocks(
        lines.map((text) => line(`${text}&&&`)),
        fit,
      )
        .map(render)
        .join('\n');
      expect(utf8Length(whole)).toBeLessThanOrEqual(limit);
      expect(whole).not.toMatch(/&(?!amp;)/);
      expect(whole).not.toMatch(/\p{Cs}/u);
    }),
  );
});

it('blocks that must fit are left out where hardly anything of them would be left', () => {
  expect(shorten(line('a'.repeat(100)), render, 10)).toBeNull();
  expect(shorten(line('a'.repeat(100)), render, 30)).toEqual(line(`${'a'.repeat(29)}…`));
});

it.each<[ConfirmationLevel, string]>([
  ['confirmed', 'confirmed'],
  ['secondary', 'secondary'],
  ['rumor', 'rumor'],
  ['unknown', 'neutral'],
  ['withdrawn', 'fallen'],
  ['contradicted', 'fallen'],
])('the outline of a message that moves to %s is %s', (to, tone) => {
  const moves = makeMessage()
    .moves.slice(0, 1)
    .map((move) => ({ ...move, to }));
  expect(outline(makeMessage({ moves }), CHAT_CAPS).tone).toBe(tone);
});

it('the outline of a message says how much it leaves out', () => {
  const message = makeMessage({ because: Array.from({ length: 20 }, (_, n) => `Reason ${n}.`) });
  expect(textBody(message, CHAT_CAPS)).toContain('and 12 more entries');
  const one = makeMessage({ because: message.because.slice(0, 9) });
  expect(textBody(one, CHAT_CAPS)).toContain('and 1 more entry');
});

it('the outline of a message shows an address it does not trust as text', () => {
  const proofs = makeMessage().proofs.map((proof) => ({ ...proof, url: 'javascript:alert(1)' }));
  const { link, blocks } = outline(makeMessage({ proofs, changes: [] }), CHAT_CAPS);
  expect(link).toBeNull();
  expect(blocks.flatMap(({ spans }) => spans).filter(({ url }) => url !== undefined)).toEqual([]);
});

it('the outline of a message keeps the space between the words of a diff, and drops what is empty', () => {
  const changes = makeMessage().changes.map((change) => ({
    ...change,
    title: '',
    parts: [
      { kind: 'same' as const, text: 'a\n\n b ' },
      { kind: 'added' as const, text: '\n' },
      { kind: 'removed' as const, text: '' },
      { kind: 'removed' as const, text: 'c' },
    ],
  }));
  const text = textBody(makeMessage({ changes }));
  expect(text).toContain('revised: untitled');
  expect(text).toContain('  a b {+ +}[-c-]');
});

it('the outline of a message says when the level stayed and only the status moved', () => {
  const moves = makeMessage()
    .moves.slice(0, 1)
    .map((move) => ({
      ...move,
      facet: 'retired',
      from: 'confirmed' as const,
      status: 'due' as const,
    }));
  expect(textBody(makeMessage({ moves }))).toContain('- confirmed, due: retired (level as before)');
});

it.each([
  ['released', 'released'],
  ['api_listed', 'in the API'],
  ['announced@2026-04-16', 'announced (2026-04-16)'],
  ['product_available:chatgpt', 'available in chatgpt'],
  ['product_available:chatgpt.plus', 'available in chatgpt.plus'],
  ['limited_test:arena', 'in a limited test, arena'],
  ['identity@spud:x', 'identity (spud), x'],
  ['made_up', 'made_up'],
  ['What is this?', 'What is this?'],
])('words for the facet %s are %s', (label, words) => {
  expect(facetWords(label)).toBe(words);
});

it('words name a class that is not known as it is', () => {
  expect(classWords('S2')).toBe('a tracker (S2)');
  expect(classWords('Z9')).toBe('Z9');
});

it.each([
  ['a\r\nb\tc', 'a b c'],
  ['a\u{202e}b\u{2066}c\u{200b}d\u{feff}e', 'abcde'],
  ['\u{0}\u{1b}[31mred', '[31mred'],
  ['x\ud800y', 'x\u{fffd}y'],
  ['a\u{2028}b', 'a b'],
  ['  a  ', 'a'],
  ['👩‍🚀 نمی‌خواهم', '👩‍🚀 نمی‌خواهم'],
  ['tag\u{e0041}\u{e007f}', 'tag'],
])('text for one line makes %j into %j', (text, expected) => {
  expect(plain(text)).toBe(expected);
});

it('text for one line is cut between words, and never within a character', () => {
  expect(cutBetweenWords('one two three four', 12)).toBe('one two…');
  expect(cutBetweenWords(`${'a'.repeat(5)}👩‍👩‍👧`, 9)).toBe('aaaaa…');
  expect(cutBetweenWords(`${'新'.repeat(7)}😀型`, 9)).toBe(`${'新'.repeat(7)}…`);
});

it('text for one line is cut between characters', () => {
  expect(truncate('abc', 3)).toBe('abc');
  expect(truncate('abcd', 3)).toBe('ab…');
  expect(truncate('a😀b', 3)).toBe('a…');
  expect(truncate('abc', 0)).toBe('');
  const family = '👩‍👩‍👧‍👦';
  expect(truncate(`ab${family}c`, 8)).toBe('ab…');
  expect(truncate(`ab${family}cd`, 2 + family.length + 1)).toBe(`ab${family}…`);
  expect(truncate('x🇩🇪🇫🇷y', 7)).toBe('x🇩🇪…');
  expect(truncate(`e${'\u{301}'.repeat(5000)}`, 1000)).toHaveLength(1000);
  const england = '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
  expect(plain(`a${england}b\u{e0041}c`)).toBe(`a${england}bc`);
});
