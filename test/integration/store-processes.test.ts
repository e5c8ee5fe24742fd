import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { sqliteDialect } from '../../src/store/sqlite-dialect.ts';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { storeOver } from '../../src/store/store-over.ts';
import { compiled } from '../support/compiled.ts';
import { fileStore, temporaryFolder } from '../support/store.ts';
import { makeTarget, minute } from '../support/store-makers.ts';

const runner = compiled('store-runner');

function start(...args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [runner, ...args]);
}

test('two processes on one file check each due target once between them', async () => {
  const { store, path } = await fileStore();
  const targets = Array.from({ length: 1_500 }, (_, n) => makeTarget(`page-${n}`));
  await store.targets.register(targets, minute(0));
  const runners = ['one', 'two'].map((name) => start('lease', path, name));
  const printing = runners.map(({ stdout }) => text(stdout));
  // Each goes on when both have leased.
  await Promise.all(runners.map(({ stdout }) => once(stdout, 'data')));
  for (const { stdin } of runners) stdin.end();

  const printed = await Promise.all(printing);

  const checked = printed.map((lines) => lines.split('\n').filter((line) => line !== ''));
  expect(checked.flat().sort()).toEqual(targets.map(({ id }) => id).sort());
  // A share for each, or this test has seen one runner only.
  expect(Math.min(...checked.map(({ length }) => length))).toBeGreaterThan(0);
});

test('two processes on one file bring an empty file up to date at the same time', async () => {
  const path = join(temporaryFolder(), 'firsthand.db');
  const opened = await Promise.all(
    [1, 2, 3, 4].map((n) => {
      const child = start('lease', path, `${n}`);
      child.stdin.end();
      return openedBy(child);
    }),
  );
  expect(opened).toEqual([0, 0, 0, 0]);
  const store = await openStore({ url: path, integrity: 'full' });
  expect(await store.targets.list()).toEqual([]);
  await store.close();
});

test('two processes on one file wait for each other without standing still', async () => {
  const { store, path } = await fileStore();
  const other = new Sqlite(path);
  other.exec('begin immediate');
  // The lock is let go by what only a loop that goes on can do.
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
    if (ticks === 4) other.exec('commit');
  }, 100);
  await store.targets.register([makeTarget('news')], minute(0));
  clearInterval(ticking);
  other.close();
  expect(ticks).toBeGreaterThan(3);
  expect(await store.targets.list()).toHaveLength(1);
});

test('two processes on one file read while another writes', async () => {
  const { store, path } = await fileStore();
  const other = new Sqlite(path);
  other.exec('begin immediate');
  expect(await store.targets.list()).toEqual([]);
  expect(await store.claims.record('gpt-image-2', minute(1))).toMatchObject({ evidence: [] });
  other.close();
});

test('two processes on one file say who is in the way when a lock is never let go', async () => {
  const { path } = await fileStore();
  const dialect = sqliteDialect(new Sqlite(path, { timeout: 0 }), 100);
  const store = await storeOver({ dialect, kind: 'sqlite', place: path });
  const other = new Sqlite(path);
  other.exec('begin immediate');
  const writing = store.targets.register([makeTarget('news')], minute(0));
  await expect(writing).rejects.toMatchObject({ family: 'store', kind: 'unavailable' });
  await expect(writing).rejects.toThrow(/locked by another process/);
  other.close();
  await store.targets.register([makeTarget('news')], minute(0));
  await store.close();
});

test('a process that is killed while it writes leaves nothing half written, and loses nothing it said was done', async () => {
  const path = join(temporaryFolder(), 'firsthand.db');
  const seed = 1 + (process.pid % 1_000);
  let done = 0;
  for (let kill = 0; kill < 6; kill++) {
    const child = start('write', path, `subject-${kill}`);
    let lines = '';
    child.stdout.on('data', (chunk: Buffer) => {
      lines += chunk.toString();
    });
    await once(child.stdout, 'data');
    await pause((seed * (kill + 7)) % 120);
    child.kill('SIGKILL');
    await once(child, 'close');
    done += lines.trim().split('\n').length;
  }

  const store = await openStore({ url: path, integrity: 'full' });
  const transitions = await store.reads.transitions({});
  const { queued } = await store.reads.outboxDepth();
  await store.close();

  expect(transitions.length, `seed ${seed}`).toBeGreaterThanOrEqual(done);
  expect(queued, `seed ${seed}`).toBe(transitions.length);
});

async function openedBy(child: ChildProcessWithoutNullStreams): Promise<number> {
  const [code] = (await once(child, 'close')) as [number];
  return code;
}
