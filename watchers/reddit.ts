import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

const FORUMS = ['OpenAI', 'singularity'];

export default defineWatcher({
  version: 1,
  about:
    'New posts of forums on Reddit: the first place many sightings are told, true and false alike; a voice each, and never proof.',
  kind: 'forum',
  vendor: null,
  facets: [],
  every: '15m',
  coverage: 'rolling',
  shape: { landmarks: [/<(feed|rss)[\s>]/], share: 0.5 },
  targets: ({ pages }) =>
    [...FORUMS.map((forum) => `https://www.reddit.com/r/${forum}/new/.rss`), ...pages].map(
      (url) => ({ url }),
    ),
  owns: (url) => /(^|\.)reddit\.com$/.test(url.hostname) && url.pathname.endsWith('.rss'),
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl, { exactTime: true }),
});
