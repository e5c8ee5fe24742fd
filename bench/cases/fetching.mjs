// Checks of pages that did not change, through the whole line and over loopback, in turn with a bare loop of requests; and
// the memory of a thousand targets.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { request } from 'undici';
import { only, writeConfig } from '../support/daemon.mjs';
import { compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

const TARGETS = 1_000;
/** As many at once as a daemon has under way, so that both sides wait for the site alike. */
const AT_ONCE = 8;
const ROUNDS = 5;

const { runCheck } = await compiled('operations/check.js');

const server = spawn(process.execPath, [join(import.meta.dirname, '../support/page-server.mjs')]);
const [said] = await once(server.stdout, 'data');
const origin = `http://127.0.0.1:${JSON.parse(said).port}`;

/** One pass over all targets, each at a host of its own: politeness costs nothing then. */
async function unchangedChecks() {
  const folder = scratch();
  const hosts = Array.from({ length: TARGETS }, (_, n) => `outlet-${n}.example`);
  const pages = hosts.map((host) => `https://${host}/story`);
  const config = writeConfig(folder, {
    store: `sqlite:${join(folder, 'bench.db')}`,
    watchers: only({ reports: { every: '1d', pages } }),
    fetch: {
      contact: 'https://bench.example',
      hosts: Object.fromEntries(hosts.map((host) => [host, origin])),
    },
    daemon: { concurrency: AT_ONCE },
    log: { level: 'silent' },
  });
  const app = { config, db: join(folder, 'bench.db'), environment: {}, folder };
  const pass = async () => {
    // Asking what was spent costs half as much as a check: it is asked at the first end and at the last.
    const ends = [];
    let ended = 0;
    const { reports } = await runCheck(app, {
      ...{ watchers: ['reports'], due: false, signal: new AbortController().signal },
      onChecked() {
        ended += 1;
        if (ended === 1 || ended === TARGETS)
          ends.push({ at: performance.now(), cpu: cpuSeconds() });
      },
    });
    const failed = reports.find(({ error }) => error !== null);
    if (failed !== undefined) throw failed.error;
    // From the first to the last, without what opening and closing cost.
    const [first, last] = ends;
    const checks = TARGETS - 1;
    return {
      reports,
      rate: (checks * 1_000) / (last.at - first.at),
      cpu: ((last.cpu - first.cpu) * 1_000) / checks,
    };
  };
  const first = await pass();
  const costs = { unchanged: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const again = await pass();
    if (again.reports.some(({ unchanged }) => !unchanged)) throw new Error('A page changed.');
    const bare = await bareLoop();
    // The first round warms up.
    if (round === 0) continue;
    costs.unchanged.push(again.cpu);
    costs.bare.push(bare);
  }
  return { first: first.rate, unchanged: median(costs.unchanged), bare: median(costs.bare) };
}

/** What a program costs that only asks and hashes, in milliseconds of a processor for each page. */
async function bareLoop() {
  let left = TARGETS;
  const begun = cpuSeconds();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) {
        const { body } = await request(`${origin}/story`);
        createHash('sha256')
          .update(Buffer.from(await body.arrayBuffer()))
          .digest('hex');
      }
    }),
  );
  return ((cpuSeconds() - begun) * 1_000) / TARGETS;
}

const line = await unchangedChecks();
const peak = peakMemory();
server.kill();
figure('first checks, with robots.txt, reading and storing', line.first, 'a second');
figure('a bare GET and SHA-256 of a page of 31 KB, of the processor', line.bare, 'ms');
figure('an unchanged check (304) through the whole line', line.unchanged, 'ms');
figure('  the bare one against it', line.bare / line.unchanged, 'of 1', 'at least 0.6');
figure('peak memory with 1,000 targets', peak, 'MB');
