import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const MOST_MODELS = 10;

export default defineWatcher({
  version: 1,
  about:
    'A news search for each followed model: headlines that lead to articles; a headline says what an outlet was heard to say, and is never proof.',
  kind: 'search',
  vendor: null,
  facets: [],
  every: '30m',
  coverage: 'rolling',
  mayBeEmpty: true,
  shape: { landmarks: [/<rss[\s>]/], share: 0 },
  targets: ({ subjects, vendors, pages }) => [
    ...subjects
      .filter(({ kind, moving }) => kind === 'model' && !moving)
      .slice(0, MOST_MODELS)
      .map(({ name, vendor: id }) => ({
        url: searchFor(name, vendors.find(({ vendor }) => vendor === id)?.name ?? ''),
      })),
    ...pages.map((url) => ({ url })),
  ],
  owns: (url) => url.hostname === 'news.google.com' && url.pathname === '/rss/search',
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl, { exactTime: true }),
});

/** The vendor beside the name keeps out what else is called so. */
function searchFor(name: string, vendor: string): string {
  const beside = vendor.includes(' ') ? `"${vendor}"` : vendor;
  const query = new URLSearchParams({
    q: `"${name}" ${beside}`.trim(),
    hl: 'en-US',
    gl: 'US',
    ceid: 'US:en',
  });
  return `https://news.google.com/rss/search?${query}`;
}
