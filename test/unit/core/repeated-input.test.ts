import { expect, test } from 'vitest';
import deprecations from '../../../watchers/openai-deprecations.ts';
import { processorTime } from '../../support/processor-time.ts';
import { blogPage, ruled } from '../../support/reading.ts';
import { CHANNELS, type Channel, statedOn } from '../../support/vendor-channels.ts';

/**
 * A text of twice twice the size may cost this many times as much: a square would cost sixteen. What is small costs little
 * whatever its growth, and a clock tells nothing of it.
 */
const MOST_GROWTH = 9;
const SMALL = 4 * 1024;
const LARGE = 4 * SMALL;
const TOO_LITTLE = 30;
/** What is read in the line, and not in a thread that can be given up, must end within the limit of a thread. */
const LIMIT = 10_000;
/** Others may be busy on the machine: what is too much is looked at again. */
const ATTEMPTS = 12;

const MARKUP = [
  ...[
    '<p>a',
    '<p>a</p>',
    '<p>GPT-5.5 is here.',
    '<div><p>a</div>',
    '<li>GPT-5.5',
    '<br>a',
    '&amp;',
  ],
  ...[
    '<table><tr><td>a',
    '<tr><td>GPT-5.5</td></tr>',
    '<b>a</b> ',
    '<a href="/x">a</a> ',
    '<!-- a -->',
  ],
  ...[
    '<h2>a</h2>',
    '<ul><li>a</ul>',
    '<del>GPT-5.5</del> ',
    '<sup>1</sup>',
    '<dt>a<dd>b',
    '<code>a</code> ',
  ],
];
const MARKS = [
  ...[
    '# a\n',
    '# a\n\n',
    '- GPT-5.5\n',
    '- [a]\n',
    '- a\n\n',
    '1. a\n',
    '> a\n',
    '| a | b |\n',
    '*a* ',
    '[a](b) ',
  ],
  ...[
    '`a` ',
    '[a]: b\n',
    '~~a~~ ',
    '[^1] ',
    '<!-- a -->\n',
    '```\n',
    '\\',
    '<a>b</a>\n',
    '[',
    '![',
    '**',
    '_a',
    ']',
    '**a*',
    '> a\nb\n',
  ],
];
const PROSE = [
  ...[
    'GPT-5.5 is out. ',
    'GPT-5.5, ',
    'GPT-5.5 and ',
    'We released GPT-5.5 and ',
    'if GPT-5.5, ',
    'not ',
  ],
  ...[
    '“GPT-5.5 ',
    '(',
    '"',
    'a, ',
    'that ',
    'GPT-5.5: ',
    'the ',
    '... ',
    'May 12, 2026 ',
    'a-',
    'A',
    '💥',
    'GPT-5.5/',
  ],
];

interface Reader {
  families: readonly string[];
  read(text: string): Promise<unknown>;
}

const DEPRECATIONS: Channel = {
  ...{ markup: 'markdown', watcher: deprecations, type: 'text/markdown' },
  url: 'https://developers.openai.com/api/docs/deprecations.md',
  page: (rows) =>
    `# Deprecations\n\n## Deprecation history\n\n### 2026-05-01: Old models\n\n| Shutdown date | Model | Replacement |\n| --- | --- | --- |\n${rows}\n`,
};

const onChannel = (name: string) => (text: string) => {
  const channel = CHANNELS[name];
  if (channel === undefined) throw new Error(`no channel ${name}`);
  return statedOn(channel, text);
};

const READERS: Readonly<Record<string, Reader>> = {
  'a page in HTML': { families: MARKUP, read: onChannel('article') },
  'a page in Markdown': { families: MARKS, read: onChannel('changelog') },
  'a feed': { families: [...MARKUP.slice(0, 6), ...PROSE.slice(0, 6)], read: onChannel('news') },
  'a vendor’s prose': { families: PROSE, read: onChannel('changelog') },
  'a table': {
    families: ['| May 12, 2026 | gpt-5.5 | o3 |\n', '| a | b | c |\n', '| gpt-5.5 ', '||', '|\n'],
    read: (rows) => statedOn(DEPRECATIONS, rows),
  },
  'prose of others': { families: PROSE, read: async (text) => ruled(blogPage(text)) },
};

const CASES = Object.entries(READERS).flatMap(([name, { families, read }]) =>
  families.map((family) => ({ name, family, read })),
);

/** Parts that were read before may be remembered: no two texts are the same. */
let texts = 0;

async function cost(read: Reader['read'], family: string, size: number): Promise<number> {
  texts += 1;
  const text = `Text ${texts}.\n\n${family.repeat(Math.ceil(size / family.length))}`;
  // What no page is written like may be refused.
  return processorTime(() => read(text).catch(() => null));
}

test.each(CASES)('$name takes time by its length where $family is repeated', async (one) => {
  const { read, family } = one;
  let small = Number.POSITIVE_INFINITY;
  let large = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    large = Math.min(large, await cost(read, family, LARGE));
    if (large <= TOO_LITTLE) break;
    small = Math.min(small, await cost(read, family, SMALL));
    if (large < LIMIT && large / small <= MOST_GROWTH) break;
  }
  expect(large).toBeLessThan(LIMIT);
  expect(large <= TOO_LITTLE ? 1 : large / small).toBeLessThanOrEqual(MOST_GROWTH);
});
