import { expect, it, vi } from 'vitest';
import type { Waited } from '../../src/operations/wait.ts';
import { firsthand } from '../support/program.ts';
import { start, startDaemonProcess } from '../support/running.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage } from '../support/vendor-stage.ts';

it('waits, while a daemon in another process writes, until a model is confirmed', async () => {
  const stage = await openStage();
  const ask = (...args: string[]) => firsthand([...args, '--config', stage.config, '--json']);
  expect((await ask('follow', 'gpt-7.1')).code).toBe(0);
  const waiting = start(['wait', 'gpt-7.1', '--timeout', '1h', '--config', stage.config]);
  // It has looked, and goes on looking.
  await vi.waitFor(() => expect(waiting.stderr()).toContain('is a daemon running?'), WAIT);
  const inJson = ask('wait', 'gpt-7.1', '--timeout', '1h');
  const daemon = await startDaemonProcess(stage.config);
  await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(2), WAIT);
  expect(waiting.child.exitCode).toBeNull();
  stage.release('gpt-7.1');
  expect(await waiting.ended).toBe(0);
  expect(waiting.stdout()).toMatch(/^gpt-7\.1 released: confirmed since /);
  const { code, stdout, stderr } = await inJson;
  const waited: Waited = JSON.parse(stdout);
  expect(waited).toMatchObject({ subject: 'gpt-7.1', level: 'confirmed', reached: true });
  expect([code, stderr]).toEqual([0, '']);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
});
