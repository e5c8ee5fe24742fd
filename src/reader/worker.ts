import { parentPort } from 'node:worker_threads';
import type { Subject } from '../domain/subject.ts';
import type { Watcher } from '../domain/watcher.ts';
import { watchersFolder } from '../package-root.ts';
import { openRegistry } from '../watch/registry.ts';
import { type RuleReader, ruleReader } from './rule-reader.ts';
import { catalogOf, openSubjectIndex } from './subject-index.ts';
import { type Answer, type Question, sentError } from './worker-messages.ts';

/** What runs in a reading thread: one page after the other, as the main thread asks. */

const [catalog, registry] = await Promise.all([catalogOf(), openRegistry(watchersFolder())]);
let book = openSubjectIndex(catalog, []);
let known = 0;
const reader = ruleReader(catalog, () => book.names());

/** Names only ever grow, so that their number tells whether there are new ones. */
function learn(learned: readonly Subject[]): void {
  if (learned.length === known) return;
  book = openSubjectIndex(catalog, learned);
  known = learned.length;
}

function watcherNamed(id: string): Watcher {
  const watcher = registry.get(id);
  if (watcher === null) throw new Error(`There is no watcher ${id} in the thread that reads.`);
  return watcher;
}

async function answered(
  question: Question,
  { extract, read, originOf }: RuleReader,
): Promise<Answer> {
  switch (question.kind) {
    case 'extract': {
      const { watcher, capture, before } = question;
      const found = await extract(watcherNamed(watcher), capture, before);
      return found.kind === 'items' ? found : { ...found, error: sentError(found.error) };
    }
    case 'read': {
      const { watcher, entries } = question;
      return { kind: 'readings', readings: await read(watcherNamed(watcher), entries) };
    }
    case 'origin':
      return { kind: 'origin', fields: await originOf(question.page) };
  }
}

parentPort?.on('message', async (question: Question) => {
  try {
    learn(question.learned);
    parentPort?.postMessage(await answered(question, reader));
  } catch (thrown) {
    parentPort?.postMessage({ kind: 'failed', error: sentError(thrown) } satisfies Answer);
  }
});
// Whoever started the thread waits for its first message.
parentPort?.postMessage('ready');
