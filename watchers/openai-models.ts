import * as z from 'zod';
import { goodRows, readPages } from '../src/core/extract/json.ts';
import { textOf } from '../src/core/extract/text.ts';
import { defineWatcher, type Item } from '../src/watch/define.ts';

const LIST = 'https://api.openai.com/v1/models';

const ANSWER = z.object({ object: z.literal('list'), data: z.array(z.unknown()) });

/** `created` is left out: it is no release date, and differs by up to months from the day a model shows. */
const ROW = z.object({
  id: z.string().regex(/^[\w.:-]{1,200}$/),
  object: z.literal('model'),
  owned_by: z.string().catch(''),
  shutdown_date: z.iso.date().nullish().catch(null),
});

export default defineWatcher({
  version: 1,
  about:
    'The list of models one account may call: an id it shows in two polls at least 10 minutes apart is in the API; lists differ by account.',
  kind: 'model-list',
  vendor: 'openai',
  facets: ['api_listed', 'deprecated', 'retired'],
  every: '10m',
  via: 'model-list',
  pages: 'after',
  coverage: 'complete',
  // A third of it gone at once is doubted.
  shape: { landmarks: [], share: 0.67 },
  targets: () => [{ url: LIST }],
  owns: (url) => url.hostname === 'api.openai.com' && url.pathname === '/v1/models',
  async extract(capture) {
    const pages = readPages(textOf(capture.body, capture.contentType), ANSWER);
    const data = pages.flatMap((page) => page.data);
    const rows = new Map(goodRows(data, ROW).map((row) => [row.id, row]));
    return [...rows.values()].map(listingOf);
  },
});

function listingOf(row: z.output<typeof ROW>): Item {
  const shutdown = row.shutdown_date ?? null;
  return {
    key: row.id,
    kind: 'listing',
    title: row.id,
    text: shutdown === null ? row.id : `${row.id}\nshutdown_date: ${shutdown}`,
    url: LIST,
    published: null,
    fields: {
      id: row.id,
      ...(row.owned_by === '' ? {} : { ownedBy: row.owned_by }),
      ...(shutdown === null ? {} : { shutdownDate: shutdown }),
    },
  };
}
