// What a page read by browser costs, and whether Chromium grows over two hundred of them when nothing starts it afresh.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
// biome-ignore lint/correctness/useImportExtensions: a plain JavaScript file, with its types beside it
import { findChromium } from '../../scripts/chromium.mjs';
import { compiled } from '../support/project.mjs';
import { figure, median, skip } from '../support/report.mjs';

const PAGES = 200;
const EARLY = 20;
const MB = 1024 * 1024;

if ((await findChromium()) === null) skip('there is no Chromium; npm run setup installs one');

const { openFetchContext } = await compiled('fetch/open-fetch-context.js');
const { browserFetcher } = await compiled('fetch/browser.js');
const { openChromium } = await compiled('fetch/chromium.js');
const { systemClock } = await compiled('domain/clock.js');

const server = spawn(process.execPath, [join(import.meta.dirname, '../support/page-server.mjs')]);
const [said] = await once(server.stdout, 'data');
const origin = `http://127.0.0.1:${JSON.parse(said).port}`;
const chromium = openChromium({ pages: PAGES + 1, memoryMark: Number.POSITIVE_INFINITY });
const agent = { version: '0.0.0', contact: null };
const context = openFetchContext({ clock: systemClock, agent, allow: ['127.0.0.1'], gap: 0 });
const fetcher = browserFetcher(context, chromium);

const times = [];
/** @type {number[]} */
const memory = [];
for (let page = 1; page <= PAGES; page += 1) {
  const start = performance.now();
  const request = { url: `${origin}/page-${page}`, via: 'browser', validators: null };
  const outcome = await fetcher.fetch(
    { ...request, screenshot: false },
    new AbortController().signal,
  );
  if (outcome.kind !== 'fetched') throw outcome.error ?? new Error(outcome.kind);
  times.push(performance.now() - start);
  if (page % EARLY === 0) memory.push(((await chromium.memory()) ?? Number.NaN) / MB);
}
await chromium.close();
await context.close();
server.kill();

const [early = Number.NaN] = memory;
const late = memory.at(-1) ?? Number.NaN;
figure('the first page, with the start of Chromium', times[0] / 1_000, 's');
figure('a page of 31 KB by browser, median', median(times) / 1_000, 's');
figure(`memory of Chromium after ${EARLY} pages, shared pages once`, early, 'MB');
figure(`memory of Chromium after ${PAGES} pages`, late, 'MB');
figure(`  against that after ${EARLY}`, late / early, 'of 1', 'at most 1.3');
