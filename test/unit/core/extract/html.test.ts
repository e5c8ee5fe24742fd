import { describe, expect, test } from 'vitest';
import { tablesOf } from '../../../../src/core/document/tables.ts';
import { codesOf, linksOf, plainText } from '../../../../src/core/document/text.ts';
import { isHtml, one, openPage, readHtml } from '../../../../src/core/extract/html.ts';
import { readBlocks } from '../../../../src/core/extract/read-blocks.ts';
import { ExtractError } from '../../../../src/domain/errors.ts';

const PAGE = `<!doctype html><html><head><title>T</title><style>p{}</style></head><body>
<nav>Using GPT-9</nav>
<main><article><h1>DALL·E 3 <span class="badge">Off</span></h1><p>Uses <code>dall-e-3</code> and
<a href="/models/x">another <b>one</b></a>.</p><ul><li><p>first</p></li><li>second<ul><li>inner</li></ul></li></ul>
<blockquote><p>quoted</p></blockquote><pre>a
  b</pre><div>loose<br>lines</div>
<table><thead><tr><th>Model</th><th>Price</th></tr></thead><tbody>
<tr><td rowspan="2"><code>a-1</code></td><td>$1</td></tr><tr><td>$2</td></tr></tbody></table>
<script>var gpt = 'gpt-99'</script></article></main><footer>foot</footer></body></html>`;

describe('a page of HTML', () => {
  const blocks = readHtml(one(openPage(PAGE), 'article', 'article'));

  test('a page of HTML reads as the blocks its Markdown would give', () => {
    expect(plainText(blocks)).toBe(
      [
        'DALL·E 3 Off',
        'Uses dall-e-3 and another one.',
        'first\nsecond\ninner',
        'quoted',
        'a\n  b',
        'loose lines',
        'Model | Price\na-1 | $1\na-1 | $2',
      ].join('\n\n'),
    );
  });

  test('a page of HTML knows code, links and the cells that span rows', () => {
    const [, paragraph] = blocks;
    if (paragraph === undefined) throw new Error('The page has no paragraph.');
    expect(paragraph.kind).toBe('paragraph');
    expect(codesOf(paragraph)).toEqual(['dall-e-3']);
    expect(linksOf(paragraph)).toEqual([{ text: 'another one', address: '/models/x' }]);
    const spanned = tablesOf(blocks)[0]?.rows[1]?.cells[0];
    expect(spanned && codesOf(spanned)).toEqual(['a-1']);
  });

  test('a page of HTML leaves out navigation, scripts and footers', () => {
    expect(plainText(readHtml(openPage(PAGE)))).not.toMatch(/GPT-9|gpt-99|foot/);
  });

  test('a page of HTML is an error where a selector matches nothing', () => {
    expect(() => one(openPage(PAGE), 'price table', '.prices', '#prices')).toThrow(
      expect.objectContaining({ name: 'ExtractError', kind: 'no-match' }),
    );
  });

  test('a page of HTML is read however deep its elements nest', () => {
    const deep = `${'<div>'.repeat(4_000)}x${'</div>'.repeat(4_000)}<p>after</p>`;
    expect(plainText(readHtml(openPage(deep)))).toBe('after');
    const cells = `<table><tr><td>${'<b>'.repeat(4_000)}x</table>`;
    expect(readHtml(openPage(cells))).toHaveLength(1);
  });

  test('a page of HTML is known by its type or by how it opens', () => {
    expect(isHtml('text/html; charset=utf-8', 'x')).toBe(true);
    expect(isHtml('text/markdown', '\ufeff <!DOCTYPE html>')).toBe(true);
    expect(isHtml('text/markdown', '# Title <html>')).toBe(false);
  });
});

describe('a documentation page', () => {
  const capture = (text: string, contentType: string) => ({
    body: new TextEncoder().encode(text),
    contentType,
  });

  test('a documentation page reads the same from its Markdown twin and from HTML', () => {
    const markdown = readBlocks(capture('# A\n\nuses `x-1`\n', 'text/markdown'));
    const html = readBlocks(
      capture('<main><h1>A</h1><p>uses <code>x-1</code></p></main>', 'text/html'),
    );
    expect(html).toEqual(markdown);
  });

  test.each([
    ['', 'text/markdown'],
    ['   \n', 'text/html'],
    ['<html><body><script>app()</script></body></html>', 'text/html'],
  ])('a documentation page without text (%j) is an error', (text, type) => {
    expect(() => readBlocks(capture(text, type))).toThrow(ExtractError);
  });
});
