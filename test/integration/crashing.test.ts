import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { livePipeline } from '../../src/app/build-pipeline.ts';
import { runOnce } from '../../src/daemon/check-once.ts';
import type { Capture } from '../../src/domain/capture.ts';
import type { CheckReport } from '../../src/domain/check-report.ts';
import { manualClock, systemClock } from '../../src/domain/clock.ts';
import { hashOfBody } from '../../src/domain/ids.ts';
import { DAY, HOUR, MINUTE, plus } from '../../src/domain/time.ts';
import type { Watcher } from '../../src/domain/watcher.ts';
import type { Fetcher } from '../../src/fetch/fetcher.ts';
import { runCheck } from '../../src/operations/check.ts';
import { openStore } from '../../src/store/open.ts';
import { openTestLine } from '../support/open-line.ts';
import { openPassStage, type Stage } from '../support/vendor-stage.ts';

const START = '2026-04-21T00:00:00.000Z';

async function checked({ options }: Stage): Promise<readonly CheckReport[]> {
  const { signal } = new AbortController();
  const pass = { watchers: [], due: false, signal, onChecked: () => undefined };
  return (await runCheck(options, pass)).reports;
}

it('a target whose reader always crashes is put off ever longer, keeps what came, and holds up no other', async () => {
  const open = await openTestLine();
  const broken = (watcher: Watcher): Watcher => ({
    ...watcher,
    extract: () => Promise.reject(new TypeError('x is undefined')),
  });
  const among = (id: string) => open.context.watchers.get(id) as Watcher;
  const watchers = new Map([
    ['openai-changelog', broken(among('openai-changelog'))],
    ['openai-deprecations', among('openai-deprecations')],
  ]);
  const clock = manualClock(START);
  const fetcher: Fetcher = {
    fetch: ({ url }) => Promise.resolve({ kind: 'fetched', capture: captured(url, clock.now()) }),
    close: () => Promise.resolve(),
  };
  const context = { ...livePipeline(open, fetcher, clock), watchers, jitter: () => 0.5 };
  const times: Record<string, number> = {};
  while (clock.now() < plus(START, DAY)) {
    const { reports } = await runOnce(context, open.watchlist, {
      ...{ watchers: [], due: true, concurrency: 4, deadline: MINUTE },
      ...{ signal: new AbortController().signal, onChecked: () => undefined },
    });
    for (const { target, outcome } of reports) {
      const said = `${target.watcher} ${outcome}`;
      times[said] = (times[said] ?? 0) + 1;
    }
    clock.set(plus(clock.now(), 5 * MINUTE));
  }
  const { bodies } = await open.store.snapshots.count();
  await open.close();
  const crashes = times['openai-changelog parse_failed'] ?? 0;
  expect(crashes).toBeGreaterThan(2);
  expect(crashes).toBeLessThan(60);
  expect(times).toEqual({
    'openai-changelog parse_failed': crashes,
    'openai-deprecations present': expect.any(Number),
  });
  expect(times['openai-deprecations present']).toBeGreaterThan(3);
  expect(bodies).toBeGreaterThan(0);
});

it('a target whose reader always crashes is set aside unread when it ended three processes, and read when its answer is another', async () => {
  const stage = await openPassStage();
  await checked(stage);
  const store = await openStore({ url: stage.db });
  const [target] = await store.targets.list();
  if (target === undefined) throw new Error('nothing was registered');
  for (const hours of [1, 2, 3]) {
    const [at, until] = [hours, hours + 0.5].map((h) => plus(systemClock.now(), (h - 9) * HOUR));
    const lease = await store.targets.lease(target.id, at ?? '', until ?? '', `dead ${hours}`);
    expect(lease).not.toBeNull();
  }
  const [aside] = await checked(stage);
  expect(aside).toMatchObject({
    outcome: 'parse_failed',
    error: { message: expect.stringContaining('the process ended 3 times while it was read') },
  });
  stage.release('gpt-7.1');
  const [read] = await checked(stage);
  expect(read).toMatchObject({ outcome: 'present', items: 3 });
  expect(stage.mail.mails).toHaveLength(1);
  await store.close();
});

const DEPRECATIONS = readFileSync('data/recordings/gpt-image-2-launch/openai/deprecations.md');

function captured(url: string, fetchedAt: string): Capture {
  const other = new TextEncoder().encode(`# A page\n\nas of ${fetchedAt}`);
  const body = url.includes('deprecations') ? DEPRECATIONS : other;
  return {
    ...{ url, finalUrl: url, redirects: [url], status: 200, headers: {}, via: 'http' },
    ...{ contentType: 'text/markdown', body, bodyHash: hashOfBody(body), fetchedAt },
  };
}
