import { describe, expect, it, test } from 'vitest';
import { blocksOfMarkdown } from '../../../../src/core/document/markdown.ts';
import { itemText } from '../../../../src/core/document/text.ts';
import { daysOfColumn } from '../../../../src/core/vendor-text/tables-in-prose.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import { facetLabel } from '../../../../src/domain/claim.ts';
import type { ItemKind } from '../../../../src/domain/item.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';
import { language, names } from '../../../support/names.ts';

const DAY = { from: '2026-04-21', to: null, precision: 'day' } as const;
const OPENAI: Publisher = {
  ...{ domain: 'openai.com', name: 'OpenAI', class: 'P1', group: 'openai.com', vendor: 'openai' },
};

/** What a page of some kind, in Markdown, is taken to state. */
function lines(markdown: string, kind: SourceKind, itemKind: ItemKind): readonly string[] {
  const item = {
    ...({ key: 'k', kind: itemKind, title: '', url: 'https://openai.com/x' } as const),
    ...itemText(blocksOfMarkdown(markdown)),
    ...{ published: DAY, fields: {} },
  };
  const said = primaryStatements(item, {
    ...{ names, publisher: OPENAI, at: '2026-04-22T00:00:00.000Z' },
    ...{ watcher: { kind, vendor: 'openai', coverage: 'rolling' } as const },
    ...language('openai'),
  }).map(({ claim, polarity, validTime }) => {
    const day = validTime === null ? '' : ` ${validTime.from}`;
    const not = polarity === 'deny' ? 'not ' : '';
    return `${not}${claim.subject} ${facetLabel({ ...claim, value: null })}${day}`;
  });
  return [...new Set(said)].sort();
}

const ends = (markdown: string) => lines(markdown, 'deprecations', 'article');
const entry = (markdown: string) => lines(markdown, 'changelog', 'entry');

describe('a table of what ends', () => {
  it('a table of what ends ends each model of a row on its day, by whatever names its columns have', () => {
    expect(
      ends(
        '| Retirement date | Deprecated model | Recommended replacement |\n| --- | --- | --- |\n| May 12, 2027 | `gpt-5.4` | `gpt-5.5` |',
      ),
    ).toEqual(['gpt-5.4 deprecated', 'gpt-5.4 retired 2027-05-12']);
  });

  it('a table of what ends reads days with slashes where the column shows their order', () => {
    expect(
      ends(
        '| Model | Shutdown |\n| --- | --- |\n| `gpt-5.4` | 05/02/2027 |\n| `gpt-5.4-mini` | 06/30/2027 |',
      ),
    ).toContain('gpt-5.4 retired 2027-05-02');
    expect(ends('| Model | Shutdown |\n| --- | --- |\n| `gpt-5.4` | 05/02/2027 |')).toEqual([]);
  });

  it('a table of what ends takes the ids of a row for its names', () => {
    expect(
      ends(
        '| Model | Version | API | Retirement |\n| --- | --- | --- | --- |\n| GPT Old | 25.04 | `gpt-5.4` | 2027-05-12 |',
      ),
    ).toEqual(['gpt-5.4 deprecated', 'gpt-5.4 retired 2027-05-12']);
    expect(
      ends('| Model | Retirement |\n| --- | --- |\n| GPT Old (`gpt-5.4`) | 2027-05-12 |'),
    ).toContain('gpt-5.4 retired 2027-05-12');
  });

  it('a table of what ends says that a model has no end where it says so', () => {
    expect(
      ends(
        '| Model | Status | Deprecated | Retirement date |\n| --- | --- | --- | --- |\n| `gpt-5.5` | Active | N/A | Not sooner than May 12, 2027 |',
      ),
    ).toEqual(['gpt-5.5 documented', 'not gpt-5.5 deprecated']);
  });

  test.each([
    '| Model | Shutdown |\n| --- | --- |\n| Fine-tuning of `gpt-5.4` | 2027-05-12 |',
    '| Model | Shutdown |\n| --- | --- |\n| `gpt-5.4` | Not before May 12, 2027 |',
    '| Model | Context |\n| --- | --- |\n| `gpt-5.4` | 2027 |',
    '## Fine-tuning\n\n| Model | Shutdown |\n| --- | --- |\n| `gpt-5.4` | 2027-05-12 |',
    '| Endpoint | Shutdown |\n| --- | --- |\n| v1/edits with `gpt-5.4` | 2027-05-12 |',
  ])('a table of what ends ends no model: %s', (markdown) => {
    expect(ends(markdown)).toEqual([]);
  });
});

describe('a table of prices', () => {
  const table = '| Model | Input | Output |\n| --- | --- | --- |\n| `gpt-9` | $1 | $5 |';

  it('a table of prices prices what an entry releases, and nothing that it is compared with', () => {
    expect(entry(`Released \`gpt-9\` in the API.\n\n${table}\n| \`gpt-5.5\` | $2 | $9 |`)).toEqual([
      'gpt-9 announced',
      'gpt-9 api_listed',
      'gpt-9 priced',
    ]);
  });

  it('a table of prices may have a column for each model', () => {
    const columns =
      '| | `gpt-9` | `gpt-9-mini` |\n| --- | --- | --- |\n| Context | 1M | 1M |\n| Output | $5 | $1 |';
    expect(lines(columns, 'guide', 'article')).toEqual(
      expect.arrayContaining(['gpt-9 priced', 'gpt-9-mini priced']),
    );
  });

  test.each([
    `## Batch\n\n${table}`,
    '| Model | Context |\n| --- | --- |\n| `gpt-9` | 400,000 |',
    '| Tool | Price |\n| --- | --- |\n| Web search with `gpt-9` | $10 |',
  ])('a table of prices prices no model: %s', (markdown) => {
    expect(entry(markdown)).toEqual([]);
  });
});

describe('the prose of a page of deprecations', () => {
  test.each([
    'The `gpt-5.4` model will be removed from the API on May 12, 2027.',
    '## Shutting down May 12, 2027\n\n- `gpt-5.4`',
    '## Shutdown on May 12, 2027\n\n- `gpt-5.4`',
    'On May 12, 2027, we will retire the following models:\n\n- `gpt-5.4`',
    'We are extending the shutdown date of `gpt-5.4` from April 30, 2027 to May 12, 2027.',
    'The shutdown of `gpt-5.4` has been moved from April 30, 2027 to May 12, 2027.',
  ])('the prose of a page of deprecations gives the day: %s', (markdown) => {
    expect(ends(markdown)).toContain('gpt-5.4 retired 2027-05-12');
  });

  test.each([
    'We released `gpt-5.5` in the API.',
    'We have no plans to retire `gpt-5.4`.',
    'We postponed the retirement of `gpt-5.4` planned for May 12, 2027.',
    'For example, `gpt-5.4` could be shut down on May 12, 2027.',
    '## Upcoming models\n\n- `gpt-5.4`',
  ])('the prose of a page of deprecations ends nothing: %s', (markdown) => {
    expect(ends(markdown).filter((line) => !line.startsWith('not '))).toEqual([]);
  });
});

describe('the days of a column', () => {
  it('the days of a column keep one order', () => {
    expect(daysOfColumn(['05/02/2027', '06/30/2027'])).toEqual(['2027-05-02', '2027-06-30']);
    expect(daysOfColumn(['05/02/2027', '30/06/2027'])).toEqual(['2027-02-05', '2027-06-30']);
  });

  it('the days of a column are none where two orders, or no order, are known', () => {
    expect(daysOfColumn(['13/02/2027', '02/13/2027'])).toEqual([null, null]);
    expect(daysOfColumn(['05/02/2027'])).toEqual([null]);
    expect(daysOfColumn(['May 12, 2027', 'soon'])).toEqual(['2027-05-12', null]);
  });
});
