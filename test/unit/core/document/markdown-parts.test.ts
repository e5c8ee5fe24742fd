import fc from 'fast-check';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { markdownParts } from '../../../../src/core/document/markdown-parts.ts';

/** Lines that open, hold and close whatever Markdown has. */
const LINES = [
  ...['# One', '## Two', '#no heading', '   # indented', 'Setext\n---', '---', '', '', '', ''],
  ...['- item', '  - inner', '1. first', '> quote', 'prose with `code`', '    four spaces'],
  ...['```', '```js', '~~~', '````', '```a`b```', '  ```', '- ```', '> ```'],
  ...['<div>', '</div>', '<pre>', '</pre>', '<!-- open', 'close -->', '<b>bold</b>', '<a>'],
  ...['| a | b |\n| - | - |', '| 1 | 2 |', '[a]: /b', '[a]', '[^1]: note', 'see[^1]', '\\', '\r'],
];
const source = fc
  .array(fc.constantFrom(...LINES), { maxLength: 24 })
  .map((lines) => lines.join('\n'));

function htmlOf(markdown: string): string {
  const tree = fromMarkdown(markdown, {
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return toHtml(toHast(tree, { allowDangerousHtml: true }), { allowDangerousHtml: true });
}

/** Between blocks of the top there is one line end, or none where the last is empty. */
const settled = (html: string) => html.replace(/\n+/g, '\n').trim();

test('the parts of a source are, one after another, the source', () => {
  fc.assert(
    fc.property(source, (text) => {
      expect(markdownParts(text).join('')).toBe(text);
    }),
  );
});

test('a parser says of the parts one by one what it says of the whole', () => {
  fc.assert(
    fc.property(source, (text) => {
      const parts = markdownParts(text).map(htmlOf).join('\n');
      expect(settled(parts)).toBe(settled(htmlOf(text)));
    }),
    { numRuns: 1_000 },
  );
});

test('a source is cut before the headings behind an empty line', () => {
  expect(markdownParts('intro\n\n# One\nfirst\n## Two\n\n## Three\n')).toEqual([
    'intro\n\n',
    '# One\nfirst\n## Two\n\n',
    '## Three\n',
  ]);
});

test('what stands between fences is never cut', () => {
  const text = 'intro\n\n```sh\n\n# a comment\n\n```\n\n# One\n';
  expect(markdownParts(text)).toEqual([text.slice(0, -6), '# One\n']);
});

test.each([
  ['a definition that another part may use', '[a]: /b\n\n# One\n\n[a]'],
  ['a comment that may hold headings', '<!--\n\n# One\n\n-->'],
  ['a fence within a list', '- a\n  ```\n\n# One\n'],
])('a source with %s is one part', (_, text) => {
  expect(markdownParts(text)).toEqual([text]);
});
