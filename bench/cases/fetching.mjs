// Checks of pages that did not change, through the whole line and over loopback, against a bare loop of requests; what a
// changed page and a long feed cost; and the memory of a thousand targets.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { only, writeConfig } from '../support/daemon.mjs';
import { appOptions, compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

const TARGETS = 1_000;
/** As many at once as a daemon has under way, so that both sides wait for the site alike. */
const AT_ONCE = 8;
const VERSIONS = 30;

const { runCheck } = await compiled('operations/check.js');
const { openPipeline } = await compiled('app/build-pipeline.js');
const { replayAll } = await compiled('operations/replay.js');

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
    const ends = [];
    const { reports } = await runCheck(app, {
      ...{ watchers: ['reports'], due: false, signal: new AbortController().signal },
      onChecked: () => ends.push(performance.now()),
    });
    const failed = reports.find(({ error }) => error !== null);
    if (failed !== undefined) throw failed.error;
    // From the first to the last, without what opening and closing cost.
    return { reports, rate: ((ends.length - 1) * 1_000) / (ends.at(-1) - ends[0]) };
  };
  const first = await pass();
  const again = await pass();
  if (again.reports.some(({ unchanged }) => !unchanged)) throw new Error('A page changed.');
  return { first: first.rate, unchanged: again.rate };
}

/** What a program does that only asks and hashes. */
async function bareLoop() {
  let left = TARGETS * 2;
  const begun = performance.now();
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
  return (TARGETS * 2_000) / (performance.now() - begun);
}

/** Times each capture of a recording after the first, which is the baseline. */
async function timesOf(lines) {
  const folder = scratch();
  const recording = join(folder, 'recording.jsonl');
  const head = { version: 1, name: 'bench' };
  writeFileSync(recording, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  const open = await openPipeline(appOptions(folder));
  const times = [];
  const cpu = [];
  let last = performance.now();
  let spent = cpuSeconds();
  await replayAll(open, [recording], {
    until: null,
    onEvent(event) {
      if (event.kind === 'checked') {
        if (event.report.error !== null) throw event.report.error;
        times.push(performance.now() - last);
        cpu.push((cpuSeconds() - spent) * 1_000);
      }
      last = performance.now();
      spent = cpuSeconds();
    },
  });
  await open.close();
  if (times.length !== lines.length) throw new Error(`${times.length} captures were checked.`);
  return { wall: median(times.slice(5)), cpu: median(cpu.slice(5)) };
}

/** @param {number} n */
function momentOf(n) {
  return new Date(Date.UTC(2026, 0, 5, 0, n * 5)).toISOString();
}

/** A changelog of 31 KB that gets an entry on top each time, and loses none. */
function changelogs() {
  const prose =
    'The field that says how long an answer may be now counts what is thought before it, too. ';
  const entry = (n) => `### Jan 5\n\nUpdate · API: v1/responses\n\nNote ${n}: ${prose.repeat(3)}\n`;
  return Array.from({ length: VERSIONS }, (_, version) => ({
    ...{ at: momentOf(version), url: 'https://developers.openai.com/api/docs/changelog.md' },
    ...{ status: 200, contentType: 'text/markdown; charset=utf-8' },
    text: `# Changelog\n\n## January, 2026\n\n${Array.from({ length: 75 + version }, (_, n) =>
      entry(75 + version - n),
    ).join('\n')}`,
  }));
}

/** A feed of a thousand entries of which one is new each time. */
function feeds() {
  const entry = (n) =>
    `<item><title>Story ${n} of the workshop</title><link>https://openai.com/index/story-${n}</link><guid>https://openai.com/index/story-${n}</guid><description>What was made in week ${n}, and by whom.</description><pubDate>${new Date(Date.UTC(2020, 0, n)).toUTCString()}</pubDate></item>`;
  return Array.from({ length: VERSIONS }, (_, version) => ({
    ...{ at: momentOf(version), url: 'https://openai.com/news/rss.xml' },
    ...{ status: 200, contentType: 'application/rss+xml; charset=utf-8' },
    text: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>OpenAI News</title><link>https://openai.com/news</link><description>News</description>${Array.from(
      { length: 1_000 },
      (_, n) => entry(1_000 + version - n),
    ).join('')}</channel></rss>`,
  }));
}

const line = await unchangedChecks();
const peak = peakMemory();
const bare = await bareLoop();
server.kill();
figure('a bare loop of GET and SHA-256, a page of 31 KB', bare, 'a second');
figure('unchanged checks (304) through the whole line', line.unchanged, 'a second');
figure('  against the bare loop', line.unchanged / bare, 'of 1', 'at least 0.4');
figure('first checks, with robots.txt, reading and storing', line.first, 'a second');
figure('peak memory with 1,000 targets', peak, 'MB');

const changed = await timesOf(changelogs());
figure('a changelog of 31 KB with one new entry, median', changed.wall, 'ms', 'under 8');
figure('  of the processor', changed.cpu, 'ms');
const feed = await timesOf(feeds());
figure('a feed of 1,000 entries, one of them new, median', feed.wall, 'ms', 'under 60');
figure('  of the processor', feed.cpu, 'ms');
