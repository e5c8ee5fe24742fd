import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { start, startDaemonProcess } from '../support/running.ts';
import { CAN_MOUNT, openSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

/** Each look is a pass in a process of its own. */
const SELDOM = { ...WAIT, interval: 1_000 };

const disks: SmallDisk[] = [];

afterEach(async () => {
  for (const disk of disks.splice(0)) await disk.close();
});

/** A stage whose record lies on a disk of three megabytes, with a first pass behind it. */
async function stageOnSmallDisk(): Promise<{ stage: Stage; disk: SmallDisk; folder: string }> {
  const stage = await openStage({ daemon: { deadline: '15s' } });
  const folder = join(stage.folder, 'disk');
  mkdirSync(folder);
  const disk = await openSmallDisk(folder, '3m');
  disks.push(disk);
  stage.configure({ store: `sqlite:${join(folder, 'firsthand.db')}` });
  expect(await check(stage, disk)).toMatchObject({ code: 0 });
  return { stage, disk, folder };
}

async function check({ config }: Stage, { within }: SmallDisk) {
  const pass = start(['check', '--config', config], within);
  return { code: await pass.ended, stderr: pass.stderr() };
}

async function verified({ config }: Stage, { within }: SmallDisk): Promise<string> {
  const proof = start(['verify', '--config', config], within);
  expect(await proof.ended).toBe(0);
  return proof.stdout();
}

/** The models that mails name; several of one day share a mail. */
function told({ mail }: Stage): readonly string[] {
  const names = mail.mails.flatMap(({ raw }) => raw.match(/gpt-7\.\d+/gi) ?? []);
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

describe.skipIf(!CAN_MOUNT)('a disk', () => {
  it('a disk that fills up ends the daemon with what to do, and nothing is lost when there is room again', async () => {
    const { stage, disk, folder } = await stageOnSmallDisk();
    const daemon = await startDaemonProcess(stage.config, { before: disk.within });
    disk.run(
      `dd if=/dev/zero of='${folder}/filler' bs=4k; dd if=/dev/zero of='${folder}/more' bs=1`,
    );
    stage.release('gpt-7.1', 'gpt-7.2', 'gpt-7.3');
    expect(await daemon.ended).toBe(2);
    expect(daemon.stdout()).toMatch(
      /cannot grow, its disk is full; nothing was half written: free/,
    );
    expect(told(stage)).toEqual([]);

    disk.run(`rm '${folder}/filler' '${folder}/more'`);
    // What the daemon held when it ended is due again when its lease runs out, some time after its deadline.
    await vi.waitFor(async () => {
      expect(await check(stage, disk)).toMatchObject({ code: 0 });
      expect([...told(stage)].sort()).toEqual(['gpt-7.1', 'gpt-7.2', 'gpt-7.3']);
    }, SELDOM);
    expect(await verified(stage, disk)).toContain('Everything holds.');
  });

  it('a disk that cannot be written ends a pass with what to do, and takes it up again when it can', async () => {
    const { stage, disk, folder } = await stageOnSmallDisk();
    disk.run(`mount -o remount,ro '${folder}'`);
    stage.release('gpt-7.4');
    const pass = await check(stage, disk);
    expect(pass.code).toBe(2);
    expect(pass.stderr).toMatch(/firsthand\.db cannot be (written|reached): check /);
    disk.run(`mount -o remount,rw '${folder}'`);
    expect(await check(stage, disk)).toMatchObject({ code: 0 });
    expect(told(stage)).toEqual(['gpt-7.4']);
  });

  it('a disk that gives back other bytes than it was given ends the daemon with what to do', async () => {
    const { stage, disk, folder } = await stageOnSmallDisk();
    const noise = `dd if=/dev/urandom of='${folder}/firsthand.db' bs=4k seek=2 count=60 conv=notrunc`;
    disk.run(noise);
    const daemon = start(['daemon', '--config', stage.config], disk.within);
    expect(await daemon.ended).toBe(2);
    expect(daemon.stderr()).toMatch(/is damaged.*: keep a copy of it and restore the last backup/);
  });
});
