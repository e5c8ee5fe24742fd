import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { firsthand } from '../support/program.ts';
import { undocumentedIn } from '../support/shapes.ts';
import { openPassStage } from '../support/vendor-stage.ts';

interface View {
  well: boolean;
  findings: readonly { about: string; state: string; says: string; todo: string | null }[];
}

/** Whether this machine lets us run a program with no network at all. */
const CAN_CUT_OFF = spawnSync('unshare', ['--net', 'true']).status === 0;

it('firsthand doctor ends with 0 when nothing is wrong, and with 1 when something is', async () => {
  const stage = await openPassStage();
  const well = await firsthand(['doctor', '--json', '--config', stage.config]);
  expect(well.stderr).toBe('');
  const view: View = JSON.parse(well.stdout);
  expect([well.code, view.well]).toEqual([0, true]);
  expect(await undocumentedIn('doctor', well.stdout)).toEqual([]);
  await stage.mail.close();
  const ill = await firsthand(['doctor', '--config', stage.config]);
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/^wrong channel mail: .*\n(.*\n)*? +-> mend it under channels\.mail/m);
  expect(ill.stdout).toMatch(/One thing is wrong\.\n$/);
});

it.skipIf(!CAN_CUT_OFF)('firsthand doctor ends soon where there is no network at all', async () => {
  const main = join(import.meta.dirname, '../../dist/bin/main.js');
  const begun = performance.now();
  const child = spawn('unshare', ['--net', process.execPath, main, 'doctor', '--json'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, NO_COLOR: '1' },
  });
  const view: View = JSON.parse(await text(child.stdout));
  expect(performance.now() - begun).toBeLessThan(90_000);
  expect(view.well).toBe(false);
  const names = view.findings.find(({ about }) => about === 'names');
  expect(names).toMatchObject({ state: 'wrong', says: expect.stringMatching(/^\d of \d hosts/) });
});
