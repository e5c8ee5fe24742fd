import { expect, it, vi } from 'vitest';
import { openDaemon } from '../../src/app/build-daemon.ts';
import type { Followed, FollowList } from '../../src/operations/follow.ts';
import type { Waited } from '../../src/operations/wait.ts';
import type { AlertsView } from '../../src/read/alerts.ts';
import type { BoardView } from '../../src/read/views.ts';
import { asked, typed } from '../support/command-line.ts';
import { WAIT } from '../support/timeouts.ts';
import { only, openStage, type Stage } from '../support/vendor-stage.ts';

const PAGE = 'developers.openai.com/api/docs/models/gpt-5.5.md';

/** A stage whose own pages of models are read too, in every pass. */
async function withPages(follow: object = { subjects: ['gpt-5.4'], discover: true }): Promise<{
  stage: Stage;
  ask: <T>(...args: string[]) => Promise<T>;
  asks: () => number;
}> {
  const stage = await openStage({
    watchers: only({ 'openai-changelog': { every: '1d' }, 'openai-model-pages': { every: '1d' } }),
    follow,
  });
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  const asks = () => stage.site.requests.filter(({ address }) => address === PAGE).length;
  return { stage, ask, asks };
}

it('follow reads the pages of a subject from the next pass on, and no more after unfollow', async () => {
  const { ask, asks } = await withPages();
  await ask('check');
  expect(asks()).toBe(0);

  const followed = await ask<Followed>('follow', 'GPT-5.5');
  expect(followed).toEqual({ subject: 'gpt-5.5', followed: true, known: true, near: [] });
  await ask('check');
  expect(asks()).toBe(1);
  const list = await ask<FollowList>('follow');
  expect(list.followed.map(({ subject, by }) => [subject, by])).toEqual([
    ['gpt-5.4', 'config'],
    ['gpt-5.5', 'command'],
  ]);
  expect((await ask<BoardView>('status')).rows.map(({ subject }) => subject)).toContain('gpt-5.5');

  await ask('unfollow', 'gpt-5.5');
  await ask('check');
  expect(asks()).toBe(1);
  const later = await ask<FollowList>('follow');
  expect([later.followed.length, later.except]).toEqual([1, ['gpt-5.5']]);
});

it('follow is taken up by a daemon that runs already', async () => {
  const { stage, ask, asks } = await withPages();
  await ask('check');
  await ask('follow', 'gpt-5.5');
  const daemon = await openDaemon(stage.options);
  try {
    await vi.waitFor(() => expect(asks()).toBeGreaterThan(0), WAIT);
  } finally {
    await daemon.stop();
  }
});

it('follow takes an id nobody has spoken of yet, and shows it as that', async () => {
  const { stage, ask } = await withPages();
  const followed = await ask<Followed>('follow', 'gpt-7.1');
  expect(followed).toMatchObject({ subject: 'gpt-7.1', followed: true, known: false });
  expect((await ask<BoardView>('status')).unheard).toEqual(['gpt-7.1']);
  await ask('check');
  stage.release('gpt-7.1');
  await ask('check');
  const board = await ask<BoardView>('status');
  expect(board.rows.find(({ subject }) => subject === 'gpt-7.1')?.level).toBe('confirmed');
  expect(board.unheard).toEqual([]);
});

it('follow says what may have been meant by what is no id, and writes nothing', async () => {
  const { stage, ask } = await withPages();
  const ended = await typed(['follow', 'gtp-image-2', '--config', stage.config]);
  expect(ended).toMatchObject({ code: 3, stdout: '' });
  expect(ended.stderr).toContain('Did you mean gpt-image-2');
  expect((await ask<FollowList>('follow')).followed).toHaveLength(1);
});

it('unfollow points at the line of the configuration that follows', async () => {
  const { stage } = await withPages();
  const ended = await typed(['unfollow', 'gpt-5.4', '--config', stage.config]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(
    /config\.yaml:\d+: follow\.subjects\[0\]: follows gpt-5\.4, .* \(remove it there\)/,
  );
});

it('unfollow ends the alerts on what a vendor reveals', async () => {
  const { stage, ask } = await withPages();
  await ask('check');
  await ask('unfollow', 'gpt-7.1');
  stage.release('gpt-7.1', 'gpt-7.2');
  await ask('check');
  const { alerts } = await ask<AlertsView>('alerts');
  expect(alerts.map(({ subject }) => subject)).toEqual(['gpt-7.2']);
  const board = await ask<BoardView>('status');
  expect(board.rows.map(({ subject }) => subject)).not.toContain('gpt-7.1');
});

it('unfollow is not needed where only what is followed by name is told', async () => {
  const { stage, ask } = await withPages({ subjects: ['gpt-7.2'], discover: false });
  await ask('check');
  stage.release('gpt-7.1', 'gpt-7.2');
  await ask('check');
  const { alerts } = await ask<AlertsView>('alerts');
  expect(alerts.map(({ subject }) => subject)).toEqual(['gpt-7.2']);
});

it('wait ends with 1 when the time is over, and says how things stand', async () => {
  const { stage, ask } = await withPages();
  await ask('check');
  const args = ['wait', 'gpt-5.4', '--facet', 'retired', '--timeout', '1s'];
  const begun = performance.now();
  const waited = await asked<Waited>([...args, '--config', stage.config], 1);
  const seconds = (performance.now() - begun) / 1_000;
  expect(waited).toMatchObject({
    ...{ subject: 'gpt-5.4', claim: 'retired', wanted: 'confirmed', level: 'unknown' },
    reached: false,
  });
  expect(waited.waited).toBeGreaterThanOrEqual(1);
  expect(waited.waited).toBeLessThanOrEqual(Math.ceil(seconds));
});

it('wait ends at once with 0 when the level is reached already', async () => {
  const { ask } = await withPages();
  await ask('check');
  const waited = await ask<Waited>('wait', 'gpt-5.4', '--level', 'secondary');
  expect(waited).toMatchObject({ claim: 'released', level: 'confirmed', reached: true });
});

it('wait refuses what nobody knows or follows, and what is no level, facet or time', async () => {
  const { stage } = await withPages();
  const codeOf = async (...args: string[]) =>
    (await typed(['wait', ...args, '--config', stage.config])).code;
  expect(await codeOf('a pelican')).toBe(3);
  expect(await codeOf('gpt-5.4', '--level', 'certain')).toBe(2);
  expect(await codeOf('gpt-5.4', '--facet', 'sold_out')).toBe(2);
  expect(await codeOf('gpt-5.4', '--timeout', 'soon')).toBe(2);
});
