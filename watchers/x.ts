import * as z from 'zod';
import { dateOf } from '../src/core/extract/dates.ts';
import { goodRows, readJson } from '../src/core/extract/json.ts';
import { textOf } from '../src/core/extract/text.ts';
import { headline, tidyLines } from '../src/core/extract/tidy.ts';
import { defineWatcher, type Item, type TargetContext } from '../src/watch/define.ts';

const SEARCH = 'https://api.x.com/2/tweets/search/recent';
/** Every post that is read is paid for. */
const MOST_MODELS = 5;

const Answer = z.object({
  data: z.array(z.unknown()).optional(),
  meta: z.object({ result_count: z.number() }).optional(),
  includes: z.object({ users: z.array(z.unknown()).optional() }).optional(),
});
const Post = z.object({
  id: z.string().regex(/^\d+$/),
  text: z.string().min(1),
  created_at: z.string().catch(''),
  author_id: z.string().catch(''),
});
const User = z.object({ id: z.string(), username: z.string().min(1) });

export default defineWatcher({
  version: 1,
  about:
    'Posts on X through its official API: sightings and statements of people and accounts, each a voice; off until the config brings a token.',
  kind: 'social',
  vendor: null,
  facets: [],
  every: '1h',
  coverage: 'rolling',
  mayBeEmpty: true,
  shape: { landmarks: [/"(data|meta)"/], share: 0 },
  needs: 'authorization',
  targets: (context) => [...searches(context), ...context.pages].map((url) => ({ url })),
  owns: (url) => url.hostname === 'api.x.com' && url.pathname.startsWith('/2/tweets/'),
  async extract(capture) {
    const answer = readJson(textOf(capture.body, capture.contentType), Answer);
    const users = goodRows(answer.includes?.users ?? [], User);
    const names = new Map(users.map(({ id, username }) => [id, username]));
    return goodRows(answer.data ?? [], Post).map((post) =>
      postOf(post, names.get(post.author_id) ?? ''),
    );
  },
});

/** A search for each followed model by its name, each an address of its own, so that it stays when others come. */
function searches({ subjects }: TargetContext): readonly string[] {
  const models = subjects.filter(({ kind, moving }) => kind === 'model' && !moving);
  return models.slice(0, MOST_MODELS).map(({ name }) => {
    const query = new URLSearchParams({
      query: `"${name}" -is:retweet`,
      max_results: '50',
      'tweet.fields': 'created_at,author_id',
      expansions: 'author_id',
      'user.fields': 'username',
    });
    return `${SEARCH}?${query}`;
  });
}

function postOf({ id, text, created_at: createdAt }: z.output<typeof Post>, author: string): Item {
  const said = tidyLines(text);
  return {
    key: id,
    kind: 'post',
    title: headline(said),
    text: said,
    url: `https://x.com/${author === '' ? 'i' : author}/status/${id}`,
    published: dateOf(createdAt),
    fields: author === '' ? {} : { author },
  };
}
