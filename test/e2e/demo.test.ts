import { describe, expect, it } from 'vitest';
import type { DemoSummary } from '../../src/demo/demo.ts';
import type { StatusView } from '../../src/read/views.ts';
import { firsthand } from '../support/program.ts';
import { temporaryFolder } from '../support/store.ts';

const LAUNCH = 'gpt-image-2';

describe('the demo, as a person starts it', () => {
  const folder = temporaryFolder();

  it('brings the recorded launch to a mailbox and a chat, and can be asked about any moment of it', async () => {
    const demo = await firsthand(['demo', '--folder', folder, '--json']);
    expect(demo.stderr).toBe('');
    expect(demo.code).toBe(0);
    const summary: DemoSummary = JSON.parse(demo.stdout);
    const told = summary.mails.filter((mail) => mail.includes(LAUNCH));
    expect(told.length).toBeGreaterThan(2);
    expect(summary.posts).toHaveLength(summary.mails.length);

    const before = await statusAt(summary, '2026-04-21T13:59:00Z');
    const after = await statusAt(summary, '2026-04-21T23:59:00Z');
    expect([before.level, after.level]).toEqual(['secondary', 'confirmed']);
  });

  it('runs a second time over what the first one left', async () => {
    const again = await firsthand(['demo', '--folder', folder]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('The board at the end of the recording');
  });

  async function statusAt({ config }: DemoSummary, at: string): Promise<StatusView> {
    const { code, stdout } = await firsthand([
      ...['status', LAUNCH, '--as-of', at, '--config', config, '--json'],
    ]);
    expect(code).toBe(0);
    return JSON.parse(stdout);
  }
});
