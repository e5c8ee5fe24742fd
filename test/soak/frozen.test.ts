import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { endLeases } from '../support/record-look.ts';
import { type Running, startDaemonProcess } from '../support/running.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { WAIT } from '../support/timeouts.ts';
import { openStage, type Stage } from '../support/vendor-stage.ts';

/** How long nothing runs in the process, in milliseconds. */
const FROZEN = amount(1_500, 10_000);

function told({ mail }: Stage): readonly string[] {
  return mail.mails.map(({ raw }) => /gpt-7\.\d+/.exec(raw)?.[0] ?? '');
}

/** Freezes a daemon and ends its leases; one that is in the middle of writing goes on until that is done. */
async function freezeBetweenWrites({ db }: Stage, { child }: Running): Promise<void> {
  for (;;) {
    child.kill('SIGSTOP');
    try {
      endLeases(db);
      return;
    } catch (thrown) {
      if (!/locked/.test(String(thrown))) throw thrown;
      child.kill('SIGCONT');
      await pause(50);
    }
  }
}

describe('a daemon whose loop stands still', { timeout: TIMEOUT }, () => {
  it('a daemon whose loop stands still tells what happened meanwhile once it runs again, once', async () => {
    const stage = await openStage();
    const daemon = await startDaemonProcess(stage.config);
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(1), WAIT);
    await pause(500);
    daemon.child.kill('SIGSTOP');
    stage.release('gpt-7.1');
    await pause(FROZEN);
    expect(told(stage)).toEqual([]);
    const asked = stage.site.requests.length;
    const begun = performance.now();
    daemon.child.kill('SIGCONT');
    await vi.waitFor(() => expect(told(stage)).toEqual(['gpt-7.1']), WAIT);
    // One look for all that were missed, and one for each second since.
    const seconds = (performance.now() - begun) / 1_000;
    expect(stage.site.requests.length - asked).toBeLessThan(3 + seconds);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toBe(0);
    figure('a loop that stood still: seconds, and alerts told twice', `${FROZEN / 1_000}, 0`);
  });

  it('a daemon whose loop stands still leaves to another what that one took over meanwhile', async () => {
    const stage = await openStage();
    const frozen = await startDaemonProcess(stage.config);
    await vi.waitFor(() => expect(stage.site.requests.length).toBeGreaterThan(1), WAIT);
    const answer = await stage.hold();
    await freezeBetweenWrites(stage, frozen);
    stage.release('gpt-7.1');
    const other = await startDaemonProcess(stage.config);
    await vi.waitFor(() => expect(told(stage)).toEqual(['gpt-7.1']), WAIT);
    frozen.child.kill('SIGCONT');
    answer();
    stage.release('gpt-7.2');
    await vi.waitFor(() => expect(told(stage)).toEqual(['gpt-7.1', 'gpt-7.2']), WAIT);
    for (const { child } of [frozen, other]) child.kill('SIGTERM');
    expect(await Promise.all([frozen.ended, other.ended])).toEqual([0, 0]);
    expect(told(stage)).toEqual(['gpt-7.1', 'gpt-7.2']);
  });
});
