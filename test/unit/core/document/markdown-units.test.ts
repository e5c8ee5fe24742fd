import { load } from 'cheerio/slim';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOfHtml } from '../../../../src/core/document/html.ts';
import { parsedPages } from '../../../../src/core/document/markdown-parser.ts';
import { markdownUnits, mdxUnits } from '../../../../src/core/document/markdown-parts.ts';
import type { PageNode } from '../../../../src/core/document/node.ts';
import type { Block } from '../../../../src/domain/document.ts';

function blocksOf(html: string): readonly Block[] {
  return blocksOfHtml(load(html, null, false).root().get() as unknown as readonly PageNode[]);
}

/** What stands in a line, and what begins or ends like it. */
const RUNS = [
  ...['GPT-5 mini', '`code`', '`a b`', '` x`', '``', '`', '**bold**', '**bold `x` text.**', '**'],
  ...['a_b', '_em_', '*em*', '__s__', '[link](/a/b#c)', '[`x`](https://x.example/y_z)', '[x]'],
  ...['[ ](/x)', '![i](/p)', 'https://a.example', 'www.x.example', 'me@x.example', '~5', '~~del~~'],
  ...['a & b', 'AT&T', '&amp;', '<b>', '</b>', '1.', '2) x', '- ', '# ', '|', '\\', '!', '$2'],
  ...[
    '“q”',
    '…',
    'é',
    ':',
    '---',
    '===',
    '(a)',
    '(**b**)',
    '> ',
    '  ',
    '\t',
    '[^1]',
    '[x] ',
    '"q"',
  ],
];
const run = fc
  .tuple(
    fc.array(fc.constantFrom(...RUNS), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(' ', '', '. '),
  )
  .map(([runs, between]) => runs.join(between));
const block = fc.oneof(
  run,
  fc.tuple(run, run).map(([first, second]) => `${first}\n${second}`),
  fc.tuple(fc.constantFrom('# ', '### ', '####### ', '#'), run).map((two) => two.join('')),
  fc
    .tuple(fc.constantFrom('- ', '* ', '+ ', '1. ', '-  '), run, run)
    .map(([marker, first, second]) => `${marker}${first}\n${marker}${second}`),
  fc
    .tuple(
      fc.constantFrom('```', '```js', '~~~', '```a b'),
      run,
      fc.constantFrom('```', '~~~', '````'),
    )
    .map(([open, text, close]) => `${open}\n${text}\n\n# none & <b>\n${close}`),
  fc
    .tuple(run, run, run, fc.constantFrom('| - | - |', '|---|:-:|', '|---|'))
    .map(([one, two, three, between]) => `| ${one} | ${two} |\n${between}\n| ${three} | |`),
  fc.constantFrom(
    '    indented',
    '  less',
    '> quote',
    '---',
    '<div>',
    '</div>',
    '<Note>',
    '</Note>',
    '{"x"}',
  ),
);
const source = fc
  .tuple(fc.array(block, { maxLength: 6 }), fc.constantFrom('\n\n', '\n'))
  .map(([blocks, between]) => blocks.join(between));

test('a parser says of the units of a part one by one what it says of the part', () => {
  fc.assert(
    fc.property(source, (text) => {
      const units = markdownUnits(`words\n\n${text}`);
      const alone = units.flatMap((unit) => parsedPages('markdown', [unit], {}));
      const whole = parsedPages('markdown', [units.join('')], {});
      expect(blocksOf(alone.join('\n'))).toEqual(blocksOf(whole.join('\n')));
      expect(units.join('')).toBe(`words\n\n${text}`);
    }),
    { numRuns: 150 },
  );
});

test('a parser of MDX says of units that are MDX one by one what it says of the part', () => {
  const pageOf = (units: readonly string[]) => {
    try {
      return units.flatMap((unit) => parsedPages('mdx', [unit], {})).join('\n');
    } catch {
      return null;
    }
  };
  fc.assert(
    fc.property(source, (text) => {
      const units = mdxUnits(`words\n\n${text}`);
      const alone = pageOf(units);
      if (alone === null) return;
      const whole = pageOf([units.join('')]);
      expect(blocksOf(alone)).toEqual(blocksOf(whole ?? 'no MDX'));
    }),
    { numRuns: 150 },
  );
});
