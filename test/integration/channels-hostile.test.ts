import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline } from '../../src/app/build-pipeline.ts';
import type { CheckOutcome } from '../../src/domain/check.ts';
import type { HealthState, TargetState } from '../../src/domain/target.ts';
import type { CheckSummary } from '../../src/operations/check-pass.ts';
import { statusOf } from '../../src/read/status.ts';
import * as hostile from '../support/hostile-site.ts';
import type { Scripted } from '../support/http-site.ts';
import { changelog, LAUNCH, NEWS, newsFeed, OLD_ENTRY, OLD_POSTS } from '../support/pages.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';
import { processorTime } from '../support/processor-time.ts';

const FEED = 'openai.com/news/rss.xml';
const LOG = 'developers.openai.com/api/docs/changelog.md';
const RSS = 'application/rss+xml; charset=utf-8';
const MARKDOWN = 'text/markdown; charset=utf-8';

const POST = {
  title: 'Introducing GPT Image 2',
  slug: 'introducing-gpt-image-2',
  text: 'GPT Image 2 is available today in the API.',
  date: 'Tue, 21 Apr 2026 19:00:00 GMT',
};
const GOOD_FEED: Scripted = { type: RSS, body: newsFeed([POST, ...OLD_POSTS]), conditional: true };
const GOOD_LOG: Scripted = {
  type: MARKDOWN,
  body: changelog('April, 2026', [LAUNCH, OLD_ENTRY]),
  conditional: true,
};

const HOSTS = ['openai.com', 'developers.openai.com'];
const FETCH = { timeout: '4m', gap: '1s' };

let over: PassOverSite;
beforeEach(async () => {
  over = await passOverSite({
    hosts: HOSTS,
    config: {
      follow: { subjects: ['gpt-image-2'], discover: false, leads: 0 },
      fetch: FETCH,
      // No window of time hides a second alert of an episode.
      alerts: { coolDown: '1s' },
    },
  });
  over.site.answer(FEED, GOOD_FEED);
  over.site.answer(LOG, GOOD_LOG);
  over.site.answer('developers.openai.com/api/docs/changelog', { status: 404 });
  await pass();
});
afterEach(() => over.close());

/** A pass in which no answer may take long. */
async function hurriedPass(): Promise<CheckSummary> {
  await over.configure({
    fetch: { ...FETCH, timeout: '4s', hosts: over.site.standingFor(...HOSTS) },
  });
  const summary = await pass();
  await over.configure({});
  return summary;
}

const pass = (): Promise<CheckSummary> => over.pass('openai-news', 'openai-changelog');

async function known(): Promise<{ feed: TargetState | undefined; levels: unknown; kept: number }> {
  const open = await openPipeline(over.app);
  const targets = await open.store.targets.list();
  const feed = targets.find(({ url }) => url === NEWS);
  const { claims } = await statusOf(open.known, 'gpt-image-2', new Date().toISOString());
  const kept = feed === undefined ? 0 : (await open.store.items.current(feed.id)).size;
  await open.close();
  const levels = claims.map(({ facet, value, level }) => [facet, value, level]);
  return { feed, levels, kept };
}

const large = (items: number) =>
  newsFeed([
    POST,
    ...Array.from({ length: items - 1 }, (_, at) => ({
      title: `A library sorts letter ${at}`,
      slug: `letter-${at}`,
      text: 'A story of a customer, told at some length and with no model in it.',
      date: 'Mon, 02 Mar 2026 10:00:00 GMT',
    })),
  ]);

/** What stands where the feed was, and what it is called. */
const ANSWERS: readonly [string, Scripted, CheckOutcome, HealthState][] = [
  ['a compression bomb', hostile.compressionBomb(64), 'unreachable', 'failing'],
  ['a body without end', hostile.endlessBody, 'unreachable', 'failing'],
  ['a body that drips', hostile.slowDrip, 'unreachable', 'failing'],
  ['a server that says nothing', hostile.silence, 'unreachable', 'failing'],
  ['half a body', hostile.cutOff, 'unreachable', 'failing'],
  ['redirects in a circle', hostile.redirectTo(NEWS), 'unreachable', 'failing'],
  [
    'a way to the metadata',
    hostile.redirectTo('http://169.254.169.254/'),
    'unreachable',
    'failing',
  ],
  ['a way to itself', hostile.redirectTo('https://[::ffff:127.0.0.1]/'), 'unreachable', 'failing'],
  ['a refusal', { status: 403, body: 'Forbidden' }, 'blocked', 'blocked'],
  ['a captcha with 200', { body: captcha() }, 'blocked', 'blocked'],
  ['nothing at all with 200', { type: RSS, body: '' }, 'parse_failed', 'drifted'],
  ['a page where the feed was', { body: movedPage() }, 'parse_failed', 'drifted'],
  ['a feed without entries', { type: RSS, body: newsFeed([]) }, 'parse_failed', 'drifted'],
  [
    'a feed that was cut off',
    { type: RSS, body: newsFeed(OLD_POSTS).slice(0, 300) },
    'parse_failed',
    'drifted',
  ],
  [
    'a feed of one old entry',
    { type: RSS, body: newsFeed(OLD_POSTS.slice(1, 2)) },
    'control_failed',
    'suspect',
  ],
];

/** Only a limit of time ends them. */
const ENDLESS: ReadonlySet<Scripted> = new Set([hostile.slowDrip, hostile.silence]);

function captcha(): string {
  return '<!doctype html><title>One more step</title><p>Select all images with traffic lights.</p><script src="/captcha/api.js"></script><div class="captcha"></div>';
}

function movedPage(): string {
  const said = '<p>Our newsroom has moved. Here is what we write about, and where to find it.</p>';
  return `<!doctype html><html><head><title>News</title></head><body><main><h1>News</h1>${said.repeat(20)}</main></body></html>`;
}

it.each(ANSWERS)(
  'a feed that proved something loses nothing to %s',
  async (_what, answer, outcome, state) => {
    const before = await known();
    expect(before.levels).toContainEqual(['announced', null, 'confirmed']);
    over.site.answer(FEED, answer);
    const { reports, alerts } = await (ENDLESS.has(answer) ? hurriedPass() : pass());
    const feed = reports.find(({ target }) => target.url === NEWS);
    expect(feed).toMatchObject({ outcome, changes: [], transitions: [] });
    expect(alerts).toEqual([]);
    const after = await known();
    expect(after.feed?.health).toMatchObject({ state });
    expect(after.feed?.lastGoodAt).toBe(before.feed?.lastGoodAt);
    expect([after.levels, after.kept]).toEqual([before.levels, before.kept]);

    over.site.answer(FEED, GOOD_FEED);
    const well = await pass();
    expect(well.reports.find(({ target }) => target.url === NEWS)).toMatchObject({
      outcome: 'present',
      changes: [],
    });
    expect(well.alerts).toEqual([]);
  },
);

it('a feed that proved something tells of trouble once an episode, and once of its end', async () => {
  over.site.answer(FEED, { status: 403, body: 'Forbidden' });
  const told: string[] = [];
  for (let run = 0; run < 5; run += 1) {
    const { alerts } = await pass();
    told.push(...alerts.map(({ message }) => message.title));
  }
  expect(told).toEqual(['openai-news is blocked (openai.com)']);
  over.site.answer(FEED, GOOD_FEED);
  const titles = [...(await pass()).alerts, ...(await pass()).alerts].map(
    ({ message }) => message.title,
  );
  expect(titles).toEqual(['openai-news can be read again (openai.com)']);
});

it('a feed that proved something is read with 5,000 entries, and told of the one that is new', async () => {
  over.site.answer(FEED, { type: RSS, body: large(5000) });
  let first: CheckSummary | undefined;
  const took = await processorTime(async () => {
    first = await pass();
  });
  expect(took).toBeLessThan(120_000);
  expect(first?.reports.find(({ target }) => target.url === NEWS)?.items).toBe(5000);
  const next = { ...POST, title: 'Introducing GPT-9', slug: 'introducing-gpt-9' };
  over.site.answer(FEED, {
    type: RSS,
    body: large(5000).replace('<item>', `${itemOf(next)}<item>`),
  });
  const second = await pass();
  const news = second.reports.find(({ target }) => target.url === NEWS);
  expect(news?.changes.map(({ kind, title }) => [kind, title])).toEqual([
    ['added', 'Introducing GPT-9'],
  ]);
});

const itemOf = (post: typeof POST): string => /<item>.*<\/item>/.exec(newsFeed([post]))?.[0] ?? '';

it('a changelog that proved something loses nothing when its headings are named otherwise', async () => {
  const before = await known();
  const body = changelog('April, 2026', [LAUNCH, OLD_ENTRY])
    .replace('## April, 2026', '## Spring releases')
    .replaceAll(/### (\w+ \d+)/g, '### Day of release');
  over.site.answer(LOG, { type: MARKDOWN, body });
  const { reports, alerts } = await pass();
  expect(reports.find(({ target }) => target.watcher === 'openai-changelog')).toMatchObject({
    outcome: 'parse_failed',
    changes: [],
    transitions: [],
  });
  expect(alerts).toEqual([]);
  expect((await known()).levels).toEqual(before.levels);
});
