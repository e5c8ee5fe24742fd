// How long a page of somebody else takes to read: main text, names, statements. One core, warm.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, root } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

const { loadCatalog } = await compiled('config/catalog.js');
const { openSubjectIndex } = await compiled('reader/subject-index.js');
const { ruleReader } = await compiled('reader/rule-reader.js');
const { pageItem } = await compiled('core/extract/page-item.js');

const catalog = await loadCatalog(join(root, 'data', 'catalog'));
const index = openSubjectIndex(catalog, []);
const reader = ruleReader(catalog, index.names);
const watcher = { id: 'reports', version: 1, kind: 'report', vendor: null };
const publisher = {
  ...{ domain: 'blog.example', name: 'Blog', class: 'S3', group: 'blog.example', vendor: null },
};

/** The paragraphs of the recorded pages, all of them about models. */
function paragraphs() {
  const folder = join(root, 'data', 'recordings', 'gpt-image-2-launch', 'pages');
  const pages = readdirSync(folder).filter((file) => /^(?!.*-(ja|de)\.).*\.html$/.test(file));
  const texts = pages.map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) => text.match(/<(p|li|h2)>[\s\S]*?<\/\1>/g) ?? []);
}

/**
 * A page of which a share is text about models, and the rest what sites put around it.
 * @param {number} size
 * @param {number} share
 */
function pageOf(size, share) {
  const parts = paragraphs();
  let body = '';
  for (let index = 0; body.length < size * share; index += 1)
    body += `${parts[index % parts.length]}\n`;
  let around = '';
  for (let index = 0; around.length < (size - body.length) / 2; index += 1)
    around += `<li class="menu-item menu-item-${index}"><a class="link link--quiet" href="/topics/${index}?from=menu">Topic number ${index}</a></li>`;
  const script = `<script>window.state=${JSON.stringify(around)}</script>`;
  return `<!doctype html><html lang="en"><head><title>What is known of GPT Image 2</title></head><body><nav><ul>${around}</ul></nav><main><article><h1>What is known of GPT Image 2</h1>${body}</article></main>${share < 1 ? script : ''}</body></html>`;
}

/**
 * @param {number} size
 * @param {number} share
 * @param {number} runs
 */
async function timesOf(size, share, runs) {
  const body = pageOf(size, share);
  const at = '2026-04-21T10:00:00.000Z';
  const times = [];
  const cpu = [];
  for (let run = 0; run < runs + 5; run += 1) {
    const start = performance.now();
    const spent = cpuSeconds();
    const item = pageItem({
      ...{ body, contentType: 'text/html; charset=utf-8' },
      finalUrl: `https://blog.example/${run}`,
    });
    const [read] = await reader.read(watcher, [{ item, publisher, at }]);
    if (read.statements.length === 0) throw new Error('nothing was read');
    if (run < 5) continue;
    times.push(performance.now() - start);
    cpu.push((cpuSeconds() - spent) * 1000);
  }
  return { wall: median(times), cpu: median(cpu) };
}

/** Of the pages looked at, a fifth to a third was text: 5 to 7 KB. */
const USUAL = 0.25;

for (const [size, share, runs, target] of /** @type {const} */ ([
  [30_000, USUAL, 120, 'under 12'],
  [300_000, USUAL, 20, 'under 120'],
  [30_000, 1, 60, ''],
  [300_000, 1, 12, ''],
])) {
  const { wall, cpu } = await timesOf(size, share, runs);
  const kind = share === 1 ? 'nothing but text about models' : 'a quarter of it text';
  figure(`a page of ${size / 1000} KB, ${kind}: read, median`, wall, 'ms', target);
  figure('  of the processor', cpu, 'ms');
}
figure('peak memory', peakMemory(), 'MB');
