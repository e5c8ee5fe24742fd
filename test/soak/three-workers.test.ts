import { expect, it, onTestFinished, vi } from 'vitest';
import { leastGap, openManyHosts } from '../support/many-hosts.ts';
import { onServer } from '../support/postgres.ts';
import { firsthand } from '../support/program.ts';
import { type Running, startDaemonProcess } from '../support/running.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { only, openStage } from '../support/vendor-stage.ts';

const HOSTS = amount(5, 60);
const PAGES = amount(3, 20);
/** The long form kills one, whose leases must run out before others take them over. */
const KILLED = amount(0, 1);
const GAP = 1_000;

const server = onServer();

it.skipIf(server === null)(
  'three workers share what is due on one server: a host is asked by one at a time and keeps its gap',
  { timeout: TIMEOUT },
  async () => {
    const { open, url } = server as NonNullable<typeof server>;
    const store = await open();
    const site = await openManyHosts();
    onTestFinished(() => site.close());
    const stage = await openStage();
    const pages = site.pages(HOSTS * PAGES, HOSTS);
    stage.configure({
      store: url,
      watchers: only({ reports: { every: '1d', pages } }),
      fetch: { contact: 'https://test.example', allow: ['127.0.0.0/8'], gap: `${GAP / 1_000}s` },
      daemon: { deadline: '10s' },
      log: { level: 'info' },
    });
    const begun = performance.now();
    const workers: Running[] = [];
    while (workers.length < 3) workers.push(await startDaemonProcess(stage.config));
    await vi.waitFor(() => expect(checksBy(workers)).toBeGreaterThan(pages.length / 4), WAIT);
    const told = await firsthand(['workers', '--json', '--config', stage.config]);
    expect(JSON.parse(told.stdout)).toMatchObject({ workers: [{}, {}, {}] });
    const killed = workers.slice(0, KILLED);
    for (const { child } of killed) child.kill('SIGKILL');
    const done = async () => {
      const targets = await store.targets.list();
      return targets.filter(({ lastGoodAt }) => lastGoodAt !== null).length;
    };
    await vi.waitFor(async () => expect(await done()).toBe(pages.length), WAIT);
    const seconds = (performance.now() - begun) / 1_000;
    const left = workers.slice(KILLED);
    for (const { child } of left) child.kill('SIGTERM');
    expect(await Promise.all(left.map(({ ended }) => ended))).toEqual(left.map(() => 0));

    const targets = await store.targets.list();
    const checks = await Promise.all(targets.map(({ id }) => store.checks.list(id, 9)));
    expect(checks.map(({ length }) => length)).toEqual(pages.map(() => 1));
    expect(await store.workers.list()).toHaveLength(KILLED);
    const least = leastGap(site.visits).gap;
    // Timers of Node may be a millisecond early.
    expect(least).toBeGreaterThanOrEqual(GAP - 3);
    figure('three workers, one of them killed: addresses, each checked once', pages.length);
    figure('  by each', workers.map((worker) => checksBy([worker])).join(' / '));
    figure(`  the least pause at a host, of ${GAP} ms`, Math.round(least));
    figure('  seconds until all were checked', Math.round(seconds));
  },
);

const WAIT = { timeout: TIMEOUT, interval: 500 };

function checksBy(workers: readonly Running[]): number {
  return workers.flatMap(({ stderr }) => stderr().match(/"msg":"checked"/g) ?? []).length;
}
