import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import type { Waited } from '../../src/operations/wait.ts';
import { firsthand } from '../support/program.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

const MAIN = join(import.meta.dirname, '../../dist/bin/main.js');
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
});

function startDaemon({ config }: Stage): void {
  running.push(spawn(process.execPath, [MAIN, 'daemon', '--config', config], { stdio: 'ignore' }));
}

it('waits, while a daemon in another process writes, until a model is confirmed', async () => {
  const stage = await openStage();
  const ask = (...args: string[]) => firsthand([...args, '--config', stage.config, '--json']);
  expect((await ask('follow', 'gpt-7.1')).code).toBe(0);
  startDaemon(stage);
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), {
    timeout: 20_000,
  });
  const waiting = ask('wait', 'gpt-7.1', '--timeout', '40s');
  await pause(2_000);
  stage.release('gpt-7.1');
  const ended = await waiting;
  const waited: Waited = JSON.parse(ended.stdout);
  expect(waited).toMatchObject({ subject: 'gpt-7.1', level: 'confirmed', reached: true });
  expect(waited.waited).toBeGreaterThanOrEqual(1);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
});
