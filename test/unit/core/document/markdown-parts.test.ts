import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mdxExpressionFromMarkdown } from 'mdast-util-mdx-expression';
import { mdxJsxFromMarkdown } from 'mdast-util-mdx-jsx';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { mdxMd } from 'micromark-extension-mdx-md';
import { expect, test } from 'vitest';
import { blocksOfHtml } from '../../../../src/core/document/html.ts';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { parsedPages } from '../../../../src/core/document/markdown-parser.ts';
import { markdownParts } from '../../../../src/core/document/markdown-parts.ts';
import { MDX_HANDLERS } from '../../../../src/core/document/mdx.ts';
import { mdxSource, withoutLine } from '../../../../src/core/document/mdx-source.ts';
import type { PageNode } from '../../../../src/core/document/node.ts';

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

const MDX_LINES = [
  ...[
    '# One',
    '## Two',
    '',
    '',
    '',
    '',
    'prose with `code`',
    '- item',
    '> quote',
    '---',
    '| a |\n| - |',
  ],
  ...[
    '<Note>',
    '</Note>',
    '<Tabs items={["a"]}>',
    '</Tabs>',
    '  <Note>',
    '<Break />',
    'a <b>bold</b>',
  ],
  ...[
    '{/* open',
    'close */}',
    '{"text"}',
    '{',
    '}',
    '```',
    '```js',
    '- <Note>',
    '  </Note>',
    '<Note',
    '/>',
  ],
];

/** Null when the source is no MDX. */
function htmlOfMdx(source: string): string | null {
  try {
    const tree = fromMarkdown(source, {
      extensions: [gfm({ singleTilde: false }), mdxJsx(), mdxExpression(), mdxMd()],
      mdastExtensions: [gfmFromMarkdown(), mdxJsxFromMarkdown(), mdxExpressionFromMarkdown()],
    });
    return toHtml(toHast(tree, { handlers: MDX_HANDLERS }));
  } catch {
    return null;
  }
}

test('a parser of MDX says of parts that are MDX one by one what it says of the whole', () => {
  const mdx = fc.array(fc.constantFrom(...MDX_LINES), { maxLength: 24 });
  fc.assert(
    fc.property(mdx, (lines) => {
      const text = lines.join('\n');
      const parts = markdownParts(text).map(htmlOfMdx);
      if (parts.includes(null)) return;
      expect(settled(parts.join('\n'))).toBe(settled(htmlOfMdx(text) ?? 'no MDX'));
    }),
    { numRuns: 500 },
  );
});

/** The page of a whole source of MDX, the lines that the parser stops at escaped one after another. */
function repairedPage(source: string): string | null {
  let attempt = source;
  for (let repairs = 0; repairs <= 12; repairs += 1) {
    try {
      return parsedPages('mdx', [attempt], {}).join('\n');
    } catch (thrown) {
      const repaired = withoutLine(attempt, thrown);
      if (repaired === null) return null;
      attempt = repaired;
    }
  }
  return null;
}

test('the blocks of a page of MDX are those of the whole page, repaired line by line', () => {
  const mdx = fc.array(fc.constantFrom(...MDX_LINES), { maxLength: 24 });
  fc.assert(
    fc.property(mdx, (lines) => {
      const text = ['<Note />', ...lines].join('\n');
      const whole = repairedPage(mdxSource(text));
      if (whole === null) return;
      const page = load(whole, null, false).root().get();
      expect(blocksOfMarkdown(text)).toEqual(blocksOfHtml(page as unknown as readonly PageNode[]));
    }),
    { numRuns: 300 },
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

/** Lines that open elements, lists of terms and tables, and close them or do not. */
const REACHING = [
  // A note right before a reference is cut off from it.
  ...LINES.filter((line) => !line.startsWith('[^')),
  ...['<dl><dt>term', '<dd>meaning</dd></dl>', '<ul><li>x', '</ul>', '<title>', '<select>', '<h2>'],
  ...['<table><tr><td>1', '</td></tr></table>', '<h1>behind</h1>', '| h |\n| - |\n| 1 |'],
];
// The first words keep what follows from being front matter.
const reaching = fc
  .array(fc.constantFrom(...REACHING), { maxLength: 24 })
  .map((lines) => ['words', ...lines].join('\n'));

test('the blocks of the parts are those of the whole page', () => {
  fc.assert(
    fc.property(reaching, (text) => {
      const page = load(markdownParts(text).map(htmlOf).join('\n'), null, false);
      const whole = blocksOfHtml(page.root().get() as unknown as readonly PageNode[]);
      expect(blocksOfMarkdown(text)).toEqual(whole);
    }),
    { numRuns: 1_000 },
  );
});
