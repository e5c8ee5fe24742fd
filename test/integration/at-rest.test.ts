import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAtRest } from '../../src/app/at-rest.ts';
import { configFor } from '../../src/app/options.ts';
import { systemClock } from '../../src/domain/clock.ts';
import type { StoryId } from '../../src/domain/ids.ts';
import type { Story } from '../../src/domain/story.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { runCheck } from '../../src/operations/check.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { changelog, OLD_ENTRY } from '../support/pages.ts';
import { type PassOverSite, passOverSite } from '../support/pass-over-site.ts';
import { only } from '../support/vendor-stage.ts';

const PAGE = 'developers.openai.com/api/docs/changelog.md';

let over: PassOverSite;
beforeEach(async () => {
  over = await passOverSite({
    hosts: ['developers.openai.com'],
    config: {
      follow: { subjects: ['gpt-image-2'], discover: false },
      watchers: only({ 'openai-changelog': {} }),
    },
  });
  over.site.answer(PAGE, {
    type: 'text/markdown; charset=utf-8',
    body: changelog('April, 2026', [OLD_ENTRY]),
  });
});
afterEach(() => over.close());

/** Whether a pass would have nothing to do by now, or some time later. */
async function rests(change: (store: Store) => Promise<unknown> = async () => {}, later = 0) {
  const store = await openStore({ url: over.app.db ?? '' });
  try {
    await change(store);
    return await isAtRest(await configFor(over.app), store, plus(systemClock.now(), later));
  } finally {
    await store.close();
  }
}

test('a pass has nothing to do until something is due, someone is followed, or the config changes', async () => {
  expect(await rests()).toBe(false);
  // The second learns nothing: a subject that a pass reveals may have pages of its own.
  await over.pass();
  await over.pass();
  expect(await rests()).toBe(true);
  expect(await rests(undefined, 30 * DAY)).toBe(false);

  const at = systemClock.now();
  const follow = { subject: 'gpt-5.5', at };
  expect(await rests((store) => store.follows.set({ ...follow, followed: true }))).toBe(false);
  await over.pass();
  expect(await rests()).toBe(true);

  const story: Story = {
    ...{ id: 'st_waiting' as StoryId, kind: 'launch', vendor: 'openai', family: 'gpt-image-2' },
    ...{ title: 'gpt-image-2', subjects: ['gpt-image-2'], thread: 'thread' },
    ...{ openedAt: at, updatedAt: at, dueAt: at, events: [] },
  };
  expect(await rests((store) => store.stories.put(story))).toBe(false);
  expect(await rests((store) => store.stories.put({ ...story, dueAt: null }))).toBe(true);

  await over.configure({ follow: { subjects: ['gpt-5.4'], discover: false } });
  expect(await rests()).toBe(false);
});

test('a pass reads again what a clock that was ahead has put off, and one marked by that clock is none at rest', async () => {
  await over.pass();
  await over.pass();
  expect(await rests(undefined, -DAY)).toBe(false);
  const now = systemClock.now();
  const ahead = plus(now, 900 * DAY);
  const store = await openStore({ url: over.app.db ?? '' });
  const [target] = await store.targets.list();
  if (target === undefined) throw new Error('nothing was registered');
  await store.targets.lease(target.id, now, plus(now, DAY), 'me');
  await store.targets.settle(target.id, 'me', { dueAt: ahead, lastCheckAt: ahead });
  await store.marks.put('last-pass', null);
  await store.close();
  const { signal } = new AbortController();
  const due = { watchers: [], due: true, signal, onChecked: () => undefined };
  expect((await runCheck(over.app, due)).reports).toHaveLength(1);
});
