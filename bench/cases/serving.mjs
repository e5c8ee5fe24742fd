// Requests a second, median and 99th percentile of board, status and feed, kept and not, against a bare answer of hono;
// and how they grow from ten thousand to a million pieces of evidence.
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Pool } from 'undici';
import { fillRecord } from '../support/fill.mjs';
import { appOptions, compiled, scratch } from '../support/project.mjs';
import { figure, median } from '../support/report.mjs';

const { openLiveDatabase } = await compiled('app/live-database.js');
const { siteOver } = await compiled('web/site.js');
const { USUAL_LIMITS } = await compiled('web/site-options.js');
const { manualClock } = await compiled('domain/clock.js');
const { openLog } = await compiled('log.js');

const REQUESTS = 200;
const AT_ONCE = 4;
const NOW = '2026-11-01T00:00:00.000Z';

/** 200 subjects with 50 pieces each, and each piece so many times over. */
const SIZES = [
  { pieces: 10_000, copies: 0 },
  { pieces: 1_000_000, copies: 99 },
];

/**
 * @param {string} url
 * @param {(n: number) => string} pathOf
 */
async function load(url, pathOf, requests = REQUESTS, atOnce = AT_ONCE) {
  const pool = new Pool(url, { connections: atOnce });
  const times = /** @type {number[]} */ ([]);
  let next = 0;
  const work = async () => {
    for (let n = next++; n < requests; n = next++) {
      const since = performance.now();
      const { statusCode, body } = await pool.request({ path: pathOf(n), method: 'GET' });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${pathOf(n)}: ${statusCode}`);
      times.push(performance.now() - since);
    }
  };
  const since = performance.now();
  await Promise.all(Array.from({ length: atOnce }, work));
  const took = performance.now() - since;
  await pool.close();
  const sorted = times.sort((a, b) => a - b);
  return {
    rate: requests / (took / 1_000),
    median: median(sorted),
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

/**
 * @param {Hono} site
 * @param {(url: string) => Promise<void>} measure
 */
async function served(site, measure) {
  const server = serve({ fetch: site.fetch, port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await measure(`http://127.0.0.1:${port}`);
  await new Promise((resolve) => server.close(resolve));
}

/**
 * @param {string} what
 * @param {{ rate: number, median: number, p99: number }} found
 */
function tell(what, found, goal = '') {
  figure(`${what}: requests`, found.rate, 'a second');
  figure('  median', found.median, 'ms', goal);
  figure('  99th percentile', found.p99, 'ms');
}

const bare = new Hono().get('/', (context) => context.text('x'.repeat(8_000)));
await served(bare, async (url) => {
  await load(url, () => '/');
  tell('a bare answer of hono', await load(url, () => '/', 5 * REQUESTS));
});

/** A moment of its own for each request, so that no kept answer serves it. */
const moment = (/** @type {number} */ n) =>
  new Date(Date.parse(NOW) - n * 1_000).toISOString().slice(0, 19);
const PATHS = /** @type {const} */ ([
  ['board', '/'],
  ['status', '/api/v1/subjects/gpt-image-2'],
  ['feed', '/feeds/all.atom'],
]);
const firsts = new Map();

for (const { pieces, copies } of SIZES) {
  const folder = scratch();
  await fillRecord(join(folder, 'bench.db'), { subjects: 200, evidencePerSubject: 50, copies });
  const live = await openLiveDatabase(appOptions(folder));
  const site = siteOver({
    ...{ live, clock: manualClock(NOW), log: await openLog({ level: 'silent' }), version: '0' },
    ...{ publicUrl: null, hosts: [], isStatic: false, writing: null },
    limits: { ...USUAL_LIMITS, rate: { points: 1_000_000, duration: 60 } },
  });
  const size = `${pieces.toLocaleString('en')} pieces`;
  await served(site, async (url) => {
    for (const [name, path] of PATHS) {
      tell(`${name}, kept, ${size}`, await load(url, () => path));
      // One after another: what is measured is what the server takes for one, and no queue before it.
      const anew = await load(url, (n) => `${path}?as-of=${moment(n)}`, 40, 1);
      tell(`${name}, made anew, ${size}`, anew, name === 'board' ? 'under 100' : '');
      const first = firsts.get(name);
      if (first === undefined) firsts.set(name, anew.median);
      else figure(`  ${name}: growth of the median`, anew.median / first, 'times', 'under 1.5');
    }
  });
  await live.close();
}
