import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOfHtml } from '../../../../src/core/document/html.ts';
import { lightMarkdown, PLAIN, setBlocks } from '../../../../src/core/document/layout.ts';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import type { PageNode } from '../../../../src/core/document/node.ts';
import { tablesOf } from '../../../../src/core/document/tables.ts';
import { plainText } from '../../../../src/core/document/text.ts';
import type { Block } from '../../../../src/domain/document.ts';

const read = (html: string): readonly Block[] =>
  blocksOfHtml(load(html).root().get() as unknown as readonly PageNode[]);
const shown = (html: string) => plainText(read(html));
const rows = (html: string) =>
  tablesOf(read(html)).flatMap((table) =>
    table.rows.map(({ cells, columns }) =>
      cells.map(({ text }, at) => `${columns[at]?.join(' / ')}: ${text}`),
    ),
  );

test.each([
  '<p hidden>b</p>',
  '<p style="color:red; display : none !important">b</p>',
  '<p style="visibility:hidden">b</p>',
  '<p style="opacity: 0">b</p>',
  '<p aria-hidden="true">b</p>',
  '<div class="hidden">b</div>',
  '<template><p>b</p></template>',
  '<!-- <p>b</p> -->',
  '<noscript>b</noscript>',
  '<dialog>b</dialog>',
  '<p><del>b</del><s>b</s></p>',
  '<p style="text-decoration: line-through">b</p>',
  '<table hidden><tr><td>b</td></tr></table>',
  '<ul><li hidden>b</li></ul>',
])('what nobody sees is left out: %s', (html) => {
  expect(shown(`<p>a</p>${html}<p>c</p>`)).toBe('a\n\nc');
});

test.each([
  ['a pane behind a tab', '<div role="tabpanel" hidden>b</div>'],
  ['what shows at some width', '<div class="hidden md:block">b</div>'],
  ['what may be opened', '<details><summary>b</summary></details>'],
  ['what was put in', '<p><del>x</del><ins>b</ins></p>'],
  ['an open dialog', '<dialog open>b</dialog>'],
  ['what is nearly seen through', '<p style="opacity: 0.8">b</p>'],
])('what nobody sees is not %s', (_what, html) => {
  expect(shown(html)).toBe('b');
});

test.each([
  ['gpt-5.5<sup>1</sup>', 'gpt-5.5'],
  ['gpt-5.5<sup><a href="#n">[2]</a></sup>', 'gpt-5.5'],
  ['gpt-5.5<a href="#n"><sup>1,2</sup></a>', 'gpt-5.5'],
  ['gpt-5.5<a role="doc-noteref" href="/x#n">1</a>', 'gpt-5.5'],
  ['<code>gpt-5.5</code>¹ and o3†', 'gpt-5.5 and o3'],
  ['GPT-5.5<sup>TM</sup>', 'GPT-5.5'],
  ['GPT-5.5<sup>NEW</sup>', 'GPT-5.5 NEW'],
  ['20<sup>th</sup> of 10<sup>6</sup> m²', '20th of 10^6 m²'],
])('marks of footnotes: %j reads %j', (html, expected) => {
  expect(shown(`<p>${html}</p>`)).toBe(expected);
});

test('a table takes a first row over all columns for its title', () => {
  const html =
    '<table><tr><th colspan="2">Shut down</th></tr><tr><th>Date</th><th>Model</th></tr><tr><td>1</td><td>a</td></tr></table>';
  expect(rows(html)).toEqual([['Date: 1', 'Model: a']]);
  expect(tablesOf(read(html))[0]?.caption).toBe('Shut down');
});

test('a table joins headers of two rows', () => {
  const html =
    '<table><thead><tr><th rowspan="2">Model</th><th colspan="2">Text</th></tr><tr><th>Input</th><th>Output</th></tr></thead><tr><td>a</td><td>1</td><td>2</td></tr></table>';
  expect(rows(html)).toEqual([['Model: a', 'Text / Input: 1', 'Text / Output: 2']]);
});

test('a table keeps columns where headings, cells and rows span some', () => {
  const html =
    '<table><tr><th colspan="2">Date</th><th>Model</th></tr><tr><td rowspan="2">1</td><td>x</td><td>a</td></tr><tr><td>y</td><td>b</td></tr><tr><td colspan="2">2</td><td>c</td></tr></table>';
  expect(rows(html)).toEqual([
    ['Date: 1', 'Date: x', 'Model: a'],
    ['Date: 1', 'Date: y', 'Model: b'],
    ['Date: 2', 'Date: 2', 'Model: c'],
  ]);
});

test('a table knows the head of a row, and a heading over a group of rows', () => {
  const html =
    '<table><tr><th>Model</th><th>Price</th></tr><tr><td colspan="2"><b>Audio</b></td></tr><tr><th>a</th><td>1</td></tr></table>';
  const cell = read(html).find(({ text }) => text === '1')?.cell;
  expect(cell?.rowHeaders).toEqual(['Audio', 'a']);
  expect(cell?.columnHeaders).toEqual(['Price']);
});

test.each([
  ['bold words', '<tr><td><b>Model</b></td><td><b>Kind</b></td></tr><tr><td>a</td><td>b</td></tr>'],
  ['words over figures', '<tr><td>Model</td><td>Kind</td></tr><tr><td>a</td><td>b 1</td></tr>'],
])('a table is headed by a first row of %s', (_what, html) => {
  expect(rows(`<table>${html}</table>`)[0]?.[0]).toBe('Model: a');
});

test('a table that only lays out a page is read as its parts', () => {
  expect(shown('<table role="presentation"><tr><td><h1>a</h1><p>b</p></td></tr></table>')).toBe(
    'a\n\nb',
  );
});

/** Documents of all kinds of blocks, as a tree to be written out with any white space. */
const word = fc.constantFrom('GPT-5.5', 'is', 'out', 'é', '模型', 'a|b', '(x)', '1.5');
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((list) => list.join(' '));
const inline = fc.oneof(
  words,
  words.map((text) => `<code>${text}</code>`),
  words.map((text) => `<a href="/x">${text}</a>`),
  words.map((text) => `<b>${text}</b> <a href="/y"><code>${text}</code></a>`),
);
const block = fc.oneof(
  inline.map((text) => `<p>${text}</p>`),
  inline.map((text) => `<h2>${text}</h2>`),
  fc
    .array(inline, { minLength: 1, maxLength: 3 })
    .map((list) => `<ul><li>${list.join('</li><li>')}</li></ul>`),
  inline.map((text) => `<blockquote><p>${text}</p></blockquote>`),
  fc.tuple(inline, inline).map(([a, b]) => `<dl><dt>${a}</dt><dd>${b}</dd></dl>`),
  fc
    .tuple(inline, inline)
    .map(
      ([a, b]) =>
        `<table><tr><th>${a}</th><th>${b}</th></tr><tr><td>${b}</td><td>${a}</td></tr></table>`,
    ),
);
const page = fc.array(block, { maxLength: 6 });

describe('a document', () => {
  const layouts = [PLAIN, lightMarkdown(({ address }) => `https://example.org${address}`)];

  test('a document slices the text it claims: blocks, code and links', () => {
    fc.assert(
      fc.property(page, fc.constantFrom(...layouts), (parts, layout) => {
        const { text, prose, blocks } = setBlocks(read(parts.join('')), layout);
        expect(prose).toHaveLength(text.length);
        const plain = (said: string) => said.replaceAll('|', '/');
        const source = read(parts.join(''));
        expect(blocks.map(({ text: said }) => said)).toEqual(source.map(({ text: said }) => said));
        let end = 0;
        for (const [at, placed] of blocks.entries()) {
          expect(placed.start).toBeGreaterThanOrEqual(end);
          end = placed.end;
          const seen = prose.slice(placed.start, placed.end).replace(/\s+/g, ' ').trim();
          expect(plain(seen)).toBe(plain(placed.text));
          const stretchesOf = ({ codes, links }: Block) => [...codes, ...links];
          const before = source[at] === undefined ? [] : stretchesOf(source[at]);
          for (const [index, stretch] of stretchesOf(placed).entries()) {
            const there = prose.slice(placed.start + stretch.start, placed.start + stretch.end);
            const { start = 0, end: last = 0 } = before[index] ?? {};
            expect(plain(there)).toBe(plain(placed.text.slice(start, last)));
          }
        }
      }),
    );
  });

  test('a document is the same however its markup is set out', () => {
    const space = fc.constantFrom(' ', '\n', '\n\t  ', '<!-- x -->', '<span hidden>x</span>\n');
    fc.assert(
      fc.property(page, fc.array(space, { minLength: 1, maxLength: 20 }), (parts, spaces) => {
        let at = 0;
        const set = parts
          .join('')
          .replace(
            /(?<=<\/?(?:p|h2|ul|li|dl|dt|dd|table|tr|th|td|blockquote)>)/g,
            () => spaces[at++ % spaces.length] ?? '',
          )
          .replaceAll('<b>', '<strong>')
          .replaceAll('</b>', '</strong>');
        expect(read(set)).toEqual(read(parts.join('')));
      }),
    );
  });

  test('a document reads the same from Markdown and from the HTML it stands for', () => {
    const source =
      '# A\n\nuses `x-1` and [y](/y)\n\n- one\n- two\n\n> said\n\n| M | P |\n|---|---|\n| a | 1 |\n';
    expect(blocksOfMarkdown(source)).toEqual(
      read(
        '<h1>A</h1><p>uses <code>x-1</code> and <a href="/y">y</a></p><ul><li>one</li><li>two</li></ul><blockquote><p>said</p></blockquote><table><thead><tr><th>M</th><th>P</th></tr></thead><tr><td>a</td><td>1</td></tr></table>',
      ),
    );
  });
});
