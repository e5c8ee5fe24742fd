// Replay of real captures: the polls of the model list, the seeds, three days of documentation. Other documents warm the
// process up before, in a database of their own: the recorded launch, and the program's own documentation in two versions.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOptions, compiled, corpus, needCorpus, root, scratch } from '../support/project.mjs';
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

/**
 * Pages of Markdown as a recording, a page a capture.
 * @param {string} name
 * @param {readonly { day: string, url: string | undefined, text: string }[]} pages
 */
function recordingOf(name, pages) {
  const place = join(folder, name);
  mkdirSync(place);
  const contentType = 'text/markdown; charset=utf-8';
  const captures = pages.map(({ day, url, text }) => ({
    ...{ at: `${day}T09:00:00Z`, url, status: 200, contentType, text },
  }));
  const lines = [{ version: 1, name }, ...captures].map((line) => JSON.stringify(line));
  writeFileSync(join(place, 'recording.jsonl'), `${lines.join('\n')}\n`);
  return join(place, 'recording.jsonl');
}

/** The documentation of three days. */
function documentation() {
  const pages = DAYS.flatMap((day) =>
    readdirSync(join(corpus, 'openai-docs', day)).map((file) => ({
      ...{ day, url: ADDRESSES[file] },
      text: readFileSync(join(corpus, 'openai-docs', day, file), 'utf8'),
    })),
  );
  return recordingOf('openai-docs', pages);
}

/** The program's own documentation where a vendor's would be: each page in two versions, every line of the second altered. */
function otherDocumentation() {
  const addresses = Object.values(ADDRESSES);
  const files = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
  const pages = files.flatMap((file, index) => {
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    return [text, text.replace(/(?<=\w)$/gm, ' again')].map((version, later) => ({
      day: `2026-${String(later + 1).padStart(2, '0')}-${String(index + 1).padStart(2, '0')}`,
      ...{ url: addresses[index % addresses.length], text: version },
    }));
  });
  return recordingOf(
    'own-docs',
    pages.sort((a, b) => a.day.localeCompare(b.day)),
  );
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

const warming = await openPipeline(appOptions(scratch()));
await run(warming, otherDocumentation());
await run(warming, join(root, 'data', 'recordings', 'gpt-image-2-launch', 'recording.yaml'));
await warming.close();

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
