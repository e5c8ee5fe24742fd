import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OpenPipeline } from '../../src/app/build-pipeline.ts';
import { statusOf } from '../../src/read/status.ts';
import { openTestLine, play, reportsOf } from '../support/open-line.ts';
import {
  article,
  CHANGELOG,
  changelog,
  LAUNCH,
  MODELS,
  modelList,
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

const FIRST = '2026-04-21T09:00:00.000Z';
const THEN = '2026-04-21T09:30:00.000Z';
const STORY = 'https://press.example/story';

/** A healthy answer of each kind of channel. */
const GOOD: readonly (readonly [what: string, url: string, body: string])[] = [
  ['a story', STORY, article('A story', ['OpenAI has announced GPT Image 2.'])],
  ['the changelog', CHANGELOG, changelog('April, 2026', [LAUNCH, OLD_ENTRY])],
  ['the newsroom', NEWS, newsFeed(OLD_POSTS)],
  ['the model list', MODELS, modelList(OLD_MODELS)],
];

const noise = new Uint8Array(4_000).map((_, index) => (index * 7_919) % 251);
/** A picture's first bytes, and bytes of no charset beside a few letters. */
const BAD: readonly (readonly [what: string, make: (good: string) => string | Uint8Array])[] = [
  ['is empty', () => ''],
  ['holds only white space', () => ' \n\t\n '],
  [
    'is a picture',
    () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...noise]),
  ],
  ['is text in no charset', () => noise],
  ['is cut in the middle', (good) => good.slice(0, Math.floor(good.length / 2))],
  ['has 50 MB', (good) => good.padEnd(50_000_000, ' <p>More of it.</p>')],
];

const cases = GOOD.flatMap(([what, url, body]) =>
  BAD.map(([how, make]) => ({ name: `${what} that ${how}`, url, body, bad: make(body) })),
);

it.each(cases)(
  'an answer: $name is a failed check with its reason, and the last good one stands',
  async ({ url, body, bad }) => {
    const events = await play(open, [
      { at: FIRST, url, body },
      { at: THEN, url, body: bad },
    ]);
    const [good, failed] = reportsOf(events);
    expect(good?.outcome).toBe('present');
    expect(['parse_failed', 'control_failed', 'unreachable']).toContain(failed?.outcome);
    expect(failed?.error?.message.length).toBeGreaterThan(20);
    expect(failed).toMatchObject({ changes: [], transitions: [], alerts: [] });
    const target = await open.store.targets.get(failed?.target.id ?? ('' as never));
    expect(target?.lastGoodAt).toBe(FIRST);
    const kept = await open.store.snapshots.body(target?.bodyHash ?? ('' as never));
    expect(new TextDecoder().decode(kept ?? undefined)).toBe(body);
    expect((await open.store.items.current(target?.id ?? ('' as never))).size).toBe(good?.items);
  },
);

it.each(cases.filter(({ url }) => url === STORY || url === CHANGELOG))(
  'an answer: $name moves no level',
  async ({ url, body, bad }) => {
    await play(open, [{ at: FIRST, url, body }]);
    const levels = async (at: string) => {
      const { claims } = await statusOf(open.known, 'gpt-image-2', at);
      return claims.map(({ facet, level, status }) => ({ facet, level, status }));
    };
    const before = await levels(FIRST);
    expect(before.some(({ level }) => level !== 'unknown')).toBe(true);
    await play(open, [{ at: THEN, url, body: bad }]);
    expect(await levels(THEN)).toEqual(before);
  },
);

it('an answer in an old charset is no bad answer: it is read', async () => {
  const latin = Uint8Array.from(
    article('Une histoire', ['OpenAI announced GPT Image 2 at the café.']),
    (sign) => sign.charCodeAt(0),
  );
  const [report] = reportsOf(
    await play(open, [{ at: FIRST, url: STORY, body: latin, type: 'text/html' }]),
  );
  expect(report?.outcome).toBe('present');
  const [target] = await open.store.targets.list({ watcher: 'reports' });
  const items = await open.store.items.current(target?.id ?? ('' as never));
  expect([...items.values()][0]?.item.text).toContain('at the café');
});
