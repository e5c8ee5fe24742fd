import { request } from 'undici';
import { expect, it, vi } from 'vitest';
import { Sqlite } from '../../src/store/sqlite-file.ts';
import { startDaemonProcess } from '../support/running.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

async function asked({ site }: Stage, times = site.requests.length + 1): Promise<void> {
  await vi.waitFor(() => expect(site.requests.length).toBeGreaterThanOrEqual(times), WAIT);
}

function told({ mail }: Stage): readonly string[] {
  return mail.mails.map(({ raw }) => /gpt-7\.\d+/.exec(raw)?.[0] ?? '');
}

/** Who holds leases on targets in the database of a stage that nobody uses. */
function leases({ db }: Stage): readonly unknown[] {
  const database = new Sqlite(db, { readonly: true });
  const owners = database.prepare('select lease_owner from targets').pluck().all();
  database.close();
  return owners;
}

it('a daemon that is told to end lets what runs end, tells of it, and ends well', async () => {
  const stage = await openStage();
  const daemon = await startDaemonProcess(stage.config);
  await asked(stage, 2);
  const answer = await stage.hold();
  daemon.child.kill('SIGTERM');
  stage.release('gpt-7.1');
  answer();
  expect(await daemon.ended).toBe(0);
  expect(told(stage)).toEqual(['gpt-7.1']);
  expect(daemon.stderr()).toBe('');
});

it('a daemon that is told to end calls off at its limit what does not end, and gives it back', async () => {
  const stage = await openStage({ daemon: { drain: '1s' } });
  const daemon = await startDaemonProcess(stage.config);
  await stage.hold();
  const begun = performance.now();
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  // The usual limit is half a minute.
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(leases(stage)).toEqual([null]);
});

it('a daemon that is told to end ends at once when it is told twice', async () => {
  const stage = await openStage({ daemon: { drain: '10m' } });
  const daemon = await startDaemonProcess(stage.config, { args: ['--port', '0'] });
  const { port } = JSON.parse(daemon.stdout());
  await stage.hold();
  daemon.child.kill('SIGTERM');
  // Two signals arrive as one unless the first was taken.
  await vi.waitFor(async () => {
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/readyz`);
    expect([statusCode, await body.text()]).toEqual([503, expect.stringContaining('stopped')]);
  }, WAIT);
  daemon.child.kill('SIGTERM');
  // It would go on for ten minutes, far longer than this test may take.
  expect([0, 1]).toContain(await daemon.ended);
});

it('a daemon that is told to read its config again says what is wrong and goes on, or uses it', async () => {
  const stage = await openStage({ routes: [] });
  const daemon = await startDaemonProcess(stage.config);
  await asked(stage, 2);
  stage.configure({ folow: {}, routes: [{ name: 'everything', to: ['mail'] }] });
  daemon.child.kill('SIGHUP');
  await vi.waitFor(() => expect(daemon.stderr()).toMatch(/config\.yaml:\d+: folow/), WAIT);
  expect(daemon.stderr()).toContain('goes on with the one it has');
  stage.release('gpt-7.2');
  // Whoever asks a second time has told of what it read the first time.
  await asked(stage, stage.site.requests.length + 2);
  stage.configure({ routes: [{ name: 'everything', to: ['mail'] }], log: { level: 'info' } });
  daemon.child.kill('SIGHUP');
  await vi.waitFor(() => expect(daemon.stderr()).toContain('config read again'), WAIT);
  stage.release('gpt-7.3');
  await vi.waitFor(() => expect(told(stage)).toEqual(['gpt-7.3']), WAIT);
  daemon.child.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
});
