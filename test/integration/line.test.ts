import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { hashOfBody, targetId } from '../../src/domain/ids.ts';
import { statusOf } from '../../src/read/status.ts';
import { type Exchange, openTestLine, play, reportsOf } from '../support/open-line.ts';
import {
  article,
  CHANGELOG,
  changelog,
  LAUNCH,
  MODELS,
  modelList,
  modelPage,
  modelPageUrl,
  NEWS,
  newsFeed,
  OLD_ENTRY,
  OLD_MODELS,
  OLD_POSTS,
} from '../support/pages.ts';

let open: OpenPipeline;
beforeEach(async () => {
  open = await openTestLine();
});
afterEach(() => open.close());

const DAY_1 = '2026-04-20T09:00:00.000Z';
const DAY_2 = '2026-04-21T19:00:00.000Z';
const DAY_3 = '2026-04-22T09:00:00.000Z';
const at = (minute: number, day = '2026-04-21T19') =>
  `${day}:${String(minute).padStart(2, '0')}:00.000Z`;

const first: Exchange = { at: DAY_1, url: CHANGELOG, body: changelog('April, 2026', [OLD_ENTRY]) };
const launch: Exchange = {
  at: DAY_2,
  url: CHANGELOG,
  body: changelog('April, 2026', [LAUNCH, OLD_ENTRY]),
};

async function levelOf(subject: string, facet: string, asOf: string) {
  const { claims } = await statusOf(open.known, subject, asOf);
  return claims.find((claim) => claim.facet === facet && claim.value === null)?.level;
}

it('the baseline is judged and alerts nobody, and what comes after it is alerted', async () => {
  const [before, after] = reportsOf(await play(open, [first, launch]));
  expect(before?.alerts).toEqual([]);
  expect(before?.changes[0]).toMatchObject({ kind: 'added', baseline: true });
  expect(await levelOf('gpt-image-1.5', 'announced', DAY_1)).toBe('confirmed');
  expect(after?.alerts.map(({ subject }) => subject)).toEqual(['gpt-image-2']);
  expect(await levelOf('gpt-image-2', 'announced', DAY_2)).toBe('confirmed');
});

it('the baseline is not taken from an answer that failed or held nothing', async () => {
  const empty = { at: DAY_1, url: MODELS, body: modelList([]) };
  const [none, list] = reportsOf(
    await play(open, [empty, { at: DAY_2, url: MODELS, body: modelList(OLD_MODELS) }]),
  );
  expect(none).toMatchObject({ outcome: 'parse_failed', changes: [] });
  expect(list?.changes.every(({ baseline }) => baseline)).toBe(true);
  expect(list?.alerts).toEqual([]);
});

it('the baseline stays quiet when a later poll confirms what it held', async () => {
  const polls = [at(0), at(20)].map((moment) => ({
    at: moment,
    url: MODELS,
    body: modelList(OLD_MODELS),
  }));
  const [, second] = reportsOf(await play(open, polls));
  expect(second?.transitions.length).toBeGreaterThan(0);
  expect(second?.transitions.every(({ quiet }) => quiet)).toBe(true);
  expect(second?.alerts).toEqual([]);
  expect(await levelOf('gpt-5.4', 'api_listed', at(20))).toBe('confirmed');
});

it('the baseline does not hold for a page that is added after the first pass', async () => {
  const sibling = {
    at: DAY_1,
    url: modelPageUrl('gpt-image-1.5'),
    body: modelPage('gpt-image-1.5', 'GPT Image 1.5'),
  };
  const later = {
    at: DAY_2,
    url: modelPageUrl('gpt-image-2'),
    body: modelPage('gpt-image-2', 'GPT Image 2'),
  };
  const [, page] = reportsOf(await play(open, [sibling, later]));
  expect(page?.alerts.map(({ subject }) => subject)).toEqual(['gpt-image-2']);
});

describe('a model that a baseline revealed', () => {
  const sibling = {
    at: DAY_1,
    url: modelPageUrl('gpt-image-1.5'),
    body: modelPage('gpt-image-1.5', 'GPT Image 1.5'),
  };
  const page = (moment: string) => ({
    at: moment,
    url: modelPageUrl('gpt-image-9'),
    body: modelPage('gpt-image-9', 'GPT Image 9'),
  });

  it('a model that a baseline revealed was there before: so was its page, and nobody is told of it', async () => {
    const list = { at: DAY_1, url: MODELS, body: modelList([...OLD_MODELS, 'gpt-image-9']) };
    const reports = reportsOf(await play(open, [sibling, list, page(DAY_2)]));
    expect(reports.at(-1)).toMatchObject({ outcome: 'present', alerts: [] });
    expect(await levelOf('gpt-image-9', 'documented', DAY_2)).toBe('confirmed');
  });

  it('a model that a baseline revealed is news when a later answer reveals it, and so is its page', async () => {
    const [before, after] = [OLD_MODELS, [...OLD_MODELS, 'gpt-image-9']].map((models, day) => ({
      at: day === 0 ? DAY_1 : DAY_2,
      url: MODELS,
      body: modelList(models),
    }));
    if (before === undefined || after === undefined) throw new Error('two polls');
    const reports = reportsOf(await play(open, [sibling, before, after, page(DAY_3)]));
    expect(reports.at(-1)?.alerts.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['discovery', 'gpt-image-9'],
    ]);
  });
});

describe('a retirement', () => {
  const row = (moment: string) => ({
    at: moment,
    url: 'https://developers.openai.com/api/docs/deprecations.md',
    body: '# Deprecations\n\n### 2025-11-14: DALL·E\n\n| Shutdown date | Model / system | Recommended replacement |\n| --- | --- | --- |\n| May 12, 2026 | `dall-e-2` | `gpt-image-1` |\n',
  });
  const gone = (moment: string) => ({ at: moment, url: MODELS, body: modelList(OLD_MODELS) });
  const told = async (...exchanges: Exchange[]) =>
    (await play(open, exchanges)).flatMap((event) => {
      if (event.kind === 'checked') return event.report.alerts;
      return event.kind === 'reconsidered' ? event.judged.alerts : [];
    });

  it('a retirement that had come before the first look is known and alerts nobody', async () => {
    expect(await told(row('2026-06-01T09:00:00.000Z'), gone('2026-06-01T09:10:00.000Z'))).toEqual(
      [],
    );
    expect(await levelOf('dall-e-2', 'retired', '2026-06-01T09:10:00.000Z')).toBe('confirmed');
  });

  it('a retirement that was to come at the first look is told when the list no longer shows the model', async () => {
    const polls = ['2026-05-13T09:00', '2026-05-13T09:30', '2026-05-13T11:00'];
    const list = modelList([...OLD_MODELS, 'dall-e-2']);
    const alerts = await told(
      row('2026-05-10T09:00:00.000Z'),
      { at: '2026-05-10T09:10:00.000Z', url: MODELS, body: list },
      ...polls.map((moment) => gone(`${moment}:00.000Z`)),
    );
    expect(alerts.map(({ subject }) => subject)).toContain('dall-e-2');
  });
});

it('a source whose shape is gone drifts, and nothing it said is withdrawn', async () => {
  const broken = {
    at: DAY_3,
    url: CHANGELOG,
    body: '# Changelog\n\nWe are moving. Come back soon.\n',
  };
  const [, , report] = reportsOf(await play(open, [first, launch, broken]));
  expect(report).toMatchObject({ outcome: 'parse_failed', changes: [], transitions: [] });
  expect(await levelOf('gpt-image-2', 'announced', DAY_3)).toBe('confirmed');
  const [target] = await open.store.targets.list();
  expect(target?.health).toMatchObject({ state: 'drifted' });
});

it('a source whose shape is gone drifts when a page stands where a feed was, and when the feed is empty', async () => {
  const feed = { at: DAY_1, url: NEWS, body: newsFeed(OLD_POSTS) };
  const bodies = ['<!doctype html><html><body><h1>News</h1></body></html>', newsFeed([])];
  const events = await play(open, [
    feed,
    ...bodies.map((body, day) => ({ at: at(day), url: NEWS, body })),
  ]);
  expect(reportsOf(events).map(({ outcome }) => outcome)).toEqual([
    'present',
    'parse_failed',
    'parse_failed',
  ]);
});

it('a source whose shape is gone is suspect when a list loses too much at once, and believed when two later polls repeat it', async () => {
  const full = { at: at(0), url: MODELS, body: modelList(OLD_MODELS) };
  const half = (minute: number) => ({
    at: at(minute),
    url: MODELS,
    body: modelList(OLD_MODELS.slice(0, 3)),
  });
  const polls = [full, half(15), half(30), half(45)];
  const [, held, again, believed] = reportsOf(await play(open, polls));
  expect(held).toMatchObject({ outcome: 'control_failed', changes: [] });
  expect(again).toMatchObject({ outcome: 'control_failed', changes: [] });
  expect(believed?.changes.map(({ kind }) => kind)).toEqual([
    'withdrawn',
    'withdrawn',
    'withdrawn',
  ]);
});

describe('bad answers', () => {
  const bodies: [string, string | Uint8Array][] = [
    ['nothing at all', ''],
    ['bytes that are no text', new Uint8Array(2_000).map((_, index) => (index * 7919) % 256)],
    ['a page cut in the middle of its first tag', '<!doctype html><html><bo'],
  ];

  it.each(bodies)(
    'bad answers: %s is a failed check with its reason, and the last good answer stands',
    async (_, body) => {
      const page = 'https://press.example/story';
      const good = {
        at: DAY_1,
        url: page,
        body: article('A story', [
          'Something happened to a model today, and this page tells of it at some length.',
        ]),
      };
      const [, bad] = reportsOf(await play(open, [good, { at: DAY_2, url: page, body }]));
      expect(bad?.outcome).toBe('parse_failed');
      expect(bad?.error?.message).not.toBe('');
      const [target] = await open.store.targets.list({ watcher: 'reports' });
      expect((await open.store.items.current(target?.id ?? targetId('reports', page))).size).toBe(
        1,
      );
    },
  );

  it('bad answers of a challenge page are blocked, and overwrite nothing', async () => {
    const wall =
      '<!doctype html><html><head><title>Just a moment...</title></head><body><div id="challenge-running">Verify you are human</div><script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>';
    const [, , report] = reportsOf(
      await play(open, [
        first,
        launch,
        { at: DAY_3, url: CHANGELOG, body: wall, type: 'text/html' },
      ]),
    );
    expect(report).toMatchObject({ outcome: 'blocked', changes: [] });
    expect(await levelOf('gpt-image-2', 'announced', DAY_3)).toBe('confirmed');
  });
});

it('reading again of the same bytes adds a check and nothing else', async () => {
  const [, again] = reportsOf(await play(open, [first, { ...first, at: DAY_2 }]));
  expect(again).toMatchObject({ unchanged: true, changes: [], transitions: [], alerts: [] });
  expect((await open.store.snapshots.count()).snapshots).toBe(1);
});

it('reading again of a page that is only laid out anew gives no new evidence', async () => {
  const url = 'https://press.example/story';
  const plain = article('GPT Image 2 is out', [
    'OpenAI released GPT Image 2 on Tuesday.',
    'It is in the API.',
  ]);
  const laidOut = plain
    .replaceAll('><', '>\n   <')
    .replace('<main>', '<main class="wide"><div data-x="1">')
    .replace('</main>', '</div></main>');
  const [, again] = reportsOf(
    await play(open, [
      { at: DAY_1, url, body: plain },
      { at: DAY_2, url, body: laidOut },
    ]),
  );
  expect(again).toMatchObject({ unchanged: false, changes: [], transitions: [] });
});

it('reading again takes up what a crash left between keeping and reading, before it asks again', async () => {
  await play(open, [first]);
  const [target] = await open.store.targets.list();
  if (target === undefined) throw new Error('no target');
  const [kept] = await open.store.snapshots.list(target.id);
  if (kept === undefined) throw new Error('no snapshot');
  const body = new TextEncoder().encode(String(launch.body));
  const capture = { ...kept.capture, body, bodyHash: hashOfBody(body), fetchedAt: DAY_2 };
  await open.store.snapshots.keep(target.id, capture);
  const [report] = reportsOf(await play(open, [{ ...launch, at: DAY_3 }]));
  expect(report?.alerts.map(({ subject }) => subject)).toEqual(['gpt-image-2']);
  expect(await open.store.snapshots.unread(target.id)).toEqual([]);
});

it.each(['gpt-image-2.5-flare', 'gpt-image-2-all', 'openai/gpt-5.4-image-2', 'gpt-image-20'])(
  'a name that is almost right: %s says nothing of gpt-image-2',
  async (name) => {
    const body = article('A new model', [
      `OpenAI has released ${name} today. ${name} is available now in the API.`,
    ]);
    await play(open, [
      {
        at: DAY_1,
        url: 'https://a.example/1',
        body: article('Hello', ['Nothing to see here today, only a greeting.']),
      },
      { at: DAY_2, url: 'https://press.example/story', body },
    ]);
    expect(await levelOf('gpt-image-2', 'released', DAY_3)).toBe('unknown');
  },
);

it('a name that is almost right with odd dashes is the same name', async () => {
  const body = article('Out now', [
    'OpenAI released gpt‑image‑2 on Tuesday.',
    'The model gpt–image–2 is in the API.',
  ]);
  await play(open, [{ at: DAY_2, url: 'https://press.example/story', body }]);
  expect(await levelOf('gpt-image-2', 'released', DAY_3)).toBe('rumor');
});

it('what was known at a moment stays what it was, whatever is learned later', async () => {
  const exchanges = [
    first,
    launch,
    {
      at: DAY_3,
      url: modelPageUrl('gpt-image-2'),
      body: modelPage('gpt-image-2', 'GPT Image 2'),
    },
  ];
  const seen: unknown[] = [];
  for (const exchange of exchanges) {
    await play(open, [exchange]);
    seen.push(await statusOf(open.known, 'gpt-image-2', exchange.at));
  }
  const again = [];
  for (const { at: moment } of exchanges)
    again.push(await statusOf(open.known, 'gpt-image-2', moment));
  expect(again).toEqual(seen);
});

describe('an exact-id page', () => {
  const page = (moment: string, over: Partial<Exchange> = {}): Exchange => ({
    at: moment,
    url: modelPageUrl('gpt-image-2'),
    body: modelPage('gpt-image-2', 'GPT Image 2'),
    ...over,
  });

  it('an exact-id page says by its 404 that there is nothing yet, and that is a good check', async () => {
    const [report] = reportsOf(await play(open, [page(DAY_1, { status: 404, body: 'not found' })]));
    expect(report).toMatchObject({ outcome: 'silent', error: null });
  });

  const sibling = (moment: string, over: Partial<Exchange> = {}): Exchange => ({
    at: moment,
    url: modelPageUrl('gpt-image-1.5'),
    body: modelPage('gpt-image-1.5', 'GPT Image 1.5'),
    ...over,
  });
  const onDay3 = (time: string) => `${DAY_3.slice(0, 11)}${time}:00.000Z`;

  it('an exact-id page that is gone again, and again, while a sibling is seen well, withdraws what it proved', async () => {
    const gone = { status: 404, body: '-' };
    await play(open, [
      page(DAY_1, gone),
      page(DAY_2),
      sibling(DAY_2),
      sibling(onDay3('20:00')),
      page(onDay3('20:05'), gone),
      sibling(onDay3('20:35')),
      page(onDay3('20:40'), gone),
    ]);
    expect(await levelOf('gpt-image-2', 'documented', onDay3('20:06'))).toBe('confirmed');
    expect(await levelOf('gpt-image-2', 'documented', onDay3('20:41'))).toBe('withdrawn');
  });

  it('an exact-id page withdraws nothing when every page of the site answers 404', async () => {
    const gone = { status: 404, body: '-' };
    const moments = ['20:00', '20:20', '20:40', '21:20', '22:30'].map(onDay3);
    const lost = moments.flatMap((moment) => [page(moment, gone), sibling(moment, gone)]);
    const reports = reportsOf(await play(open, [page(DAY_2), sibling(DAY_2), ...lost]));
    expect(reports.slice(2).map(({ outcome }) => outcome)).toEqual(
      lost.map(() => 'control_failed'),
    );
    for (const id of ['gpt-image-2', 'gpt-image-1.5'])
      expect(await levelOf(id, 'documented', onDay3('23:00'))).toBe('confirmed');
  });

  it('an exact-id page that could not be reached withdraws nothing', async () => {
    await play(open, [page(DAY_1), page(DAY_3, { failure: 'timeout' })]);
    expect(await levelOf('gpt-image-2', 'documented', DAY_3)).toBe('confirmed');
  });
});
