import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { startDaemonProcess } from '../support/running.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage } from '../support/vendor-stage.ts';

const ROUNDS = amount(2, 120);

/** What happens to files under a program that has them open. */
const HARMS: readonly ((path: string) => void)[] = [
  (path) => renameSync(path, `${path}.elsewhere`),
  (path) => rmSync(`${path}-wal`),
  (path) => writeFileSync(path, 'no database\n'.repeat(1_000)),
  (path) => {
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
  },
];

it('a daemon whose file is harmed ends and says why, and with the last copy in its place the next one tells what came meanwhile', {
  timeout: TIMEOUT,
}, async () => {
  const stage = await openStage();
  const told = () =>
    stage.mail.mails.map(({ raw }) => /^Subject: .*?(\d+\.\d+)/m.exec(raw)?.[1] ?? '');
  const settled = (address: string) =>
    stage.site.requests.filter((request) => request.address.includes(address)).length;
  const models: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const daemon = await startDaemonProcess(stage.config);
    const asked = settled('changelog');
    await vi.waitFor(() => expect(settled('changelog')).toBeGreaterThan(asked + 1), WAIT);
    await vi.waitFor(() => expect(told()).toEqual(models), WAIT);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    copyFileSync(stage.db, `${stage.db}.kept`);

    const harmed = await startDaemonProcess(stage.config);
    const before = settled('changelog');
    await vi.waitFor(() => expect(settled('changelog')).toBeGreaterThan(before), WAIT);
    HARMS[round % HARMS.length]?.(stage.db);
    expect(await harmed.ended).not.toBe(0);
    expect(harmed.stdout() + harmed.stderr()).toMatch(/moved, replaced or damaged/);

    for (const ending of ['', '-wal', '-shm']) rmSync(stage.db + ending, { force: true });
    copyFileSync(`${stage.db}.kept`, stage.db);
    const model = `${7 + Math.floor(round / 9)}.${(round % 9) + 1}`;
    models.push(model);
    stage.release(`gpt-${model}`);
  }
  const last = await startDaemonProcess(stage.config);
  await vi.waitFor(() => expect(told()).toEqual(models), WAIT);
  last.child.kill('SIGTERM');
  expect(await last.ended).toBe(0);
  figure('a harmed file: daemons that ended and said why, models told once', models.length);
});
