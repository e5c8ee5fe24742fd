import { feedItems } from '../src/core/extract/feed.ts';
import { isFeed } from '../src/core/extract/feed-source.ts';
import { pageItem } from '../src/core/extract/page-item.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher } from '../src/watch/define.ts';

export default defineWatcher({
  version: 2,
  about:
    'Pages and feeds of the press, of blogs and trackers, as the config or a recording gives them: voices, whoever they quote, and never proof.',
  kind: 'report',
  vendor: null,
  facets: [],
  every: '30m',
  coverage: 'rolling',
  targets: ({ pages }) => pages.map((url) => ({ url })),
  // It reads what nobody owns; a vendor's page that comes here is no primary.
  owns: () => false,
  async extract(capture) {
    const text = textOf(capture.body, capture.contentType);
    if (!isFeed(text)) return [pageItem(capture)];
    return feedItems(text, capture.finalUrl, { exactTime: true });
  },
});
