import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { expect, it } from 'vitest';
import { levelWords, spanWords, wantsColor, wrapped } from '../../../src/cli/print.ts';
import { type Column, table } from '../../../src/cli/table.ts';

const cell = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom('画像ラボ通信', 'https://example.org/a/long/path', '', 'a\nb\u0007'),
);

it('a table never is wider than the terminal, and shows every word of every row', () => {
  const column = fc.record<Column>(
    {
      title: fc.string({ minLength: 1, maxLength: 20 }),
      flexible: fc.boolean(),
    },
    { requiredKeys: ['title'] },
  );
  const drawn = fc.array(column, { minLength: 1, maxLength: 7 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        maxLength: 8,
      }),
      width: fc.integer({ min: 40, max: 120 }),
    }),
  );
  fc.assert(
    fc.property(drawn, ({ columns, rows, width }) => {
      const lines = table(columns, rows, width).split('\n');
      expect(lines.length).toBeGreaterThan(rows.length);
      const marks = (text: string) => [...text.replaceAll(/[\p{Cc}\s]/gu, '')].sort().join('');
      const shown = [...columns.map(({ title }) => title), ...rows.flat()].join('');
      expect(marks(lines.join(''))).toBe(marks(shown));
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

it('a table takes room from what may give first, and breaks between words and behind the marks of an address', () => {
  const columns = [
    { title: 'id' },
    { title: 'what', flexible: true },
    { title: 'where', flexible: true },
  ];
  const rows = [['ev_0123456789', 'a long title of an entry', 'example.org/docs/models/gpt-7.md']];
  expect(table(columns, rows, 50).split('\n').slice(1)).toEqual([
    'ev_0123456789  a long title of    example.org/',
    '               an entry           docs/models/gpt-',
    '                                  7.md',
  ]);
});

it('a table leaves an empty optional column out, and puts what is long below its row', () => {
  const columns = [{ title: 'a' }, { title: 'note', optional: true }];
  const rows = [{ cells: ['x', ''], below: 'words that are too long' }];
  expect(table(columns, rows, 20)).toBe('a\nx\n    words that are\n    too long');
  expect(table(columns, [['x', 'new']], 20)).toBe('a  note\nx  new');
});

it('the words of a screen name a status only where it says more than the level', () => {
  expect(levelWords('confirmed', 'in_effect')).toBe('confirmed');
  expect(levelWords('confirmed', 'scheduled')).toBe('confirmed, scheduled');
  expect(levelWords('unknown', 'denied')).toBe('denied');
});

it('the words of a screen give a stretch of time in its largest unit', () => {
  expect([0, 59_999, 60_000, 7_200_000, 300_000_000].map(spanWords)).toEqual([
    ...['0 s', '59 s', '1 min', '2 h', '3 d'],
  ]);
});

it('the words of a screen break at spaces and indent what follows', () => {
  expect(wrapped('one two three four', 9, '  ')).toBe('one two\n  three\n  four');
});

it('the words of a screen are coloured on a terminal, and in a pipe only by force', () => {
  const tty = { stdout: { isTTY: true } };
  expect(wantsColor({ ...tty, env: { TERM: 'xterm' } })).toBe(true);
  expect(wantsColor({ ...tty, env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).toBe(false);
  expect(wantsColor({ ...tty, env: { TERM: 'dumb' } })).toBe(false);
  expect(wantsColor({ stdout: {}, env: { CI: 'true' } })).toBe(false);
  expect(wantsColor({ stdout: {}, env: { FORCE_COLOR: '1' } })).toBe(true);
});
