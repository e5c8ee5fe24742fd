import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/config/catalog.ts';
import { vendorLanguage } from '../../src/core/vendor-text/vendor-language.ts';
import { primaryStatements } from '../../src/core/vendor-text/vendor-statements.ts';
import type { Catalog } from '../../src/domain/catalog.ts';
import { facetLabel } from '../../src/domain/claim.ts';
import { openReaders } from '../../src/reader/reader.ts';
import { openSubjectIndex, type SubjectIndex } from '../../src/reader/subject-index.ts';
import { openRegistry, type Registry } from '../../src/watch/registry.ts';
import { captureOf } from '../golden/watcher-cases.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const VENDOR = `
vendor: zephyr
name: Zephyr Labs
aliases: [Zephyr]
products:
  - { surface: breeze, names: [Breeze], plans: [Plus] }
  - { surface: api, names: [Zephyr API, API] }
ids:
  roots: [Zephyr Mistlark, Mistlark]
  tiers: [small, grand]
  versions: dots
  snapshots: [YYYYMMDD]
  patterns: ['mistlark-\\d{1,2}(\\.\\d{1,2})?(-(small|grand))?(-20\\d{6})?']
list: { url: https://api.zephyr.example/v1/models, owners: [zephyr] }
talk: { forums: [ZephyrLabs] }
`;

const PUBLISHERS = `
  - { host: zephyr.example, name: Zephyr Labs, class: P1, vendor: zephyr }
  - { host: zephyr.example/forum, name: Users of Zephyr, class: S3 }
`;

/** Put together here, since it is part of a file that the test writes and not of this one. */
const EXPORTED = ['export', 'default'].join(' ');

const NEWS = `
import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const FEED = 'https://zephyr.example/news.xml';

${EXPORTED} defineWatcher({
  version: 1,
  about: 'The news feed of Zephyr: an entry that introduces a model announces it.',
  kind: 'newsroom',
  vendor: 'zephyr',
  facets: ['announced', 'product_available'],
  every: '15m',
  coverage: 'rolling',
  targets: () => [{ url: FEED }],
  owns: ({ href }) => href === FEED,
  extract: async ({ body, contentType, finalUrl }) => feedItems(textOf(body, contentType), finalUrl),
});
`;

const CHANGES = `
import { itemText } from '../src/core/document/text.ts';
import { sectionsOf } from '../src/core/document/sections.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { readBlocks } from '../src/core/extract/read-blocks.ts';
import { defineWatcher } from '../src/watch/define.ts';

const PAGE = 'https://zephyr.example/docs/changes.md';

${EXPORTED} defineWatcher({
  version: 1,
  about: 'The changelog of the Zephyr API: a dated entry that releases a model proves it.',
  kind: 'changelog',
  vendor: 'zephyr',
  facets: ['announced', 'api_listed', 'retired'],
  every: '15m',
  coverage: 'rolling',
  targets: () => [{ url: PAGE }],
  owns: ({ href }) => href === PAGE,
  extract: async (capture) =>
    sectionsOf(readBlocks(capture)).flatMap(({ title, blocks }) => {
      const published = dateOf(title);
      if (published === null) return [];
      const fields = {};
      return [{ key: title, kind: 'entry', title, ...itemText(blocks), url: PAGE, published, fields }];
    }),
});
`;

describe('a vendor nobody heard of, added by its catalogue file, its hosts and two watchers', () => {
  // Beside `watchers`, so that what they import lies where they say.
  let watchers = '';
  let folder = '';
  let catalog: Catalog;
  let registry: Registry;
  let book: SubjectIndex;

  beforeAll(async () => {
    watchers = await mkdtemp(join(ROOT, 'dist.zephyr-'));
    folder = await mkdtemp(join(ROOT, 'dist.catalog-'));
    await cp(join(ROOT, 'data/catalog'), folder, { recursive: true });
    await writeFile(join(folder, 'vendors/zephyr.yaml'), VENDOR.trimStart());
    await appendFile(join(folder, 'publishers.yaml'), PUBLISHERS.slice(1));
    await writeFile(join(watchers, 'zephyr-news.ts'), NEWS);
    await writeFile(join(watchers, 'zephyr-changes.ts'), CHANGES);
    catalog = await loadCatalog(folder);
    registry = await openRegistry(watchers);
    book = openSubjectIndex(catalog, []);
  });
  afterAll(() =>
    Promise.all([watchers, folder].map((path) => rm(path, { recursive: true, force: true }))),
  );

  async function statesOf(url: string, body: string, contentType: string) {
    const watcher = registry.ownerOf(url);
    if (watcher === null) return null;
    const capture = captureOf(body, { url, contentType });
    const reader = openReaders(catalog, book)(null);
    const context = {
      names: book.names(),
      publisher: reader.publisherOf(url),
      watcher,
      ...vendorLanguage(catalog)(watcher.vendor),
      at: capture.fetchedAt,
    };
    const items = await watcher.extract(capture);
    const said = items.flatMap((item) => primaryStatements(item, context));
    return said.map(({ claim, polarity }) =>
      [polarity === 'deny' ? 'not ' : '', claim.subject, ' ', facetLabel(claim)].join(''),
    );
  }

  const changelog = (...lines: readonly string[]) =>
    statesOf(
      'https://zephyr.example/docs/changes.md',
      `# Changes\n\n## 2026-10-30\n\n${lines.join('\n\n')}\n`,
      'text/markdown',
    );

  it('a vendor nobody heard of, added by its catalogue file, its hosts and two watchers is read in the words of its own names and products', async () => {
    const states = await changelog('Released `mistlark-3-grand` in the API.');
    expect(states).toContain('mistlark-3-grand announced');
    expect(states).toContain('mistlark-3-grand api_listed');
    const feed = `<rss version="2.0"><channel><title>News</title><item><title>Introducing Mistlark 3</title>
      <link>https://zephyr.example/news/3</link><pubDate>Fri, 30 Oct 2026 08:00:00 GMT</pubDate>
      <description>Mistlark 3 is available today in Breeze.</description></item></channel></rss>`;
    const news = await statesOf('https://zephyr.example/news.xml', feed, 'application/rss+xml');
    expect(news).toContain('mistlark-3 announced');
    expect(news).toContain('mistlark-3 product_available:breeze');
  });

  it('a vendor nobody heard of, added by its catalogue file, its hosts and two watchers confirms nothing that it plans, denies or says of the models of another', async () => {
    const states = await changelog(
      'We plan to release `mistlark-4` in the API.',
      '`mistlark-5` is not available in the API.',
      'Our plugin now works with GPT-5.5, which OpenAI released in April.',
    );
    expect(states?.filter((state) => !state.startsWith('not '))).toEqual([]);
  });

  it('a vendor nobody heard of, added by its catalogue file, its hosts and two watchers owns no address but those its watchers name, and its users are not its word', async () => {
    expect(
      await statesOf('https://zephyr.example/forum/1', 'Mistlark 9 is out.', 'text/html'),
    ).toBe(null);
    const { publisherOf } = openReaders(catalog, book)(null);
    expect(publisherOf('https://zephyr.example/forum/1')).toMatchObject({ class: 'S3' });
    expect(publisherOf('https://zephyr.example/docs/changes.md')).toMatchObject({ class: 'P1' });
  });

  it('a vendor nobody heard of, added by its catalogue file, its hosts and two watchers is searched for in the talk by what its file says', async () => {
    const { vendors, subjects } = openReaders(catalog, book)(null);
    const talk = await openRegistry(join(ROOT, 'watchers'));
    const asked = (id: string) =>
      talk
        .get(id)
        ?.targets({ vendors: vendors(), subjects: subjects().slice(0, 1), controls: [], pages: [] })
        .map(({ url }) => decodeURIComponent(url)) ?? [];
    expect(asked('reddit')).toContain('https://www.reddit.com/r/ZephyrLabs/new/.rss');
    expect(asked('hacker-news').some((url) => url.endsWith('query="Zephyr Labs"'))).toBe(true);
    expect(vendors().map(({ vendor }) => vendor)).toEqual(['openai', 'zephyr']);
  });
});
