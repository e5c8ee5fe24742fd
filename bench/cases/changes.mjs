// What a page costs that changed, replayed without a network: a changelog, a long feed, a changelog among ten thousand
// other targets, and one more voice on a subject that ten thousand have spoken of.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillRecord } from '../support/fill.mjs';
import { appOptions, compiled, scratch } from '../support/project.mjs';
import { cpuSeconds, figure, median } from '../support/report.mjs';

const VERSIONS = 30;
const { openPipeline } = await compiled('app/build-pipeline.js');
const { replayAll } = await compiled('operations/replay.js');

/**
 * Milliseconds of a processor that each capture of a recording costs, the median of all but the first few: the first is
 * the baseline. `prepare` may fill the store before.
 */
async function costOf(lines, prepare = async () => undefined) {
  const folder = scratch();
  const recording = join(folder, 'recording.jsonl');
  const head = { version: 1, name: 'bench' };
  writeFileSync(recording, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  await prepare(folder);
  const open = await openPipeline(appOptions(folder));
  const costs = [];
  let spent = cpuSeconds();
  await replayAll(open, [recording], {
    until: null,
    onEvent(event) {
      if (event.kind === 'checked') {
        if (event.report.error !== null) throw event.report.error;
        costs.push((cpuSeconds() - spent) * 1_000);
      }
      spent = cpuSeconds();
    },
  });
  await open.close();
  if (costs.length !== lines.length) throw new Error(`${costs.length} captures were checked.`);
  return median(costs.slice(5));
}

/** @param {number} n */
function momentOf(n) {
  return new Date(Date.UTC(2026, 0, 5, 0, n * 5)).toISOString();
}

/** A changelog of 31 KB that gets an entry on top each time, and loses none. */
function changelogs(note = (n) => `Note ${n}`) {
  const prose =
    'The field that says how long an answer may be now counts what is thought before it, too. ';
  const entry = (n) =>
    `### Jan 5\n\nUpdate · API: v1/responses\n\n${note(n)}: ${prose.repeat(3)}\n`;
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

/** Pages of strangers, registered and known to the database. */
function amongTargets(count) {
  return async (folder) => {
    const { openStore } = await compiled('store/open.js');
    const { targetId } = await compiled('domain/ids.js');
    const store = await openStore({ url: join(folder, 'bench.db') });
    const targets = Array.from({ length: count }, (_, n) => {
      const url = `https://outlet-${n}.example/story`;
      return {
        id: targetId('reports', url),
        watcher: 'reports',
        kind: 'report',
        url,
        subject: null,
      };
    });
    await store.targets.register(targets, momentOf(0));
    await store.close();
  };
}

figure(
  'a changelog of 31 KB with one new entry, of the processor',
  await costOf(changelogs()),
  'ms',
  'at most 15',
);
figure('a feed of 1,000 entries, one of them new', await costOf(feeds()), 'ms', 'at most 30');
const naming = () => changelogs((n) => `We updated gpt-5.4 for the ${n}th time`);
const few = await costOf(naming(), amongTargets(100));
const many = await costOf(naming(), amongTargets(10_000));
figure('a changed page that names a model, among 100 targets', few, 'ms');
figure('  among 10,000, against that', many / few, 'times', 'at most 1.2');
const crowded = await costOf(
  changelogs((n) => `We updated gpt-image-2 for the ${n}th time`),
  (folder) => fillRecord(join(folder, 'bench.db'), { subjects: 1, evidencePerSubject: 10_000 }),
);
figure('one more on a subject with 10,000 pieces of evidence', crowded, 'ms', 'at most 20');
