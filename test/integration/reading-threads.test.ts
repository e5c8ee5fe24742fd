import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkerPool, type WorkerPool } from '../../src/reader/worker-pool.ts';

const FILE = join(import.meta.dirname, '../support/odd-thread.mjs');

const LIMIT = 1_500;

function threadsOf(over: Partial<Parameters<typeof openWorkerPool>[0]> = {}): WorkerPool {
  return openWorkerPool({ file: FILE, most: 1, limit: LIMIT, idle: 60_000, memory: 64, ...over });
}

/** What became of a question that may fail. */
function outcomeOf(threads: WorkerPool, question: string): Promise<unknown> {
  return threads.ask(question).catch((thrown: unknown) => thrown);
}

async function threadOf(threads: WorkerPool): Promise<number> {
  const { by } = (await threads.ask('a page')) as { by: number };
  return by;
}

/** Resolves when the thread that is started next has ended. */
function endOfNext(): Promise<void> {
  return new Promise((resolve) => {
    process.once('worker', (thread) => thread.once('exit', () => resolve()));
  });
}

it.each(['loop', 'backtrack'])(
  'a page that cannot be read to its end is given up in time when it is a %s',
  async (bad) => {
    const threads = threadsOf();
    const before = await threadOf(threads);
    const begun = performance.now();
    const given = await outcomeOf(threads, bad);
    expect(given).toMatchObject({ family: 'extract', kind: 'too-slow' });
    expect(String(given)).toContain('longer than 1.5 s');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(LIMIT);
    expect(await threadOf(threads)).toBeGreaterThan(before);
  },
);

it('a page that cannot be read to its end is given up when it fills the memory of its thread', async () => {
  const threads = threadsOf({ limit: 240_000 });
  const before = await threadOf(threads);
  const given = await outcomeOf(threads, 'swell');
  expect(given).toMatchObject({ family: 'extract', kind: 'too-large' });
  expect(await threadOf(threads)).toBeGreaterThan(before);
});

it('a page that cannot be read to its end is a fault like any other when its thread breaks', async () => {
  const threads = threadsOf();
  expect(await outcomeOf(threads, 'die')).toMatchObject({ message: 'It died of this.' });
  expect(await threads.ask('the next')).toMatchObject({ read: 'the next' });
});

it('a page that cannot be read to its end holds up nothing but its own thread', async () => {
  const threads = threadsOf({ most: 2 });
  const endless = outcomeOf(threads, 'loop');
  const first = await Promise.race([endless, threads.ask('a page')]);
  expect(first).toMatchObject({ read: 'a page' });
  expect(await endless).toMatchObject({ kind: 'too-slow' });
});

it('a thread reads one page after the other, and waiting takes no page its time', async () => {
  const threads = threadsOf();
  const bad = outcomeOf(threads, 'loop');
  const [first, second] = await Promise.all([threadOf(threads), threadOf(threads)]);
  expect(await bad).toMatchObject({ kind: 'too-slow' });
  expect(first).toBe(second);
});

it('a thread is ended when nobody asks it, and a new one begins for the next page', async () => {
  const threads = threadsOf({ idle: 50 });
  const gone = endOfNext();
  const before = await threadOf(threads);
  await gone;
  expect(await threadOf(threads)).toBeGreaterThan(before);
});

it('a thread that dies while it rests is replaced, and nobody hears of it', async () => {
  const threads = threadsOf();
  const gone = endOfNext();
  expect(await threads.ask('die later')).toBe('it will');
  await gone;
  expect(await threads.ask('a page')).toMatchObject({ read: 'a page' });
});

it('a thread that cannot start says why', async () => {
  const threads = threadsOf({ file: join(import.meta.dirname, 'nowhere.mjs') });
  expect(String(await outcomeOf(threads, 'a page'))).toMatch(/did not start: .*nowhere\.mjs/);
});
