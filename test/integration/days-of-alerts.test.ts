import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { HOUR, MINUTE, plus } from '../../src/domain/time.ts';
import { alertsOf, type Exchange, openTestLine, play } from '../support/open-line.ts';
import { MODELS, modelList, modelPage, modelPageUrl, OLD_MODELS } from '../support/pages.ts';

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

const START = '2026-10-01T00:00:00.000Z';
const DOCS = 'https://developers.openai.com/api/docs';
const CHANGELOG = `${DOCS}/changelog.md`;
const PRICES = `${DOCS}/pricing.md`;
const ENDS = `${DOCS}/deprecations.md`;
const NEWS = 'https://openai.com/news/rss.xml';

const at = (hours: number) => plus(START, hours * HOUR);

/** What was told of pages that change as given and stand for two days after. */
async function titles(...steps: readonly (readonly [number, string, string])[]) {
  const last = new Map<string, string>();
  const exchanges: Exchange[] = [];
  for (const [hours, url, body] of steps) {
    exchanges.push({ at: at(hours), url, body });
    last.set(url, body);
  }
  const end = Math.max(...steps.map(([hours]) => hours));
  for (let hours = end + 1; hours <= end + 48; hours += 6) {
    for (const [url, body] of last) exchanges.push({ at: plus(at(hours), MINUTE), url, body });
  }
  return alertsOf(await play(open, exchanges)).map(({ message }) => message.title);
}

const entry = (day: string, head: string, text: string) => `### ${day}\n\n${head}\n\n${text}\n\n`;
const OLD = entry('Oct 1', 'Feature · Model: gpt-5.5 · API: v1/responses', 'Added Batch support.');
const changelog = (...entries: readonly string[]) =>
  `# Changelog\n\n## October, 2026\n\n${entries.join('')}${OLD}`;

type Row = readonly [string, ...(number | string)[]];
const PRICED: readonly Row[] = [
  ['gpt-5.5', 5, 0.5, 30],
  ['gpt-5.4', 2.5, 0.25, 15],
  ['gpt-5.4-mini', 0.75, 0.075, 4.5],
];
const prices = (rows: readonly Row[]) =>
  `# Pricing\n\nPrices per 1M tokens.\n\n<TextTokenPricingTables\n  tier="standard"\n  rows={${JSON.stringify(rows)}}\n/>\n`;
const priced = (...first: Row) => prices([first, ...PRICED.slice(1)]);

const ends = (...rows: readonly string[]) =>
  `# Deprecations\n\n## Deprecation history\n\n### 2026-10-02: Models\n\n| Shutdown date | Model / system | Recommended replacement |\n| --- | --- | --- |\n${rows.join('\n')}\n`;

const feed = (title: string, day: string, about = '') =>
  `<rss version="2.0"><channel><title>OpenAI News</title><link>https://openai.com/news</link><item><title>${title}</title><description>${about}</description><link>https://openai.com/index/${title.length}</link><guid>${title.length}</guid><pubDate>${day}</pubDate></item></channel></rss>`;

describe('an entry of the changelog', () => {
  it('an entry of the changelog on what the list of models has shown is no second message', async () => {
    const rows = modelList([...OLD_MODELS, 'gpt-9.1']);
    const released = entry(
      ...(['Oct 3', 'Feature · Model: gpt-9.1 · API: v1/responses'] as const),
      'Released gpt-9.1 in the API.',
    );
    const told = await titles(
      ...([[0, CHANGELOG, changelog()]] as const),
      ...([[0, MODELS, modelList(OLD_MODELS)]] as const),
      ...([[1, MODELS, modelList(OLD_MODELS)]] as const),
      ...([[20, MODELS, rows]] as const),
      ...([[21, MODELS, rows]] as const),
      ...([[26, CHANGELOG, changelog(released)]] as const),
    );
    expect(told.filter((title) => title.startsWith('Released'))).toEqual([]);
    expect(told[0]).toBe('GPT-9.1 is in the API (confirmed)');
  });

  it.each([
    'Example: `Released gpt-9 in the API.` is how an entry reads.',
    '```\nReleased gpt-9, our newest model.\n```',
    '> Released gpt-9, our newest model.\n\nThis quote from a forum is wrong.',
    'If we released gpt-9 in the API, we would say so here.',
  ])(
    'an entry of the changelog that only names a model nobody knows is no news: %s',
    async (text) => {
      const told = await titles(
        [0, CHANGELOG, changelog()],
        [24, CHANGELOG, changelog(entry('Oct 2', 'Update', text))],
      );
      expect(told).toEqual([]);
    },
  );
});

describe('a price on its page', () => {
  it('a price on its page that was wrong for a moment is told as it is again', async () => {
    const wrong = priced('gpt-5.5', 50, 0.5, 30);
    const steps = [
      [0, PRICES, prices(PRICED)],
      [6, PRICES, wrong],
      [6.4, PRICES, prices(PRICED)],
    ] as const;
    expect(await titles(...steps)).toEqual([
      'GPT-5.5 has a new price: input $50.00 (confirmed)',
      'GPT-5.5 has a new price: input $5.00 (confirmed)',
    ]);
  });

  it('a price on its page is told each time it is another than the last that was told', async () => {
    const cut = priced('gpt-5.5', 4, 0.5, 30);
    const told = await titles(
      ...[0, 12].map((hours) => [hours, PRICES, prices(PRICED)] as const),
      ...[24, 36].map((hours) => [hours, PRICES, cut] as const),
      ...[48, 60].map((hours) => [hours, PRICES, prices(PRICED)] as const),
      [72, PRICES, cut],
    );
    expect(told.map((title) => /\$[\d.]+/.exec(title)?.[0])).toEqual(['$4.00', '$5.00', '$4.00']);
  });

  it('a price on its page that gives one figure less has not changed', async () => {
    const less = priced('gpt-5.5', 5, '-', 30);
    expect(await titles([0, PRICES, prices(PRICED)], [6, PRICES, less])).toEqual([]);
  });

  it('a price on its page that is another one for all is no loss of them', async () => {
    const rows = PRICED.map(
      ([id, ...figures]): Row => [id, ...figures.map((one) => Number(one) * 2)],
    );
    const told = await titles([0, PRICES, prices(PRICED)], [6, PRICES, prices(rows)]);
    expect(told).toEqual(['GPT-5.4 and 2 more have new prices (confirmed)']);
  });
});

describe('what is old', () => {
  it('a post that gets another day takes back no announcement', async () => {
    const told = await titles(
      [0, NEWS, feed('Introducing GPT-5.4', 'Thu, 05 Mar 2026 18:00:00 GMT')],
      [24, NEWS, feed('Introducing GPT-5.4', 'Fri, 02 Oct 2026 18:00:00 GMT')],
    );
    expect(told).toEqual([]);
  });

  it('an end that came long before it was heard of is no news', async () => {
    const coming = '| 2027-05-12 | `gpt-image-1` | `gpt-image-2` |';
    const told = await titles(
      [0, ENDS, ends(coming)],
      [24, ENDS, ends(coming, '| 2024-09-13 | `gpt-3.5-turbo-0613` | `gpt-3.5-turbo` |')],
    );
    expect(told).toEqual([]);
  });
});

describe('an end', () => {
  const row = (day: string) => ends(`| ${day} | \`gpt-4.1\` | \`gpt-5.5\` |`);
  const other = ends('| 2027-05-12 | `gpt-image-1` | `gpt-image-2` |');

  it('an end whose day was wrong for a moment is told with the day that stands', async () => {
    const told = await titles(
      ...([[0, ENDS, other]] as const),
      ...[24, 36].map((hours) => [hours, ENDS, row('2027-01-01')] as const),
      ...([[48, ENDS, row('2027-03-01')]] as const),
      ...([[48.4, ENDS, row('2027-01-01')]] as const),
    );
    expect(told).toEqual(['GPT-4.1 will be shut down on 1 January 2027 (scheduled)']);
  });

  it('an end that is moved and moved back is told each time', async () => {
    const told = await titles(
      ...([[0, ENDS, other]] as const),
      ...[24, 36].map((hours) => [hours, ENDS, row('2027-01-01')] as const),
      ...[48, 60].map((hours) => [hours, ENDS, row('2027-03-01')] as const),
      ...([[72, ENDS, row('2027-01-01')]] as const),
    );
    expect(told.slice(1)).toEqual([
      'GPT-4.1 will be shut down on 1 March 2027 (new date)',
      'GPT-4.1 will be shut down on 1 January 2027 (new date)',
    ]);
  });

  it('an end in an edit that brings a model out is told by itself', async () => {
    const head = 'Deprecation · Model: gpt-4.1';
    const told = await titles(
      [0, CHANGELOG, changelog()],
      [
        24,
        CHANGELOG,
        changelog(
          entry(
            'Oct 2',
            'Feature · Model: gpt-9.1 · API: v1/responses',
            'Released gpt-9.1 in the API.',
          ),
          entry('Oct 2', head, 'Deprecated gpt-4.1. It will be shut down on March 1, 2027.'),
        ),
      ],
    );
    expect([...told].sort()).toEqual([
      'GPT-4.1 will be shut down on 1 March 2027 (scheduled)',
      'GPT-9.1 is in the API (confirmed)',
    ]);
  });
});

describe('a launch', () => {
  it('a launch says nothing of a sibling that leaves the list as it comes', async () => {
    const list = (id: string) => modelList([...OLD_MODELS, id]);
    const exchanges = [0, 1, 24, 25, 26, 30].map((hours) => ({
      at: at(hours),
      url: MODELS,
      body: list(hours < 24 ? 'gpt-image-2' : 'gpt-image-2-pro'),
    }));
    const told = alertsOf(await play(open, exchanges)).map(({ message }) => message);
    expect(told.map(({ title }) => title)).toEqual([
      'GPT Image 2 Pro is in the API (confirmed)',
      'GPT Image 2 is no longer in the API (withdrawn)',
    ]);
    expect(told[0]?.story?.subjects.map(({ id }) => id)).toEqual(['gpt-image-2-pro']);
  });

  it('a launch of two families in one edit is told by both names', async () => {
    const two = (first: string, second: string) =>
      feed(first, 'Fri, 02 Oct 2026 18:00:00 GMT', 'It is in ChatGPT today.').replace(
        '</channel>',
        `<item><title>${second}</title><description>It is in the Sora app today.</description><link>https://openai.com/index/b</link><pubDate>Fri, 02 Oct 2026 18:00:00 GMT</pubDate></item></channel>`,
      );
    const old = feed('Our year', 'Thu, 05 Mar 2026 18:00:00 GMT');
    const told = await titles(
      [0, NEWS, old],
      [24, NEWS, two('Introducing GPT-9.1', 'Introducing Sora 4')],
    );
    expect(told).toEqual([expect.stringMatching(/GPT-9\.1.*Sora 4|Sora 4.*GPT-9\.1/)]);
  });

  it('a launch is told by the first page of a model that its vendor has just revealed', async () => {
    const index = (...ids: readonly string[]) =>
      `# Models\n\n## Frontier models\n\n${ids.map((id) => `- [${id.toUpperCase()}](/api/docs/models/${id}): A model. \`${id}\`\n`).join('')}`;
    const told = await titles(
      [0, `${DOCS}/models/all.md`, index('gpt-5.5', 'gpt-5.4')],
      [24, `${DOCS}/models/all.md`, index('gpt-5.5', 'gpt-5.4', 'gpt-9.1')],
      [24.2, modelPageUrl('gpt-9.1'), modelPage('gpt-9.1', 'GPT-9.1')],
    );
    expect(told).toEqual([expect.stringContaining('GPT-9.1 is')]);
  });

  it.each([
    [
      'Introducing GPT-9.1 🚀',
      'GPT-9.1 is available today in ChatGPT.',
      'GPT-9.1 is in ChatGPT (confirmed)',
    ],
    [
      'Introducing GPT-9.1',
      'GPT-9.1 is in ChatGPT today for Plus users.',
      'GPT-9.1 is in ChatGPT Plus (confirmed)',
    ],
    ['Announcing OpenAI o9', 'It is here.', 'OpenAI introduces o9'],
    [
      'Introducing Lumen',
      'Lumen is our new image model, in ChatGPT today.',
      'OpenAI introduces Lumen',
    ],
    [
      'Introducing ChatGPT Images 9.0',
      'In ChatGPT today, and in the API as gpt-image-9.',
      'OpenAI introduces ChatGPT Images 9.0',
    ],
    ['Introducing Study Halls', 'A new way of learning with ChatGPT.', null],
    ['Introducing the OpenAI Academy 2026', 'Courses for everybody.', null],
  ])('a launch in the newsroom is called by its name: %s', async (title, about, expected) => {
    const old = feed('Our year', 'Thu, 05 Mar 2026 18:00:00 GMT');
    const told = await titles(
      [0, NEWS, old],
      [24, NEWS, feed(title, 'Fri, 02 Oct 2026 18:00:00 GMT', about)],
    );
    expect(told).toEqual(expected === null ? [] : [expected]);
  });
});

it('a network that is gone is told once for all that cannot be read', async () => {
  const read: readonly Exchange[] = [
    { at: START, url: CHANGELOG, body: changelog() },
    { at: START, url: MODELS, body: modelList(OLD_MODELS) },
    { at: START, url: NEWS, body: feed('Our year', '') },
  ];
  const gone = [12, 24, 36].flatMap((hours) =>
    read.map(({ url }): Exchange => ({ at: at(hours), url, failure: 'dns' })),
  );
  const told = alertsOf(await play(open, [...read, ...gone])).map(({ message }) => message.title);
  expect(told).toEqual([expect.stringContaining('cannot be read')]);
});

it('an end in the list of models is told once, when the row was seen a second time', async () => {
  const row = (id: string) => ({ id, object: 'model', owned_by: 'system' });
  const last = { ...row('gpt-image-2'), shutdown_date: '2027-01-20' };
  const ending = JSON.stringify({ object: 'list', data: [...OLD_MODELS.map(row), last] });
  const before = modelList([...OLD_MODELS, 'gpt-image-2']);
  const told = await titles([0, MODELS, before], [1, MODELS, before], [24, MODELS, ending]);
  expect(told).toEqual(['GPT Image 2 will be shut down on 20 January 2027 (scheduled)']);
});
