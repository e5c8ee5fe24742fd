import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../src/config/catalog.ts';
import { buildNames } from '../../../../src/core/names/names.ts';
import { primaryStatements } from '../../../../src/core/vendor-text/vendor-statements.ts';
import { facetLabel } from '../../../../src/domain/claim.ts';
import type { Item, ItemKind } from '../../../../src/domain/item.ts';
import type { Publisher } from '../../../../src/domain/publisher.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';
import { language } from '../../../support/names.ts';

const catalog = await loadCatalog(
  fileURLToPath(new URL('../../../../data/catalog', import.meta.url)),
);
const names = buildNames(catalog.subjects, catalog);
const openai: Publisher = {
  domain: 'openai.com',
  name: 'OpenAI',
  class: 'P1',
  group: 'openai.com',
  vendor: 'openai',
};

function makeItem(kind: ItemKind, text: string, fields: Item['fields'] = {}): Item {
  const published = { from: '2026-04-21', to: null, precision: 'day' } as const;
  return {
    key: 'k',
    kind,
    title: text.split('\n')[0] ?? '',
    text,
    url: 'https://openai.com/x',
    published,
    fields,
  };
}

function read(
  item: Item,
  kind: SourceKind,
  over: { publisher?: Publisher; vendor?: string | null } = {},
) {
  const vendor = over.vendor === undefined ? 'openai' : over.vendor;
  const watcher = { kind, vendor, coverage: 'rolling' as const };
  const publisher = over.publisher ?? openai;
  return primaryStatements(item, {
    names,
    publisher,
    watcher,
    at: '2026-04-22T00:00:00.000Z',
    ...language(watcher.vendor),
  });
}

/** What is said, a line each: `gpt-5.4 announced`, `not gpt-5.5 api_listed`, with a star where it proves. */
function said(item: Item, kind: SourceKind): readonly string[] {
  return read(item, kind).map(({ claim, polarity, evidentiality, aliasClaimed }) => {
    const proves = evidentiality === 'primary_artefact' && !aliasClaimed ? ' *' : '';
    return `${polarity === 'deny' ? 'not ' : ''}${claim.subject} ${facetLabel(claim)}${proves}`;
  });
}

const news = (text: string) =>
  said(makeItem('post', text), 'newsroom').filter((line) => !line.includes('@'));
const entry = (text: string, models: readonly string[] = [], apis: readonly string[] = []) => {
  const tags = [
    'Feature',
    ...models.map((id) => `Model: ${id}`),
    ...apis.map((api) => `API: ${api}`),
  ];
  const item = makeItem('entry', `${tags.join(' · ')}\n\n${text}`, {
    models,
    apis,
    type: 'Feature',
  });
  return said(item, 'changelog').filter((line) => !line.includes('@'));
};

describe('a title of the newsroom that is a name with words behind it', () => {
  test.each([
    'GPT-5.4 Bio Bug Bounty',
    'GPT-5.4 Hackathon',
    'GPT-5.4 Fellowship Program',
    'GPT-5.4 Safety Evaluations Hub',
    'GPT-5.4 Thinking System Card Addendum',
  ])(
    'a title of the newsroom that is a name with words behind it announces no model when it names an event, a program or a text: %s',
    (title) => {
      expect(said(makeItem('post', title), 'newsroom')).toEqual([]);
    },
  );

  test('a title of the newsroom that is a name with words behind it announces one when it names something new', () => {
    const [one] = said(makeItem('post', 'GPT-5.4 Vega'), 'newsroom');
    expect(one).toMatch(/^gpt-5\.4-vega announced/);
  });
});

describe('who may speak', () => {
  const item = makeItem('post', 'Introducing GPT-5.4');

  test('who may speak is the vendor on its own host, through its own watcher', () => {
    expect(read(item, 'newsroom')).not.toEqual([]);
  });

  test.each([
    ['on another host', { publisher: { ...openai, class: 'S3' as const, vendor: null } }],
    ['for another vendor', { publisher: { ...openai, vendor: 'acme' } }],
    ['through a watcher of reports', { vendor: null }],
  ])('who may speak is not somebody %s', (_name, over) => {
    expect(read(item, 'newsroom', over)).toEqual([]);
  });

  test.each(['page', 'address', 'package'] as const)(
    'an item of kind %s proves nothing',
    (kind) => {
      expect(said(makeItem(kind, 'Introducing GPT-5.4'), 'newsroom')).toEqual([]);
    },
  );
});

describe('a news post', () => {
  test.each([
    ['Introducing GPT-5.4', ['gpt-5.4 announced *']],
    ['GPT-5.4 is here', ['gpt-5.4 announced *']],
    ['Introducing our new model, GPT-5.4', ['gpt-5.4 announced *']],
    ['OpenAI o3 and o4-mini are available', ['o3 announced *', 'o4-mini announced *']],
    ['Hello GPT-4o', ['gpt-4o announced *']],
    // Not news of the model itself.
    ['GPT-5.4 System Card', []],
    ['Introducing voice notes with GPT-5.4', []],
    ['Introducing GPT-5.4’s voice mode', []],
    ['Introducing the GPT-5.4 playground', []],
    ['How Acme launched an assistant on GPT-5.4', []],
    ['Building with GPT-5.4', []],
    ['One year since we launched GPT-4o', []],
    ['Introducing GPT-5.4, our biggest step since GPT-4', ['gpt-5.4 announced *']],
    ['How we tested before releasing GPT-5.4', []],
    ['We launched GPT-4o in May', []],
    ['GPT-7 is coming soon', []],
    ['GPT-7 will be released next month', []],
    ['Introducing gpt-image-2-all', []],
  ])('titled %j says %j', (title, expected) => {
    expect(news(title)).toEqual(expected);
  });

  test('a news post says per clause where a model can be had', () => {
    expect(
      news(
        'Introducing GPT-5.5\n\nIt is available in ChatGPT today, and is coming to the API soon.',
      ),
    ).toEqual(['gpt-5.5 announced *', 'gpt-5.5 product_available:chatgpt *']);
    expect(news('Introducing GPT-5.5\n\nGPT-5.5 is not yet available in the API.')).toEqual([
      'gpt-5.5 announced *',
      'not gpt-5.5 api_listed *',
    ]);
  });

  test('a news post proves nothing by a rollout that has only begun, and no release by access for a few', () => {
    expect(
      news('Introducing GPT-5.5\n\nIt is rolling out to Plus users over the coming weeks.'),
    ).toEqual(['gpt-5.5 announced *', 'gpt-5.5 product_available:chatgpt.plus']);
    expect(news('Introducing GPT-5.5\n\nIt is available to selected partners in ChatGPT.')).toEqual(
      [
        'gpt-5.5 announced *',
        'gpt-5.5 product_available:chatgpt.trusted_access *',
        'gpt-5.5 limited_test *',
      ],
    );
  });

  test('a news post takes a product name for verified from its day on, and the literal id at once', () => {
    const item = makeItem('post', 'Introducing ChatGPT Images 2.0\n\nAvailable today in ChatGPT.');
    const early = { names, publisher: openai, at: '2026-04-20T00:00:00.000Z' };
    const watcher = { kind: 'newsroom', vendor: 'openai', coverage: 'rolling' } as const;
    expect(
      primaryStatements(item, { ...early, watcher, ...language('openai') }).every(
        ({ aliasClaimed }) => aliasClaimed,
      ),
    ).toBe(true);
    const named = makeItem('post', `${item.text} In the API it is available as gpt-image-2.`);
    expect(
      primaryStatements(named, { ...early, watcher, ...language('openai') }).some(
        ({ aliasClaimed }) => aliasClaimed,
      ),
    ).toBe(false);
  });

  test('a news post carries its own day, never a day of its text', () => {
    const item = makeItem(
      'post',
      'Introducing GPT-5.4\n\nGPT-5.4 is available today, May 1, 2026, in ChatGPT.',
    );
    const days = read(item, 'newsroom').flatMap(({ claim }) => claim.value ?? []);
    expect(days).toEqual(['2026-04-21']);
  });

  test('a news post is about the model, and not about the products it is available in', () => {
    const item = makeItem(
      'post',
      'Introducing GPT-5.5\n\nGPT-5.5 is available today in ChatGPT and Codex, and comes to the API soon.',
    );
    const subjects = new Set(read(item, 'newsroom').map(({ claim }) => claim.subject));
    expect([...subjects]).toEqual(['gpt-5.5']);
  });
});

describe('a changelog entry', () => {
  const released = (id: string) => [`${id} announced *`, `${id} api_listed *`];

  test.each([
    ['Released `gpt-5.4`.', released('gpt-5.4')],
    ['Launched a new model.', released('gpt-5.4')],
    ['Added `gpt-5.4` to the Responses API.', released('gpt-5.4')],
    ['`gpt-5.4` is now available.', released('gpt-5.4')],
    ['Made `gpt-5.4` generally available.', released('gpt-5.4')],
    ['Added Batch support for `gpt-5.4`.', []],
    ['Added support for images in `gpt-5.4`.', []],
    ['Fixed a fault of `gpt-5.4`.', []],
    ['Released a guide to `gpt-5.4`.', []],
    ['Reduced the latency of `gpt-5.4`.', []],
    ['Updated the `gpt-5.4` slug to point to the newest snapshot.', []],
    ['`gpt-5.4` has been removed from the API.', ['gpt-5.4 retired *']],
    ['Shut down `gpt-5.4`.', ['gpt-5.4 retired *']],
    ['Deprecated `gpt-5.4`.', ['gpt-5.4 deprecated *']],
    ['`gpt-5.4` will be removed on May 7, 2027.', ['gpt-5.4 deprecated *', 'gpt-5.4 retired *']],
    ['`gpt-5.4` has not been deprecated.', []],
    ['If `gpt-5.4` is removed, requests fail.', []],
    ['`gpt-5.4` will be available next week.', []],
  ])('tagged with a model that says %j means %j', (body, expected) => {
    expect(entry(body.replaceAll('`', ''), ['gpt-5.4'], ['v1/responses'])).toEqual(expected);
  });

  test('without tags is about the models its sentence releases, not those it compares', () => {
    expect(entry('Released gpt-5.5, which is faster than gpt-5.4.', [], ['v1/responses'])).toEqual(
      released('gpt-5.5'),
    );
  });

  test('a changelog entry is in the API, whose changelog it is, where it names no other place', () => {
    expect(entry('Released gpt-5.4.', ['gpt-5.4'])).toEqual(released('gpt-5.4'));
  });

  test.each([
    'Released gpt-5.4 in Codex.',
    'Released the weights of gpt-5.4.',
    'Released gpt-5.4, an open-weight model. It is not hosted on our API.',
    'Released gpt-5.4 on Hugging Face.',
  ])('a changelog entry lists nothing in the API that "%s" puts elsewhere', (text) => {
    const said = entry(text, ['gpt-5.4']);
    expect(said).toContain('gpt-5.4 announced *');
    expect(said.filter((state) => state.includes('api_listed'))).toEqual([]);
  });

  test('a changelog entry releases a moving alias with a version in its name like any model', () => {
    expect(
      entry('Released gpt-5.3-chat-latest.', ['gpt-5.3-chat-latest'], ['v1/responses']),
    ).toEqual(released('gpt-5.3-chat-latest'));
  });

  test('a changelog entry gives each of its models what its own sentence says', () => {
    expect(
      entry('Released gpt-5.5. Deprecated gpt-5.2.', ['gpt-5.5', 'gpt-5.2'], ['v1/responses']),
    ).toEqual([...released('gpt-5.5'), 'gpt-5.2 deprecated *']);
  });

  test('a changelog entry means general availability for the approved few by one inside a program', () => {
    expect(
      entry('Opened GPT-Rosalind for general availability inside the trusted-access program.', [
        'gpt-rosalind-research',
      ]),
    ).toEqual(released('gpt-rosalind-research'));
  });
});

describe('what a vendor states', () => {
  test('what a vendor states rests on a rule, and on the words of its predicate, its model and who does it', () => {
    const text = 'Today we released gpt-5.5 in the API.';
    const said = read(makeItem('entry', text), 'changelog');
    expect(said.length).toBeGreaterThan(1);
    for (const { rule, marks = [] } of said) {
      expect(rule).toBe('release.transitive');
      expect(marks.map(({ part, span }) => [part, text.slice(...span)])).toEqual([
        ['agent', 'we'],
        ['predicate', 'released'],
        ['model', 'gpt-5.5'],
      ]);
    }
  });

  test.each([
    [
      makeItem('deprecation', 'x | gpt-5.4', { ids: 'gpt-5.4' }),
      'deprecations',
      'deprecations.row',
    ],
    [makeItem('price', 'gpt-5.4 | $5', { model: 'gpt-5.4' }), 'pricing', 'prices.row'],
    [makeItem('post', 'GPT-5.5\nA model.'), 'newsroom', 'title.name-alone'],
  ] as const)('%# names the place it stands in where that says it', (item, kind, rule) => {
    expect(read(item, kind).map((one) => one.rule)).toContain(rule);
  });
});
