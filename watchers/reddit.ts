import { feedItems } from '../src/core/extract/feed.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

export default defineWatcher({
  version: 1,
  about:
    'New posts of the forums on Reddit that are about a watched vendor: the first place many sightings are told, true and false alike; a voice each, and never proof.',
  kind: 'forum',
  vendor: null,
  facets: [],
  every: '15m',
  coverage: 'rolling',
  shape: { landmarks: [/<(feed|rss)[\s>]/], share: 0.5 },
  targets: ({ vendors, pages }) => {
    const forums = vendors.flatMap(({ talk }) => talk.forums);
    const feeds = forums.map((forum) => `https://www.reddit.com/r/${forum}/new/.rss`);
    return [...new Set([...feeds, ...pages])].map((url) => ({ url }));
  },
  owns: (url) => /(^|\.)reddit\.com$/.test(url.hostname) && url.pathname.endsWith('.rss'),
  extract: async (capture) =>
    feedItems(textOf(capture.body, capture.contentType), capture.finalUrl, { exactTime: true }),
});
