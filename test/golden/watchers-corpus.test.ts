import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/config/catalog.ts';
import { checkShape } from '../../src/core/extract/extraction.ts';
import { textOf } from '../../src/core/extract/text.ts';
import { buildNames } from '../../src/core/names/names.ts';
import { primaryStatements } from '../../src/core/vendor-text/vendor-statements.ts';
import type { Item } from '../../src/domain/item.ts';
import { openRegistry } from '../../src/watch/registry.ts';
import { language } from '../support/names.ts';
import { captureOf, WATCHERS } from './watcher-cases.ts';

const CORPUS =
  process.env['FIRSTHAND_CORPUS'] ??
  fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const isThere = existsSync(CORPUS);
let ran = 0;

afterAll(() => {
  const line = isThere
    ? `${ran} real captures of ${CORPUS} read by their watchers.`
    : `No corpus at ${CORPUS}: its captures were not read. Set FIRSTHAND_CORPUS to its folder.`;
  process.stdout.write(`${line}\n`);
});

const registry = await openRegistry(WATCHERS);
const catalog = await loadCatalog(fileURLToPath(new URL('../../data/catalog', import.meta.url)));
const names = buildNames(catalog.subjects, catalog);

function watcherOf(id: string) {
  const watcher = registry.get(id);
  if (watcher === null) throw new Error(`There is no watcher ${id}.`);
  return watcher;
}

/** Reads a file as the line would: its watcher, then the shape of a healthy answer. */
async function read(id: string, body: string | Uint8Array, contentType: string, url: string) {
  const watcher = watcherOf(id);
  const capture = captureOf(body, { url, contentType });
  const items = await watcher.extract(capture);
  checkShape(watcher, {
    text: textOf(capture.body, contentType),
    items: items.length,
    lastItems: null,
  });
  ran += 1;
  return items;
}

function bytes(...path: readonly string[]): Uint8Array {
  return readFileSync(join(CORPUS, ...path));
}

function statementsOf(id: string, items: readonly Item[], at = '2026-10-01T00:00:00.000Z') {
  const isMachine = watcherOf(id).kind === 'model-list';
  const publisher = {
    domain: 'openai.com',
    name: 'OpenAI',
    class: isMachine ? ('P0' as const) : ('P1' as const),
    group: 'openai.com',
    vendor: 'openai',
  };
  return items.flatMap((item) =>
    primaryStatements(item, {
      names,
      publisher,
      watcher: watcherOf(id),
      at,
      ...language('openai'),
    }),
  );
}

const DOCS = 'https://developers.openai.com/api/docs/';

describe.skipIf(!isThere)('the deprecations page', () => {
  const page = (day: string) =>
    read(
      'openai-deprecations',
      bytes('openai-docs', day, 'deprecations.md'),
      'text/markdown',
      `${DOCS}deprecations.md`,
    );
  const rowsOf = (items: readonly Item[]) => items.filter(({ fields }) => 'shutdown' in fields);

  test.each([
    ['2026-02-26', 83],
    ['2026-04-03', 89],
    ['2026-05-29', 123],
  ])(
    'the deprecations page of %s gives its %i rows, each with a key of its own',
    async (day, count) => {
      const items = await page(day);
      expect(rowsOf(items)).toHaveLength(count);
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
      const undated = rowsOf(items).filter(({ fields }) => !('shutdownDate' in fields));
      expect(undated.map(({ fields }) => fields['shutdown'])).toEqual(['at earliest 2024-06-13']);
    },
  );

  test('the deprecations page keeps the keys of its rows from day to day, when sections are added, moved and edited', async () => {
    const days = await Promise.all(['2026-02-26', '2026-04-03', '2026-05-29'].map(page));
    for (const [earlier = [], later = []] of [days.slice(0, 2), days.slice(1)]) {
      const known = new Set(later.map(({ key }) => key));
      expect(
        rowsOf(earlier)
          .filter(({ key }) => !known.has(key))
          .map(({ key }) => key),
      ).toEqual([]);
    }
  });

  test('the deprecations page says that dall-e-2 and dall-e-3 end on 12 May 2026, and nothing of fine-tuning on babbage-002', async () => {
    const said = statementsOf('openai-deprecations', await page('2026-05-29'));
    const ends = (subject: string) =>
      said
        .filter(({ claim }) => claim.subject === subject && claim.facet === 'retired')
        .map(({ validTime }) => validTime?.from);
    expect(ends('dall-e-2')).toEqual(['2026-05-12']);
    expect(ends('dall-e-3')).toEqual(['2026-05-12']);
    expect(ends('babbage-002')).toEqual(['2026-09-28']);
    expect(ends('gpt-image-1')).toEqual(['2026-10-23']);
  });

  test('the deprecations page as HTML of November 2025 gives the same keys for the same rows', async () => {
    const html = await read(
      'openai-deprecations',
      bytes('openai-docs-html', 'deprecations-2025.html'),
      'text/html; charset=utf-8',
      'https://platform.openai.com/docs/deprecations',
    );
    const known = new Set((await page('2026-02-26')).map(({ key }) => key));
    expect(rowsOf(html)).toHaveLength(76);
    expect(
      rowsOf(html)
        .filter(({ key }) => !known.has(key))
        .map(({ key }) => key),
    ).toEqual([]);
  });
});

describe.skipIf(!isThere)('other documentation', () => {
  test.each([
    ['2026-02-26', 26, 'gpt-4o-transcribe'],
    ['2026-04-03', 103, 'gpt-5.4'],
    ['2026-05-29', 110, 'gpt-5.5'],
  ])(
    'other documentation of %s: the prices are %i rows, %s among them',
    async (day, count, model) => {
      const items = await read(
        'openai-pricing',
        bytes('openai-docs', day, 'pricing.md'),
        'text/markdown',
        `${DOCS}pricing.md`,
      );
      expect(items).toHaveLength(count);
      expect(items.map(({ fields }) => fields['model'])).toContain(model);
      const priced = new Set(statementsOf('openai-pricing', items).map(({ claim }) => claim.facet));
      expect([...priced]).toEqual(['priced']);
    },
  );

  test.each([
    ['2026-02-26', 'Using GPT-5.2', 'gpt-5.2'],
    ['2026-04-03', 'Using GPT-5.4', 'gpt-5.4'],
    ['2026-05-29', 'Using GPT-5.5', 'gpt-5.5'],
  ])(
    'other documentation of %s: the guide is %s and documents %s, and releases nothing',
    async (day, title, model) => {
      const [guide, ...more] = await read(
        'openai-latest-model',
        bytes('openai-docs', day, 'latest-model.md'),
        'text/markdown',
        `${DOCS}guides/latest-model.md`,
      );
      expect(more).toEqual([]);
      expect(guide?.title).toBe(title);
      const said = guide === undefined ? [] : statementsOf('openai-latest-model', [guide]);
      const proven = said.filter(({ evidentiality }) => evidentiality === 'primary_artefact');
      expect(new Set(proven.map(({ claim }) => claim.facet))).toEqual(new Set(['documented']));
      expect(proven.map(({ claim }) => claim.subject)).toContain(model);
    },
  );
});

describe.skipIf(!isThere)('feeds', () => {
  const feed = (name: string) =>
    read(
      'openai-news',
      bytes('rss', name),
      'application/rss+xml',
      'https://openai.com/news/rss.xml',
    );

  test('feeds are read whole', async () => {
    expect(await feed('openai-research-2026-04-20.xml')).toHaveLength(9);
    expect((await feed('openai-research-2026-08-22.xml')).length).toBeGreaterThan(150);
    expect((await feed('openai-developer-2026-08-22.xml')).length).toBeGreaterThan(15);
  });

  test('feeds that are valid and empty have drifted', async () => {
    await expect(feed('openai-research-2026-02-04.xml')).rejects.toMatchObject({ kind: 'shape' });
    ran += 1;
  });

  test('feeds announce only what a post introduces', async () => {
    const items = await feed('openai-research-2026-08-22.xml');
    const announced = statementsOf('openai-news', items).filter(
      ({ claim }) => claim.facet === 'announced' && claim.value === null,
    );
    // What introduces with a verb, and titles that are a name, or a name with a tagline; the sentence under a title is
    // part of its quote.
    const firstLines = announced.map(({ claim, quote }) => [
      claim.subject,
      quote.split('\n')[0]?.slice(0, 60),
    ]);
    expect(firstLines).toEqual([
      ['gpt-rosalind', 'OpenAI introduces GPT-Rosalind, a frontier reasoning model b'],
      ['sora-2', 'Sora 2 is here'],
      ['o3-mini', 'OpenAI o3-mini'],
      ['o1-mini', 'OpenAI o1-mini'],
      ['gpt-4o-mini', 'GPT-4o mini: advancing cost-efficient intelligence'],
      ['gpt-4-omni', 'We’re announcing GPT-4 Omni, our new flagship model which ca'],
      ['gpt-4o', 'Hello GPT-4o'],
      ['gpt-4', 'GPT-4'],
      ['whisper', 'We’ve trained and are open-sourcing a neural net called Whis'],
      ['dall-e', 'DALL·E: Creating images from text'],
      ['gpt-2', 'GPT-2: 1.5B release'],
      ['gpt-2', 'We’re releasing the 774 million parameter GPT-2 language mod'],
    ]);
  });
});

describe.skipIf(!isThere)('the sitemap', () => {
  test('the sitemap gives every address once, whatever its times say', async () => {
    const rows = readFileSync(join(CORPUS, 'openai-sitemap-ledger.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const ledger = rows.map((row) => row.split(','));
    const xml = (column: number) =>
      `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${ledger
        .map((cells) => `<url><loc>${cells[0]}</loc><lastmod>${cells[column]}</lastmod></url>`)
        .join('')}</urlset>`;
    const url = 'https://openai.com/sitemap.xml/release/';
    const first = await read('openai-sitemap', xml(3), 'application/xml', url);
    expect(first.length).toBe(
      new Set(ledger.map(([address = '']) => address.replace(/\/$/, ''))).size,
    );
    expect(await read('openai-sitemap', xml(4), 'application/xml', url)).toEqual(first);
    expect(statementsOf('openai-sitemap', first)).toEqual([]);
  });
});

describe.skipIf(!isThere)('the model list', () => {
  test('the model list is read at each of 851 polls, the empty ones as drift', async () => {
    const input = createReadStream(join(CORPUS, 'openai-models-api', 'recording.jsonl.gz')).pipe(
      createGunzip(),
    );
    const counts = { read: 0, drifted: 0 };
    const shown = new Set<string>();
    for await (const line of createInterface({ input })) {
      const { text, url } = JSON.parse(line) as { text?: string; url?: string };
      if (text === undefined || url === undefined) continue;
      try {
        const items = await read('openai-models', text, 'application/json', url);
        for (const { claim } of statementsOf('openai-models', items)) shown.add(claim.subject);
        counts.read += 1;
      } catch (thrown) {
        expect(thrown).toMatchObject({ name: 'ExtractError', kind: 'shape' });
        counts.drifted += 1;
      }
    }
    process.stdout.write(
      `model list: ${counts.read} polls read, ${counts.drifted} drifted, ${shown.size} models\n`,
    );
    expect(counts.read + counts.drifted).toBe(851);
    expect([...shown]).toEqual(
      expect.arrayContaining([
        'gpt-5.4',
        'gpt-image-2',
        'gpt-image-2-2026-04-21',
        'gpt-5.5',
        'dall-e-2',
      ]),
    );
    expect([...shown]).not.toContain('test-run');
  });
});

describe.skipIf(!isThere)('pages of the vendor in the labelled corpus', () => {
  interface Label {
    file: string;
    subject: string;
    facet: string;
    quote: string;
    expected_contribution: string;
  }
  const lines = <T>(file: string) =>
    readFileSync(join(CORPUS, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  // A quote ends before its full stop.
  const wordsOf = (text: string) =>
    (text.toLowerCase().match(/[\w.]+/g) ?? []).join(' ').replace(/\.$/, '');
  const RELEASE = ['announced', 'released', 'api_listed', 'product_available'];
  const compatible = (a: string, b: string) =>
    a === b || (RELEASE.includes(a) && RELEASE.includes(b));

  const holds = (quote: string, label: Label) => wordsOf(quote).includes(wordsOf(label.quote));
  /** A label may quote the tags of an entry; what states it, and is quoted, is the sentence under them. */
  const isTags = ({ quote }: Label) => /\b(?:Model|API): /.test(quote);
  const confirms = ({ expected_contribution: expected }: Label) => expected === 'support:confirmed';

  /**
   * What is left unstated on purpose: a price without a figure says nothing that could be compared, and a vendor's prose
   * is read in English only.
   */
  const UNSTATED = [
    '055-g6-primary-changelog.md gpt-image-2.5-flare priced',
    '055-g6-primary-changelog.md gpt-rosalind-research priced',
    '085-dalle3-primary-de.html dall-e-3 retired',
    '085-dalle3-primary-de.html dall-e-3 deprecated',
    '085-dalle3-primary-de.html dall-e-3 retired',
  ];

  test('pages of the vendor in the labelled corpus confirm what their labels confirm, and nothing that their labels deny', async () => {
    const labels = lines<Label>('claims.jsonl');
    const missed: string[] = [];
    const wrong: string[] = [];
    for (const page of lines<{ file: string; url: string; fetched_at: string }>('pages.jsonl')) {
      const watcher = registry.ownerOf(page.url);
      if (watcher?.vendor == null) continue;
      const type = page.file.endsWith('.md') ? 'text/markdown' : 'text/html';
      const items = await read(watcher.id, bytes('pages', page.file), type, page.url);
      const said = statementsOf(watcher.id, items, page.fetched_at);
      const mine = labels.filter(({ file }) => file === page.file);
      const agrees = ({ claim, quote }: (typeof said)[number], label: Label) =>
        claim.subject === label.subject &&
        compatible(claim.facet, label.facet) &&
        holds(quote, label);
      const isTagged = ({ claim, quote }: (typeof said)[number], label: Label) =>
        isTags(label) &&
        claim.subject === label.subject &&
        compatible(claim.facet, label.facet) &&
        items.some(({ text }) => [quote, label.quote].every((part) => text.includes(part)));
      missed.push(
        ...mine
          .filter(
            (label) =>
              confirms(label) && !said.some((one) => agrees(one, label) || isTagged(one, label)),
          )
          .map(({ file, subject, facet }) => `${file} ${subject} ${facet}`),
      );
      const nothing = mine.filter(({ expected_contribution: expected }) => expected === 'none');
      wrong.push(
        ...said
          .filter(
            (one) =>
              nothing.some((label) => agrees(one, label)) &&
              !mine.some((label) => confirms(label) && agrees(one, label)),
          )
          .map(({ claim, quote }) => `${page.file} ${claim.subject} ${claim.facet}: ${quote}`),
      );
    }
    expect({ missed, wrong }).toEqual({ missed: UNSTATED, wrong: [] });
  });
});

test.runIf(isThere)('every folder of documentation days is read', () => {
  expect(readdirSync(join(CORPUS, 'openai-docs')).sort()).toEqual([
    '2026-02-26',
    '2026-04-03',
    '2026-05-29',
  ]);
});
