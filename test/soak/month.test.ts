import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { channelsOf } from '../../src/app/build-channels.ts';
import { fetcherOf } from '../../src/app/build-fetcher.ts';
import { livePipeline, openPipeline } from '../../src/app/build-pipeline.ts';
import { limitsOf } from '../../src/app/options.ts';
import { runOnce } from '../../src/daemon/check-once.ts';
import { deliverDue } from '../../src/daemon/delivery-loop.ts';
import { plannedWork, runScheduledWork } from '../../src/daemon/scheduled-work.ts';
import { closeChannels } from '../../src/deliver/registry.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { DAY, elapsed, MINUTE, plus } from '../../src/domain/time.ts';
import { startMailServer } from '../support/smtp-server.ts';
import { amount, figure, seededNumbers, TIMEOUT } from '../support/soak.ts';
import { temporaryFolder } from '../support/store.ts';
import { only } from '../support/vendor-stage.ts';

const START = '2026-04-21T00:00:00.000Z';
const HOST = 'help.openai.com';
const MEGABYTE = 1024 * 1024;

/** A page changes once in so many hours, each in its own. */
const HOURS_A_VERSION = 120;

/** Serves pages that change now and then, to those who ask whether they did; keeps nothing. */
async function openHelpCentre(clock: { now(): string }) {
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') return void response.writeHead(404).end();
    const page = Number(/articles\/(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
    const hours = elapsed(START, clock.now()) / (60 * MINUTE) + page * 7;
    const version = Math.floor(hours / HOURS_A_VERSION);
    const etag = `"${page}-${version}"`;
    // One in five never says that nothing changed.
    if (page % 5 !== 0 && request.headers['if-none-match'] === etag) {
      return void response.writeHead(304, { etag }).end();
    }
    response.writeHead(200, { etag, 'content-type': 'text/html; charset=utf-8' });
    return void response.end(helpPage(page, version));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function helpPage(page: number, version: number): string {
  const lines = Array.from(
    { length: 12 },
    (_, n) =>
      `<p>Step ${n} of article ${page}: open the settings and choose what fits you best.</p>`,
  );
  const model = page % 10 === 0 ? 'gpt-image-2' : 'the model';
  return `<!doctype html><html lang="en"><title>Article ${page}</title><body><article>
<h1>Article ${page}</h1>${lines.join('\n')}
<p>As of revision ${version}, ${model} takes ${8 + version} images a minute.</p></article></body></html>`;
}

interface Reading {
  heap: number;
  rss: number;
  handles: number;
  record: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function readingOf(record: string): Reading {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  const files = [record, `${record}-wal`].map((path) => statSync(path, { throwIfNoEntry: false }));
  return {
    heap: heapUsed / MEGABYTE,
    rss: rss / MEGABYTE,
    handles: readdirSync('/proc/self/fd').length,
    record: files.reduce((sum, file) => sum + (file?.size ?? 0), 0) / MEGABYTE,
  };
}

interface Trial {
  days: number;
  targets: number;
  every: '1h' | '1d';
  /** How far the clock is put on between two passes, in milliseconds. */
  step: number;
  /** Fewer checks of a target than this a day would be too few. */
  leastADay: number;
}

const MONTH: Trial = {
  ...{ days: amount(2, 30), targets: amount(10, 500), every: '1h', leastADay: 14 },
  step: amount(30, 5) * MINUTE,
};
const WEEK: Trial = {
  ...{ days: amount(2, 7), targets: amount(40, 10_000), every: '1d', leastADay: 0.6 },
  step: amount(240, 20) * MINUTE,
};

it.each([
  ['a month of hourly checks', MONTH],
  ['a week of ten thousand targets', WEEK],
])('%s leaves memory and handles flat', { timeout: TIMEOUT }, async (_name, trial) => {
  const { days, targets, every, step, leastADay } = trial;
  const clock = manualClock(START);
  const [site, mail] = [await openHelpCentre(clock), await startMailServer()];
  const folder = temporaryFolder();
  const record = join(folder, 'firsthand.db');
  const config = join(folder, 'config.yaml');
  const pages = Array.from({ length: targets }, (_, n) => `https://${HOST}/en/articles/${n}-page`);
  writeFileSync(
    config,
    JSON.stringify({
      store: `sqlite:${record}`,
      follow: { subjects: ['gpt-image-2'] },
      watchers: only({ 'openai-help': { every, pages } }),
      fetch: { contact: 'https://test.example', hosts: { [HOST]: site.origin } },
      channels: {
        mail: {
          ...{ kind: 'email', host: mail.host, port: mail.port, tls: 'none' },
          ...{ from: 'a@test.example', to: ['b@test.example'] },
        },
      },
      routes: [{ name: 'everything', to: ['mail'] }],
      alerts: { heartbeat: '0 9 * * *' },
      retention: { snapshots: '7d', keep: 2, checks: '7d', every: '30 4 * * *' },
      log: { level: 'silent' },
    }),
  );
  const open = await openPipeline({ config, db: null, environment: {}, folder });
  const fetcher = fetcherOf(open.config, clock);
  const channels = channelsOf(open.config);
  const random = seededNumbers(Number(process.env['FIRSTHAND_SEED']));
  const context = { ...livePipeline(open, fetcher, clock), jitter: random };
  const runtime = {
    ...{ config: open.config, context, fetcher, channels, limits: limitsOf(open.config) },
    readWatchlist: () => Promise.resolve(open.watchlist),
    ...{ wanted: new Set<never>(), subjects: 0 },
  };
  await open.store.workPlan.plan(plannedWork(open.config, clock.now()));
  const { signal } = new AbortController();
  const readings: Reading[] = [];
  let [checks, mails] = [0, 0];
  const begun = performance.now();
  for (let day = 1; day <= days; day += 1) {
    while (elapsed(START, clock.now()) < day * DAY) {
      const pass = { watchers: [], due: true, concurrency: 8, deadline: MINUTE, signal };
      const { reports } = await runOnce(context, open.watchlist, {
        ...pass,
        onChecked: () => undefined,
      });
      checks += reports.length;
      await runScheduledWork(runtime, open.store, clock, signal);
      await deliverDue(context, channels, clock, signal);
      clock.set(plus(clock.now(), step));
    }
    // What the far side has kept is not ours.
    mails += mail.mails.splice(0).length;
    readings.push(readingOf(record));
  }
  const seconds = (performance.now() - begun) / 1_000;
  const { queued, dead } = await open.store.reads.outboxDepth();
  await closeChannels(channels);
  await fetcher.close();
  await open.close();
  await Promise.all([site.close(), mail.close()]);

  expect(checks).toBeGreaterThan(targets * leastADay * days);
  expect([queued, dead]).toEqual([0, 0]);
  expect(mails).toBeGreaterThanOrEqual(days);
  show(trial, readings, { checks, seconds, mails });
  // The first days fill caches; from then on nothing may add up.
  const early = readings[Math.min(2, readings.length - 1)];
  const late = readings.at(-1);
  if (early === undefined || late === undefined) throw new Error('No day has passed.');
  expect(late.heap).toBeLessThan(early.heap * 1.2 + 10);
  // A connection that is kept for a while has two ends here, and may be open at one reading and not at another.
  expect(late.handles).toBeLessThanOrEqual(early.handles + 10);
});

function show(
  { days, targets, every }: Trial,
  readings: readonly Reading[],
  { checks, seconds, mails }: { checks: number; seconds: number; mails: number },
): void {
  figure(`${days} days at ${targets} targets, each ${every}: checks, mails`, `${checks}, ${mails}`);
  figure('  checks a second', Math.round(checks / seconds));
  for (const [at, { heap, rss, handles, record }] of readings.entries()) {
    if (at % 5 !== 4 && at !== 0 && at !== 2) continue;
    const memory = `heap ${heap.toFixed(1)} MB, resident ${rss.toFixed(0)} MB`;
    figure(`  day ${at + 1}`, `${memory}, ${handles} handles, record ${record.toFixed(1)} MB`);
  }
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < 2) return;
  const growth = (last.record - first.record) / (readings.length - 1);
  figure('  the database grows a day, everything included', `${growth.toFixed(2)} MB`);
}
