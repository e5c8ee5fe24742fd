import { describe, expect, test } from 'vitest';
import { refuseDeepNesting } from '../../../../src/core/document/nesting.ts';
import { plainText } from '../../../../src/core/document/text.ts';
import { readBlocks } from '../../../../src/core/extract/read-blocks.ts';
import { processorTime } from '../../../support/processor-time.ts';

const read = (text: string, contentType = 'text/markdown') =>
  plainText(readBlocks({ body: new TextEncoder().encode(text), contentType }));

test.each(['<html><body><main><p>GPT-5', '<!doctype html><body class="x"><article>text</article>'])(
  'a page that was cut off as HTML (%j) is an error',
  (text) => {
    expect(() => read(text, 'text/html')).toThrow(expect.objectContaining({ kind: 'malformed' }));
  },
);

test('a page that was cut off as HTML without the tags one may leave out is read', () => {
  expect(read('<main><p>whole</p></main>', 'text/html')).toBe('whole');
});

test.each([
  ['Released `gpt-5', ''],
  ['Released `gpt-5.', ''],
  ['Released gpt-5.', ''],
  ['- gpt-image-2', ''],
  ['Released `gpt-5`.', '\n\nReleased gpt-5.'],
  ['- `gpt-image-2`', '\n\ngpt-image-2'],
  ['It is out.', '\n\nIt is out.'],
])(
  'a page that was cut off as Markdown ending in %j loses no more than that line',
  (last, kept) => {
    expect(read(`# Title\n\n${last}`)).toBe(`Title${kept}`);
    expect(read(`# Title\n\n${last}\n`)).not.toBe('Title');
  },
);

test('a page that was cut off of a single line is read as it is', () => {
  expect(read('gpt-5')).toBe('gpt-5');
});

test('markup nested too deep to be parsed in time is refused', () => {
  expect(() => refuseDeepNesting('<div>'.repeat(6_000))).toThrow(
    expect.objectContaining({ kind: 'malformed' }),
  );
});

test('markup nested too deep to be parsed in time is not what paragraphs, rows and images left open make', () => {
  const open = ['<p>text', '<li>one', '<tr><td>cell', '<br>', '<img src="x">'];
  for (const part of open) expect(() => refuseDeepNesting(part.repeat(20_000))).not.toThrow();
  expect(() => refuseDeepNesting('<div><b>x</b></div>'.repeat(20_000))).not.toThrow();
});

test('markup nested too deep to be parsed in time is counted in time that grows with its length', async () => {
  const took = await processorTime(() => {
    expect(() => refuseDeepNesting('<'.repeat(3_000_000))).not.toThrow();
    expect(() => refuseDeepNesting(`<${'a'.repeat(3_000_000)}`)).not.toThrow();
  });
  expect(took).toBeLessThan(2_000);
});

describe('a page that shows its markup as text', () => {
  const page = (text: string) =>
    `<html><body><main><h1>Notes</h1><p>${text}</p></main></body></html>`;

  test.each([
    '&lt;h3 class="Xk2a9"&gt;May, 2026&lt;/h3&gt; Released it.',
    '&amp;lt;div&amp;gt;Released it.',
    'Released it.&lt;/div&gt; &lt;/div&gt; &lt;p&gt;Removed it.&lt;/p&gt;',
  ])('a page that shows its markup as text was spoilt on its way (%j)', (text) => {
    expect(() => read(page(text), 'text/html')).toThrow(
      expect.objectContaining({ kind: 'malformed' }),
    );
  });

  test.each([
    'Wrap it in &lt;div&gt; and &lt;/div&gt;.',
    'Send <code>&lt;a href="/x"&gt;link&lt;/a&gt;</code> as the text.',
    'Latency is &lt;5 ms, and a &lt; b.',
  ])('a page that shows its markup as text is read when it only names some (%j)', (text) => {
    expect(read(page(text), 'text/html')).toMatch(/^Notes\n\n/);
  });
});
