import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRegistry } from '../../src/watch/registry.ts';
import { captureOf, WATCHERS } from './watcher-cases.ts';

const registry = await openRegistry(WATCHERS);

async function keysOf(
  id: string,
  body: string,
  url: string,
  contentType: string,
): Promise<readonly string[]> {
  const items = await registry.get(id)?.extract(captureOf(body, { url, contentType }));
  return (items ?? []).map(({ key }) => key);
}

/** An entry of a made-up channel: what it is, and words that may be edited. */
interface Entry {
  day: number;
  id: string;
  words: string;
}

const entry = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  id: fc.constantFrom('gpt-5.4', 'gpt-5.5', 'o3', 'gpt-image-2', 'sora-2', 'dall-e-3'),
  words: fc.constantFrom('It is fast.', 'It is slow.', 'It draws.', 'It talks to you, at length.'),
});
const entries = fc.uniqueArray(entry, {
  minLength: 2,
  maxLength: 12,
  selector: ({ day, id }) => `${day} ${id}`,
});

interface Channel {
  id: string;
  url: string;
  contentType: string;
  write(list: readonly Entry[]): string;
}

const CHANNELS: readonly Channel[] = [
  {
    id: 'openai-changelog',
    url: 'https://developers.openai.com/api/docs/changelog.md',
    contentType: 'text/markdown',
    write: (list) =>
      `# Changelog\n\n## March, 2026\n${list
        .map(
          ({ day, id, words }) =>
            `\n### Mar ${day}\n\nFeature · Model: ${id}\n\nReleased \`${id}\`. ${words}\n`,
        )
        .join('')}`,
  },
  {
    id: 'openai-codex-changelog',
    url: 'https://developers.openai.com/codex/changelog.md',
    contentType: 'text/markdown',
    write: (list) =>
      `# Codex changelog\n${list
        .map(
          ({ day, id, words }) =>
            `\n## 2026-03-${String(day).padStart(2, '0')}\n\n### ${id} in Codex\n\n${words}\n`,
        )
        .join('')}`,
  },
  {
    id: 'openai-deprecations',
    url: 'https://developers.openai.com/api/docs/deprecations.md',
    contentType: 'text/markdown',
    write: (list) =>
      `# Deprecations\n${list
        .map(
          ({ day, id, words }) =>
            `\n### 2026-03-${String(day).padStart(2, '0')}: ${id}\n\n${words}\n\n| Shutdown date | Model |\n| --- | --- |\n| 2027-01-01 | \`${id}\` |\n`,
        )
        .join('')}`,
  },
  {
    id: 'openai-news',
    url: 'https://openai.com/news/rss.xml',
    contentType: 'application/rss+xml',
    write: (list) =>
      `<rss version="2.0"><channel><title>N</title>${list
        .map(
          ({ day, id, words }) =>
            `<item><title>${id} on ${day}</title><link>https://openai.com/index/${id}-${day}</link><description>${words}</description></item>`,
        )
        .join('')}</channel></rss>`,
  },
  {
    id: 'openai-help',
    url: 'https://help.openai.com/en/articles/9624314-model-release-notes',
    contentType: 'text/html',
    write: (list) =>
      `<html><body><main><h1>Notes</h1><div class="article-content">${list
        .map(({ day, id, words }) => `<h2>About ${id} (March ${day}, 2026)</h2><p>${words}</p>`)
        .join('')}</div></main></body></html>`,
  },
];

describe.each(CHANNELS)('the keys of $id', ({ id, url, contentType, write }) => {
  const keys = (list: readonly Entry[]) => keysOf(id, write(list), url, contentType);

  test('the keys of a watcher are all different, and do not depend on the order of the entries', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const found = await keys(list);
        expect(new Set(found).size).toBe(found.length);
        expect([...(await keys([...list].reverse()))].sort()).toEqual([...found].sort());
      }),
    );
  });

  test('the keys of a watcher stay when another entry is put above them', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async ([first, ...rest]) => {
        const before = await keys(rest);
        const after = new Set(await keys(first === undefined ? rest : [first, ...rest]));
        expect(before.filter((key) => !after.has(key))).toEqual([]);
      }),
    );
  });

  test('the keys of a watcher stay when the words of an entry are edited', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const edited = list.map((one) => ({ ...one, words: `${one.words} And more.` }));
        expect(await keys(edited)).toEqual(await keys(list));
      }),
    );
  });
});
