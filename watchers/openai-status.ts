import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const FEED = 'https://status.openai.com/feed.rss';

export default defineWatcher({
  version: 2,
  about:
    'The incidents of the status page: they explain why a channel is silent or a model fails, and prove nothing about models.',
  kind: 'status',
  vendor: 'openai',
  facets: [],
  every: '30m',
  coverage: 'rolling',
  // A page without incidents is a good day.
  mayBeEmpty: true,
  shape: { landmarks: [/<(rss|feed)[\s>]/], share: 0 },
  targets: ({ pages }) => [FEED, ...pages].map((url) => ({ url })),
  owns: (url) =>
    url.hostname === 'status.openai.com' && /^\/(feed|history)\.(rss|atom)$/.test(url.pathname),
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl, { exactTime: true }),
});
