import * as z from 'zod';
import { itemText, lineBlock } from '../src/core/document/text.ts';
import { canonicalUrl } from '../src/core/extract/canonical-url.ts';
import { dateOf } from '../src/core/extract/dates.ts';
import { openPage, readHtml } from '../src/core/extract/html.ts';
import { goodRows, readJson } from '../src/core/extract/json.ts';
import { textOf } from '../src/core/extract/text.ts';
import { oneLine } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const SEARCH = 'https://hn.algolia.com/api/v1/search_by_date?tags=story&hitsPerPage=50&query=';
const DISCUSSION = 'https://news.ycombinator.com/item?id=';
const MOST_MODELS = 10;

const Answer = z.object({ hits: z.array(z.unknown()) });
const Story = z.object({
  objectID: z.string().regex(/^\d+$/),
  title: z.string().min(1),
  url: z.string().nullish().catch(null),
  author: z.string().catch(''),
  created_at: z.string().catch(''),
  story_text: z.string().nullish().catch(null),
});

export default defineWatcher({
  version: 1,
  about:
    'Stories on Hacker News that name a watched vendor or a followed model: a forum’s voice that leads to pages worth reading, and never proof.',
  kind: 'forum',
  vendor: null,
  facets: [],
  every: '15m',
  coverage: 'rolling',
  mayBeEmpty: true,
  shape: { landmarks: [/"hits"/], share: 0 },
  targets: ({ subjects, vendors, pages }) => {
    const models = subjects.filter(({ kind, moving }) => kind === 'model' && !moving);
    const queries = [
      ...vendors.map(({ name }) => (name.includes(' ') ? `"${name}"` : name)),
      ...models.slice(0, MOST_MODELS).map(({ name }) => `"${name}"`),
    ];
    const searches = queries.map((query) => `${SEARCH}${encodeURIComponent(query)}`);
    return [...new Set([...searches, ...pages])].map((url) => ({ url }));
  },
  owns: (url) => url.hostname === 'hn.algolia.com' && url.pathname.startsWith('/api/v1/search'),
  async extract(capture) {
    const { hits } = readJson(textOf(capture.body, capture.contentType), Answer);
    return goodRows(hits, Story).map(postOf);
  },
});

function postOf(story: z.output<typeof Story>): Item {
  const title = oneLine(story.title);
  const said = story.story_text ?? '';
  const body = said.trim() === '' ? [] : readHtml(openPage(said));
  const discussion = `${DISCUSSION}${story.objectID}`;
  return {
    key: story.objectID,
    kind: 'post',
    title,
    ...itemText([lineBlock(title, 'heading'), ...body]),
    url: story.url == null || story.url === '' ? discussion : canonicalUrl(story.url),
    published: dateOf(story.created_at),
    fields: { discussion, ...(story.author === '' ? {} : { author: story.author }) },
  };
}
