import { availableParallelism } from 'node:os';
import type { Extraction } from '../core/extract/extraction.ts';
import { Bug, ExtractError, FetchError } from '../domain/errors.ts';
import type { Subject } from '../domain/subject.ts';
import { MINUTE, SECOND } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { RuleReader } from './rule-reader.ts';
import { type Answer, type Asked, type Question, receivedError } from './worker-messages.ts';
import { openWorkerPool, type WorkerPool } from './worker-pool.ts';

/** From how many bytes, or characters of text, a page is large; where they come from stands in docs/reading.md. */
const LARGE = 64 * 1024;
/** The same for pages of strangers, who may write them to be read slowly. */
const LARGE_OF_OTHERS = 8 * 1024;

function isLarge({ vendor }: Pick<Watcher, 'vendor'>, size: number): boolean {
  return size >= (vendor === null ? LARGE_OF_OTHERS : LARGE);
}

/** How long one step of reading a page may take. */
const LIMIT = 10 * SECOND;

/** In megabytes; a page of 20 MB, the largest that is fetched, takes half of it. */
const MEMORY = 1024;

const MOST_THREADS = 4;

/** Threads for this machine, one core of which is left to the line. */
export function readingWorkers(file: string): WorkerPool {
  const most = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1));
  return openWorkerPool({ file, most, limit: LIMIT, idle: MINUTE, memory: MEMORY });
}

/** Reads large pages in threads, where one that takes too long can be given up, and all others as `here` does. */
export function workerReader(
  here: RuleReader,
  threads: WorkerPool,
  learned: () => readonly Subject[],
): RuleReader {
  const ask = async (asked: Asked): Promise<Answer> => {
    const question: Question = { ...asked, learned: learned() };
    const answer = (await threads.ask(question)) as Answer;
    if (answer.kind === 'failed') throw receivedError(answer.error);
    return answer;
  };
  return {
    extract: (watcher, capture, before) =>
      isLarge(watcher, capture.body.byteLength)
        ? extracted(ask({ kind: 'extract', watcher: watcher.id, capture, before }))
        : here.extract(watcher, capture, before),
    async read(watcher, entries) {
      const characters = entries.reduce((sum, { item }) => sum + item.text.length, 0);
      if (!isLarge(watcher, characters)) return here.read(watcher, entries);
      const answer = await ask({ kind: 'read', watcher: watcher.id, entries });
      return answer.kind === 'readings' ? answer.readings : otherAnswer(answer);
    },
    async originOf(page) {
      if (page.body.byteLength < LARGE_OF_OTHERS) return here.originOf(page);
      const answer = await ask({ kind: 'origin', page });
      return answer.kind === 'origin' ? answer.fields : otherAnswer(answer);
    },
  };
}

/** A page that was given up is unreadable like any other. */
async function extracted(asked: Promise<Answer>): Promise<Extraction> {
  try {
    const answer = await asked;
    if (answer.kind === 'items') return answer;
    if (answer.kind !== 'unreadable') return otherAnswer(answer);
    const error = receivedError(answer.error);
    if (!isOfPage(error)) throw error;
    return { kind: 'unreadable', error, suspect: answer.suspect };
  } catch (thrown) {
    if (!(thrown instanceof ExtractError)) throw thrown;
    return { kind: 'unreadable', error: thrown, suspect: null };
  }
}

function isOfPage(error: Error): error is ExtractError | FetchError {
  return error instanceof ExtractError || error instanceof FetchError;
}

function otherAnswer({ kind }: Answer): never {
  throw new Bug(`A thread that reads pages answered with ${kind} to another question.`);
}
