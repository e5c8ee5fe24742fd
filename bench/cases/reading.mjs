// How long a page of somebody else takes to read: main text, names, statements. One core, warm.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, root } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

const { loadCatalog } = await compiled('config/catalog.js');
const { openNameBook } = await compiled('app/name-book.js');
const { pageReader } = await compiled('app/reading/page-reader.js');
const { pageItem } = await compiled('core/extract/page-item.js');

const catalog = await loadCatalog(join(root, 'data', 'catalog'));
const book = openNameBook(catalog, []);
const reader = pageReader(catalog, book.names);
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

/** @param {number} size */
function pageOf(size) {
  const parts = paragraphs();
  let body = '';
  for (let index = 0; body.length < size; index += 1) body += `${parts[index % parts.length]}\n`;
  return `<!doctype html><html lang="en"><head><title>What is known of GPT Image 2</title></head><body><main><article><h1>What is known of GPT Image 2</h1>${body}</article></main></body></html>`;
}

/**
 * @param {number} size
 * @param {number} runs
 */
async function timesOf(size, runs) {
  const body = pageOf(size);
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

for (const [size, runs, target] of /** @type {const} */ ([
  [30_000, 60, 'under 12'],
  [300_000, 12, 'under 120'],
])) {
  const { wall, cpu } = await timesOf(size, runs);
  figure(`a page of ${size / 1000} KB, read, median`, wall, 'ms', target);
  figure('  of the processor', cpu, 'ms');
}
figure('peak memory', peakMemory(), 'MB');
