// Replay of real captures: the polls of the model list, the seeds, three days of documentation.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOptions, compiled, corpus, needCorpus, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, median, peakMemory } from '../support/report.mjs';

needCorpus();
const { openPipeline } = await compiled('app/build-pipeline.js');
const { replayAll } = await compiled('operations/replay.js');

const folder = scratch();
const DAYS = ['2026-02-26', '2026-04-03', '2026-05-29'];
const ADDRESSES = {
  'deprecations.md': 'https://developers.openai.com/api/docs/deprecations.md',
  'pricing.md': 'https://developers.openai.com/api/docs/pricing.md',
  'latest-model.md': 'https://developers.openai.com/api/docs/guides/latest-model.md',
  'image-generation.md': 'https://developers.openai.com/api/docs/guides/image-generation.md',
};

/** The documentation of three days as a recording, a page a capture. */
function documentation() {
  const place = join(folder, 'docs');
  mkdirSync(place);
  const lines = [JSON.stringify({ version: 1, name: 'openai-docs' })];
  for (const day of DAYS) {
    for (const file of readdirSync(join(corpus, 'openai-docs', day))) {
      const text = readFileSync(join(corpus, 'openai-docs', day, file), 'utf8');
      const at = `${day}T09:00:00Z`;
      const contentType = 'text/markdown; charset=utf-8';
      lines.push(JSON.stringify({ at, url: ADDRESSES[file], status: 200, contentType, text }));
    }
  }
  writeFileSync(join(place, 'recording.jsonl'), `${lines.join('\n')}\n`);
  return join(place, 'recording.jsonl');
}

/** Runs a recording: what each capture costs, in milliseconds of the processor, by whether it changed anything. */
async function run(open, recording) {
  const times = { unchanged: [], changed: [] };
  let last = cpuSeconds();
  await replayAll(open, [recording], {
    until: null,
    onEvent(event) {
      const now = cpuSeconds();
      if (event.kind === 'checked') {
        (event.report.unchanged ? times.unchanged : times.changed).push((now - last) * 1_000);
      }
      last = cpuSeconds();
    },
  });
  return times;
}

const polls = join(corpus, 'openai-models-api', 'recording.jsonl.gz');

const open = await openPipeline(appOptions(folder));
const list = await run(open, polls);
figure('one unchanged capture, of the processor', median(list.unchanged), 'ms', 'at most 0.7');
figure('model-list polls, changed (111 to 130 rows), median', median(list.changed), 'ms');
const docs = await run(open, documentation());
const seeds = await run(open, join(corpus, 'seeds', 'recording.yaml'));
const changed = [...docs.changed, ...seeds.changed];
figure('one changed document, median', median(changed), 'ms', 'at most 15');
const { snapshots, bodies, rawBytes, storedBytes } = await open.store.snapshots.count();
await open.close();
figure('peak memory', peakMemory(), 'MB', 'under 250');

const captures = list.unchanged.length + list.changed.length + changed.length;
const file = statSync(join(folder, 'bench.db')).size;
figure('snapshots kept, and distinct bodies', `${snapshots} / ${bodies}`, '');
figure('bodies on disk against raw bytes', storedBytes / rawBytes, 'of 1');
figure('bytes on disk per capture, everything included', file / captures, 'bytes');
