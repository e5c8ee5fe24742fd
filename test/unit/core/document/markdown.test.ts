import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { sectionsOf } from '../../../../src/core/document/sections.ts';
import { columnOf, rowText, tablesOf } from '../../../../src/core/document/tables.ts';
import { codesOf, linksOf, plainText } from '../../../../src/core/document/text.ts';

const shown = (source: string) => plainText(blocksOfMarkdown(source));

test.each([
  ['Use `gpt-image-2` **now**', 'Use gpt-image-2 now'],
  ['[GPT-6 Astra](/api/docs/models/gpt-6-astra "title") is out', 'GPT-6 Astra is out'],
  ['![a picture](x.png) beside', 'beside'],
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
  ['[GPT-6 Astra][astra] is out\n\n[astra]: /models/astra', 'GPT-6 Astra is out'],
  ['Batch is ~~not~~ supported', 'Batch is supported'],
  ['o3[^1] and `o4`[^2]\n\n[^1]: A note.', 'o3 and o4\n\nFootnotes\n\nA note.'],
  ['gpt-5.5<sup>1</sup> and gpt\u00AD-5\u200B.4¹', 'gpt-5.5 and gpt-5.4'],
  ['on the 20<sup>th</sup> at 10<sup>6</sup> tokens', 'on the 20th at 10^6 tokens'],
])('running text of %j is %j', (source, expected) => {
  expect(shown(source)).toBe(expected);
});

test('running text tells what was set as code and what was linked', () => {
  const [block] = blocksOfMarkdown(
    '[`gpt-5.4`](/models/gpt-5.4) and ``a`b``, <https://example.org>',
  );
  if (block === undefined) throw new Error('There is no block.');
  expect(codesOf(block)).toEqual(['gpt-5.4', 'a`b']);
  expect(linksOf(block)).toEqual([
    { text: 'gpt-5.4', address: '/models/gpt-5.4' },
    { text: 'https://example.org', address: 'https://example.org' },
  ]);
});

test('running text never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => void blocksOfMarkdown(text)));
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

describe('a page of Markdown', () => {
  const blocks = blocksOfMarkdown(PAGE);

  test('a page of Markdown becomes headings, paragraphs, items, quotes, code and cells', () => {
    expect(blocks.map(({ kind }) => kind).join(' ')).toBe(
      'heading quote paragraph heading item item item code heading cell cell cell cell cell cell paragraph',
    );
  });

  test('a page of Markdown becomes text with a line for each entry and row', () => {
    expect(plainText(blocks)).toContain('Part\n\none a\ntwo goes on\nfirst\n\n# not a heading');
    expect(plainText(blocks)).toContain('Shutdown date | Model\n2026‑07‑23 | a-1 | a-2, a-3');
  });

  test('a page of Markdown knows the cells of a row, bars behind a backslash included', () => {
    const [table] = tablesOf(blocks);
    const ids = table?.rows[0]?.cells[1];
    expect(ids && codesOf(ids)).toEqual(['a-1', 'a-2', 'a-3']);
    expect(table?.rows[1]?.cells.map(({ text }) => text)).toEqual(['2026-07-24', '']);
    expect(columnOf(table?.columns ?? [], /model/i)).toBe(1);
    expect(columnOf(table?.columns ?? [], /price/i)).toBe(-1);
    expect(rowText(table?.rows[0]?.head ?? [])).toBe('Shutdown date | Model');
  });

  test('a page of Markdown is cut into sections that know the headings above them', () => {
    expect(sectionsOf(blocks).map(({ level, title, path }) => [level, title, path])).toEqual([
      [1, 'Title', []],
      [2, 'Part', ['Title']],
      [3, 'Deep', ['Title', 'Part']],
    ]);
  });

  test('a page of Markdown keeps what stands before the first heading', () => {
    const [first, second] = sectionsOf(blocksOfMarkdown('before\n# A\nunder'));
    expect([first?.level, second?.title]).toEqual([0, 'A']);
    expect(plainText(first?.blocks ?? [])).toBe('before');
  });

  test('a page of Markdown is the same with any line ending', () => {
    expect(blocksOfMarkdown(PAGE.replaceAll('\n', '\r\n'))).toEqual(blocks);
  });

  test('a page of Markdown never throws and never hangs, whatever the source', () => {
    const piece = fc.constantFrom(
      ...['#', '|', '-', '`', '```', '\n', '> ', '[a](b)', 'word ', ':---|', '<Tag ', '{', '}'],
      ...['<!--', '-->', '{/*', '*/}', 'import x from "y"\n', '<div hidden>', '</div>', '~~'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        void shown(pieces.join(''));
      }),
    );
  });
});

test.each([
  ['a comment', 'a\n\n<!--\n### Nov 28\n\nb\n-->\n\nc'],
  ['a comment within a line', 'a <!-- b --> \n\nc'],
  ['a comment made of a link', 'a\n\n[//]: # (b)\n\nc'],
  ['a comment of MDX', 'a\n\n{/*\n### b\n*/}\n\nc'],
  ['a comment of HTML in MDX', 'a\n\n<Note />\n\n<!-- b -->\n\nc'],
  ['what is struck out', 'a\n\n~~b~~\n\nc'],
  ['a hidden element around Markdown', 'a\n\n<div hidden>\n\nb\n\n</div>\n\nc'],
  ['a hidden component', 'a\n\n<Note hidden>\n\nb\n\n</Note>\n\nc'],
  ['a style of React that hides', 'a\n\n<Note />\n\n<p style={{ display: "none" }}>b</p>\n\nc'],
  ['front matter', '---\nb: b\n---\na\n\nc'],
  ['the code of a module', 'import b from "b";\n\nexport const b = {\n  b: 1,\n};\n\na\n\nc'],
])('what a renderer would not show is not there: %s', (_what, source) => {
  expect(shown(source)).toBe('a\n\nc');
});

test.each([
  ['four backticks', '````md\n```\nx\n```\n\n### Nov 28\n````'],
  ['tildes', '~~~~\n~~~\n\n### Nov 28\n~~~~'],
  ['an indented fence', '- entry\n\n  ```\n  ### Nov 28\n  ```'],
  ['a fence that never closes', '```\n### Nov 28'],
  ['a fence in MDX', '<Note />\n\n```\n### Nov 28\n<!-- -->\n```'],
])('what a renderer would not show is a sample within %s', (_what, source) => {
  expect(blocksOfMarkdown(source).some(({ kind }) => kind === 'heading')).toBe(false);
  expect(blocksOfMarkdown(source).find(({ kind }) => kind === 'code')?.text).toContain('Nov 28');
});

describe('a component of MDX', () => {
  const ROWS = `<PriceTable
  client:load
  tier="batch"
  note={html('Some <code>text</code>')}
  rows={[
    ["gpt-5.4 (<272K)", 2.5, null, -1],
    [call("Web search"), "$10"],
  ]}
/>`;

  test('a component of MDX is the table its rows draw', () => {
    const [table] = tablesOf(blocksOfMarkdown(`# Prices\n\n${ROWS}\n`));
    expect(table?.caption).toBe('batch');
    expect(table?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['gpt-5.4 (<272K)', '2.5', '', '-1'],
      ['', '$10', '', ''],
    ]);
  });

  test('a component of MDX names its columns by its headers, or by the names of the fields', () => {
    const columns = (source: string) => tablesOf(blocksOfMarkdown(source))[0]?.columns.flat();
    expect(columns('<T headers={["Model", "Input"]} rows={[["a", 1]]} />')).toEqual([
      'Model',
      'Input',
    ]);
    expect(columns("<T rows={[{ model: 'a', input: `1` }]} />")).toEqual(['model', 'input']);
  });

  test('a component of MDX may hold HTML as React writes it', () => {
    const source = `<T />

<table style={{ width: "100%" }}>
  <thead><tr><th>Model</th><th>Price</th></tr></thead>
  <tbody>
    <tr>
      <td rowSpan="2">a</td>
      <td>1</td>
    </tr>
    <tr>
      <td className="x">2</td>
    </tr>
  </tbody>
</table>`;
    expect(shown(source)).toBe('Model | Price\na | 1\na | 2');
  });

  test('a component of MDX that is broken costs only its own markup', () => {
    const source = `# Title\n\n<Note>\nnever closed\n\n<Other rows={[["a", 1]]} />\n\nA text with a < b and {x.\n\n## Part\n`;
    expect(sectionsOf(blocksOfMarkdown(source)).map(({ title }) => title)).toEqual([
      'Title',
      'Part',
    ]);
  });
});
