import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { NotFoundError } from '../../src/domain/errors.ts';
import { verify } from '../../src/maintenance/verify.ts';
import { reprocessTarget } from '../../src/pipeline/reprocess.ts';
import { statusOf } from '../../src/read/status.ts';
import { type Exchange, openTestLine, play } from '../support/open-line.ts';
import { NEWS } from '../support/pages.ts';

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

interface Post {
  title: string;
  text: string;
  on: string;
}

const OLD: Post = { title: 'A year of research', text: 'What we learned.', on: '2026-04-01' };
const LAUNCH: Post = {
  title: 'GPT-9 Astra',
  text: 'Our most capable model for long work.',
  on: '2026-05-20',
};
/** It names a model, and is about who uses it. */
const STORY: Post = {
  title: 'GPT-9 Astra',
  text: 'How a bakery plans its week.',
  on: '2026-08-03',
};
const PLAN: Post = {
  title: 'What comes next',
  text: 'We will tell you about GPT-9 Astra when it is ready.',
  on: '2026-05-02',
};

function feed(posts: readonly Post[]): string {
  const items = posts.map(
    ({ title, text, on }) =>
      `<item><title>${title}</title><link>https://openai.com/index/${on}</link><guid>https://openai.com/index/${on}</guid><description>${text}</description><pubDate>${new Date(on).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>OpenAI News</title>${items.join('')}</channel></rss>`;
}

const seen = (on: string, ...posts: readonly Post[]): Exchange => ({
  at: `${on}T12:00:00.000Z`,
  url: NEWS,
  body: feed(posts),
});

async function announcedOn(asOf: string): Promise<readonly (string | null)[]> {
  const asked = statusOf(open.known, 'gpt-9-astra', `${asOf}T23:00:00.000Z`);
  // What is named in passing alone is not known at all.
  const { claims } = await asked.catch((thrown: unknown) => {
    if (thrown instanceof NotFoundError) return { claims: [] };
    throw thrown;
  });
  return claims
    .filter(({ facet, level }) => facet === 'announced' && level === 'confirmed')
    .map(({ value }) => value);
}

it('a newsroom title that is a name with a tagline announces a model that the newsroom never carried', async () => {
  await play(open, [seen('2026-04-02', OLD), seen('2026-05-20', LAUNCH, OLD)]);
  expect(await announcedOn('2026-05-20')).toEqual([null, '2026-05-20']);
  expect((await verify(open.context)).findings).toEqual([]);
});

it('a newsroom title that is a name with a tagline announces nothing anew in a story months later, though the launch has rolled out of the feed', async () => {
  await play(open, [
    seen('2026-04-02', OLD),
    seen('2026-05-20', LAUNCH, OLD),
    seen('2026-08-03', STORY),
  ]);
  expect(await announcedOn('2026-08-03')).toEqual([null, '2026-05-20']);
  const [target] = (await open.context.store.targets.list()).filter(({ url }) => url === NEWS);
  const newsroom = open.registry.get('openai-news');
  if (target === undefined || newsroom === null) throw new Error('nothing was watched');
  const clock = manualClock('2026-08-04T09:00:00.000Z');
  await reprocessTarget({ ...open.context, clock }, target, newsroom);
  expect(await announcedOn('2026-08-03')).toEqual([null, '2026-05-20']);
  expect((await verify(open.context)).findings).toEqual([]);
});

it('a newsroom title that is a name with a tagline announces nothing where an earlier post of the same answer named it', async () => {
  await play(open, [seen('2026-04-02', OLD), seen('2026-08-03', STORY, PLAN, OLD)]);
  expect(await announcedOn('2026-08-03')).toEqual([]);
});

it('a newsroom title that is a name with a tagline announces nothing once a plan has named it, until a verb says so', async () => {
  const verb: Post = { ...LAUNCH, title: 'Introducing GPT-9 Astra', on: '2026-05-21' };
  await play(open, [seen('2026-05-02', PLAN, OLD), seen('2026-05-20', LAUNCH, PLAN, OLD)]);
  expect(await announcedOn('2026-05-20')).toEqual([]);
  await play(open, [seen('2026-05-21', verb, LAUNCH, PLAN, OLD)]);
  expect(await announcedOn('2026-05-21')).toContain(null);
});
