import { copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { openDaemon } from '../../src/app/build-daemon.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { type Clock, systemClock } from '../../src/domain/clock.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { runVerify } from '../../src/operations/upkeep.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

/** Runs a daemon on a stage and stops it afterwards, whatever the test comes to. */
async function withDaemon(stage: Stage, test: (daemon: Daemon) => Promise<void>): Promise<void> {
  const daemon = await openDaemon(stage.options);
  try {
    await test(daemon);
  } finally {
    await daemon.stop();
  }
  await daemon.ended;
}

function toldOf({ mail }: Stage): string[] {
  return mail.mails.map(({ raw }) => /gpt-7\.\d+/.exec(raw)?.[0] ?? '');
}

async function firstPass({ site }: Stage): Promise<void> {
  await vi.waitFor(() => expect(site.requests.length).toBeGreaterThan(2), WAIT);
}

it('the daemon tells what changed at a source, and nothing of what was there before', async () => {
  const stage = await openStage();
  await withDaemon(stage, async () => {
    await firstPass(stage);
    stage.release('gpt-7.1');
    await vi.waitFor(() => expect(toldOf(stage)).toEqual(['gpt-7.1']), WAIT);
  });
  const asked = stage.site.requests.length;
  await withDaemon(stage, () =>
    vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(asked + 2), WAIT),
  );
  expect(toldOf(stage)).toEqual(['gpt-7.1']);
});

it('the daemon goes on reading while deliveries lag, and tells all of it later', async () => {
  const stage = await openStage({ daemon: { drain: '1s' } });
  stage.mail.script = { hang: true };
  await withDaemon(stage, async () => {
    await firstPass(stage);
    stage.release('gpt-7.1');
    await vi.waitFor(() => expect(stage.mail.sessions.length).toBeGreaterThan(0), WAIT);
    stage.release('gpt-7.2');
    const asked = stage.site.requests.length;
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(asked + 2), WAIT);
  });
  stage.mail.script = {};
  await withDaemon(stage, async () => {
    await vi.waitFor(() => {
      expect(new Set(toldOf(stage))).toEqual(new Set(['gpt-7.1', 'gpt-7.2']));
    }, WAIT);
  });
});

it('the daemon ends a check under way in order, and tells of it, before it stops', async () => {
  const stage = await openStage();
  await withDaemon(stage, async (daemon) => {
    await firstPass(stage);
    stage.release('gpt-7.2');
    const asked = stage.site.requests.length;
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(asked), WAIT);
    await daemon.stop();
  });
  expect(toldOf(stage)).toEqual(['gpt-7.2']);
});

it('the daemon goes on as before when the config it is told to read again is wrong, and says where', async () => {
  const stage = await openStage();
  await withDaemon(stage, async (daemon) => {
    await firstPass(stage);
    stage.configure({ routes: [{ name: 'nobody', to: ['nowhere'] }], folow: {} });
    await expect(daemon.reload()).rejects.toThrow(ConfigError);
    await expect(daemon.reload()).rejects.toThrow(/config\.yaml:\d+.*folow/);
    stage.release('gpt-7.3');
    await vi.waitFor(() => expect(toldOf(stage)).toEqual(['gpt-7.3']), WAIT);
  });
});

it('the daemon uses a config it is told to read again', async () => {
  const stage = await openStage({ routes: [] });
  await withDaemon(stage, async (daemon) => {
    await firstPass(stage);
    stage.configure({ routes: [{ name: 'everything', to: ['mail'] }] });
    await daemon.reload();
    stage.release('gpt-7.4');
    await vi.waitFor(() => expect(toldOf(stage)).toEqual(['gpt-7.4']), WAIT);
  });
});

it('the daemon shares the work with a second daemon on the same record', async () => {
  const stage = await openStage();
  await withDaemon(stage, () =>
    withDaemon(stage, async () => {
      await firstPass(stage);
      for (const n of [1, 2, 3]) {
        stage.release(`gpt-7.${n}`);
        await vi.waitFor(() => expect(toldOf(stage)).toHaveLength(n), WAIT);
      }
    }),
  );
  expect(toldOf(stage)).toEqual(['gpt-7.1', 'gpt-7.2', 'gpt-7.3']);
});

it('the daemon stores nothing under times to come while the clock is twelve years ahead', async () => {
  const stage = await openStage();
  let ahead = 0;
  const clock: Clock = { now: () => plus(systemClock.now(), ahead) };
  const daemon = await openDaemon(stage.options, clock);
  try {
    await firstPass(stage);
    ahead = 12 * 365 * DAY;
    stage.release('gpt-7.1');
    await vi.waitFor(() => expect(toldOf(stage)).toEqual(['gpt-7.1']), WAIT);
    ahead = 0;
    stage.release('gpt-7.2');
    await vi.waitFor(() => expect(toldOf(stage)).toEqual(['gpt-7.1', 'gpt-7.2']), WAIT);
  } finally {
    await daemon.stop();
  }
  const { findings } = await runVerify(stage.options);
  expect(findings).toEqual([]);
});

it('the daemon goes on, and at once, when the clock is set ahead and back by days', async () => {
  const stage = await openStage();
  let ahead = 0;
  const clock: Clock = { now: () => plus(systemClock.now(), ahead) };
  const daemon = await openDaemon(stage.options, clock);
  try {
    await firstPass(stage);
    for (const [days, model] of [
      [3, 'gpt-7.1'],
      [-4, 'gpt-7.2'],
      [0, 'gpt-7.3'],
    ] as const) {
      ahead = days * DAY;
      stage.release(model);
      await vi.waitFor(() => expect(toldOf(stage)).toContain(model), WAIT);
    }
  } finally {
    await daemon.stop();
  }
  expect(toldOf(stage)).toEqual(['gpt-7.1', 'gpt-7.2', 'gpt-7.3']);
});

it.each([
  ['was moved away', (path: string) => renameSync(path, `${path}.elsewhere`)],
  [
    'was replaced',
    (path: string) => {
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
  ],
  ['lost its log', (path: string) => rmSync(`${path}-wal`)],
  ['was overwritten', (path: string) => writeFileSync(path, 'no database\n'.repeat(1000))],
  ['was emptied', (path: string) => truncateSync(path, 0)],
  [
    'was cut off',
    (path: string) => {
      const other = new Sqlite(path);
      other.pragma('wal_checkpoint(passive)');
      other.close();
      truncateSync(path, 20_000);
    },
  ],
  [
    'had its log overwritten',
    (path: string) => writeFileSync(`${path}-wal`, 'no log\n'.repeat(1000)),
  ],
])('the daemon stops with a clear error when its database %s', async (_what, harm) => {
  const stage = await openStage();
  const daemon = await openDaemon(stage.options);
  try {
    await firstPass(stage);
    harm(stage.db);
    await expect(daemon.ended).rejects.toThrow(/moved, replaced or damaged.*start the daemon/);
  } finally {
    await daemon.stop();
  }
});
