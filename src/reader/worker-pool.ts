import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { asError, ExtractError } from '../domain/errors.ts';
import { SECOND } from '../domain/time.ts';

/** Threads that read pages, started when there is something for them and ended when they are idle. */
export interface WorkerPool {
  /**
   * Asks a thread, or waits for one. Throws `ExtractError` of kind too-slow when there is no answer in time, and of
   * kind too-large when the thread ran out of memory: either way the thread is ended, and the next page gets a new one.
   */
  ask(question: unknown): Promise<unknown>;
}

export interface WorkerOptions {
  /** The compiled file that a thread runs. */
  file: string;
  /** How many there are at most. */
  most: number;
  /** How long one answer may take, in milliseconds; waiting for a free thread does not count. */
  limit: number;
  /** How long a thread is kept that nobody asks, in milliseconds. */
  idle: number;
  /** The memory that a thread may fill, in megabytes. */
  memory: number;
}

/** A thread that has not begun after this long will never begin. */
const START = 60 * SECOND;

interface Thread {
  worker: Worker;
  /** Ends it; set while nobody asks it. */
  idle: NodeJS.Timeout | null;
}

export function openWorkerPool(options: WorkerOptions): WorkerPool {
  const queue = new PQueue({ concurrency: options.most });
  const free: Thread[] = [];
  return {
    ask: (question) =>
      queue.add(async () => {
        const thread = free.pop() ?? (await started(options, free));
        keepAlive(thread);
        try {
          const answer = await answerOf(thread, question, options.limit);
          rest(thread, free, options.idle);
          return answer;
        } catch (thrown) {
          await thread.worker.terminate();
          throw faultOf(thrown, options);
        }
      }),
  };
}

async function started({ file, memory }: WorkerOptions, free: Thread[]): Promise<Thread> {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memory } });
  const thread: Thread = { worker, idle: null };
  // Whoever asks hears of it; a thread that dies while it rests is nobody's fault, and must not end the process.
  worker.on('error', () => {}).on('exit', () => remove(thread, free));
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(START) });
  } catch (thrown) {
    await worker.terminate();
    const { message } = asError(thrown);
    throw new Error(`A thread that reads pages did not start: ${message}`, { cause: thrown });
  }
  return thread;
}

async function answerOf({ worker }: Thread, question: unknown, limit: number): Promise<unknown> {
  const answer = once(worker, 'message', { signal: AbortSignal.timeout(limit) });
  worker.postMessage(question);
  const [message] = await answer;
  return message;
}

function keepAlive(thread: Thread): void {
  if (thread.idle !== null) clearTimeout(thread.idle);
  thread.idle = null;
  thread.worker.ref();
}

/** A thread that rests holds up no end of the process. */
function rest(thread: Thread, free: Thread[], idle: number): void {
  thread.worker.unref();
  thread.idle = setTimeout(() => {
    remove(thread, free);
    void thread.worker.terminate();
  }, idle).unref();
  free.push(thread);
}

function remove(thread: Thread, free: Thread[]): void {
  const at = free.indexOf(thread);
  if (at >= 0) free.splice(at, 1);
}

function faultOf(thrown: unknown, { limit, memory }: WorkerOptions): Error {
  const error = asError(thrown);
  if (error.name === 'AbortError') {
    const message = `Reading the page took longer than ${limit / SECOND} s and was given up: no page that people read takes so long.`;
    return new ExtractError('too-slow', message, { cause: error });
  }
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const message = `Reading the page took more than ${memory} MB of memory and was given up: no page that people read takes so much.`;
    return new ExtractError('too-large', message, { cause: error });
  }
  return error;
}
