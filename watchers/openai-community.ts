import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const FEED = 'https://community.openai.com/c/announcements/6.rss';

export default defineWatcher({
  version: 1,
  about:
    'The announcements of the developer forum: users write there too, so a post is a voice that leads to the primary channels and no proof.',
  kind: 'community',
  vendor: 'openai',
  facets: [],
  every: '30m',
  coverage: 'rolling',
  shape: { landmarks: [/<rss[\s>]/], share: 0 },
  targets: ({ pages }) => [FEED, ...pages].map((url) => ({ url })),
  owns: (url) => url.hostname === 'community.openai.com' && url.pathname.endsWith('.rss'),
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl, { exactTime: true }),
});
