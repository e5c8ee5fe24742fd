import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineMarkdown } from '../../../../src/core/extract/inline-markdown.ts';
import { readMarkdown } from '../../../../src/core/extract/markdown.ts';
import {
  columnOf,
  plainText,
  rowText,
  sectionsOf,
  tablesOf,
} from '../../../../src/core/extract/passages.ts';

describe('running text', () => {
  test.each([
    ['Use `gpt-image-2` **now**', 'Use gpt-image-2 now'],
    ['[GPT-6 Astra](/api/docs/models/gpt-6-astra "title") is out', 'GPT-6 Astra is out'],
    ['![a picture](x.png) beside', 'a picture beside'],
    ['snake_case_name and _emphasis_', 'snake_case_name and emphasis'],
    ['\\$5.00 \\[1\\] a\\b', '$5.00 [1] a\\b'],
    ['now<br />then<small>s</small>', 'now thens'],
    ['a &amp; b&nbsp;c &#8212; &#x41; &unknown;', 'a & b c — A &unknown;'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['[not a link] and [open', '[not a link] and [open'],
    ['`open and ``two`` done', '`open and two done'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['a < b > c', 'a < b > c'],
    ['[a [b] c](x)', 'a [b] c'],
  ])('of %j is %j', (source, expected) => {
    expect(inlineMarkdown(source).text).toBe(expected);
  });

  test('tells what was set as code and what was linked', () => {
    const read = inlineMarkdown('[`gpt-5.4`](/models/gpt-5.4) and ``a`b``, <https://example.org>');
    expect(read.codes).toEqual(['gpt-5.4', 'a`b']);
    expect(read.links).toEqual([
      { text: 'gpt-5.4', address: '/models/gpt-5.4' },
      { text: 'https://example.org', address: 'https://example.org' },
    ]);
  });

  test('is read in time that grows with its length, whatever marks it holds', () => {
    const started = performance.now();
    for (const mark of ['[', '![', '`', '``', '<!--', '<a', '*', '_', '&', '\\', '[[](']) {
      inlineMarkdown(mark.repeat(100_000 / mark.length));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void inlineMarkdown(text)));
  });
});

const PAGE = `---
model: gpt-5.5
---
# Title

> For the index,
> see [llms.txt](/llms.txt).

First paragraph
goes on.

## Part ##

- one \`a\`
- two
  goes on

1. first

\`\`\`js
# not a heading
\`\`\`

### Deep

| Shutdown date | Model |
| ------------- | :---: |
| 2026‑07‑23 | \`a-1\` \\| \`a-2\`, \`a-3\` |
| 2026-07-24 |

---
After.
`;

describe('a page', () => {
  const passages = readMarkdown(PAGE);

  test('becomes headings, paragraphs, entries, quotes, code and tables', () => {
    expect(passages.map(({ kind }) => kind)).toEqual([
      'heading',
      'quote',
      'paragraph',
      'heading',
      'entry',
      'entry',
      'entry',
      'code',
      'heading',
      'table',
      'paragraph',
    ]);
  });

  test('becomes text with a line for each entry and row', () => {
    expect(plainText(passages)).toContain('Part\n\none a\ntwo goes on\nfirst\n\n# not a heading');
    expect(plainText(passages)).toContain('Shutdown date | Model\n2026‑07‑23 | a-1 | a-2, a-3');
  });

  test('knows the cells of a row, bars behind a backslash included', () => {
    const [table] = tablesOf(passages);
    expect(table?.rows[0]?.[1]?.codes).toEqual(['a-1', 'a-2', 'a-3']);
    expect(table?.rows[1]?.map(({ text }) => text)).toEqual(['2026-07-24', '']);
    expect(columnOf(table?.header ?? [], /model/i)).toBe(1);
    expect(columnOf(table?.header ?? [], /price/i)).toBe(-1);
    expect(rowText(table?.header ?? [])).toBe('Shutdown date | Model');
  });

  test('is cut into sections that know the headings above them', () => {
    expect(
      sectionsOf(passages).map(({ level, heading, path }) => [level, heading.text, path]),
    ).toEqual([
      [1, 'Title', []],
      [2, 'Part', ['Title']],
      [3, 'Deep', ['Title', 'Part']],
    ]);
  });

  test('keeps what stands before the first heading', () => {
    const [first, second] = sectionsOf(readMarkdown('before\n# A\nunder'));
    expect([first?.level, second?.heading.text]).toEqual([0, 'A']);
    expect(plainText(first?.passages ?? [])).toBe('before');
  });

  test('is the same with any line ending', () => {
    expect(readMarkdown(PAGE.replaceAll('\n', '\r\n'))).toEqual(passages);
  });

  test('never throws and never hangs, whatever the source', () => {
    const piece = fc.constantFrom(
      '#',
      '|',
      '-',
      '`',
      '```',
      '\n',
      '> ',
      '[a](b)',
      'word ',
      ':---|',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        void plainText(readMarkdown(pieces.join('')));
      }),
    );
  });
});
