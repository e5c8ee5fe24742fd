import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const FEED = 'https://openai.com/news/rss.xml';

export default defineWatcher({
  version: 1,
  about:
    'The news feed of openai.com: an entry that names a model with a release verb proves that it was announced, on the day it carries.',
  kind: 'newsroom',
  vendor: 'openai',
  facets: ['announced', 'product_available'],
  every: '5m',
  coverage: 'rolling',
  shape: { landmarks: [/<rss[\s>]/], share: 0.5 },
  targets: ({ pages }) => [FEED, ...pages].map((url) => ({ url })),
  owns: (url) => url.hostname === 'openai.com' && /^\/(news|blog)\/rss\.xml$/.test(url.pathname),
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl),
});
