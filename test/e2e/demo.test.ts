import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoSummary } from '../../src/demo/demo.ts';
import type { StatusView } from '../../src/read/views.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { firsthand } from '../support/program.ts';
import { textOf } from '../support/project-files.ts';
import { temporaryFolder } from '../support/store.ts';

const LAUNCH = 'gpt-image-2';
/** A screen of the program, shortened at its dots. */
const SCREEN = /^```text screen=(.*)\n([\s\S]*?)^```$/gm;

describe('the demo, as a person starts it', () => {
  it('the demo, as a person starts it brings the recorded launch to a mailbox and a chat, and can be asked about any moment of it', async () => {
    const demo = await demoFolder();
    expect(demo.stderr).toBe('');
    expect(demo.code).toBe(0);
    const summary: DemoSummary = JSON.parse(demo.stdout);
    const told = summary.mails.filter((mail) => mail.includes(LAUNCH));
    expect(told.length).toBeGreaterThan(2);
    expect(summary.mails.length).toBeLessThanOrEqual(8);
    expect(summary.posts).toHaveLength(summary.mails.length);

    const before = await statusAt(summary, '2026-04-21T13:59:00Z');
    const after = await statusAt(summary, '2026-04-21T23:59:00Z');
    expect([before.level, after.level]).toEqual(['secondary', 'confirmed']);
  });

  it('the demo, as a person starts it runs a second time over what the first one left', async () => {
    const folder = join(temporaryFolder(), 'demo');
    cpSync((await demoFolder()).folder, folder, { recursive: true });
    const again = await firsthand(['demo', '--folder', folder]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('The board at the end of the recording');
    expect(again.stdout).toMatch(/ [5-8] mails, /);
  });

  it('the demo, as a person starts it shows the screens of the README, line by line', async () => {
    const summary: DemoSummary = JSON.parse((await demoFolder()).stdout);
    const config = ['--config', summary.config];
    const { alerts } = JSON.parse((await firsthand(['alerts', ...config, '--json'])).stdout);
    const screens = [...(await textOf('README.md')).matchAll(SCREEN)];
    expect(screens).toHaveLength(2);
    for (const [, screen = '', text = ''] of screens) {
      const title = screen.replace('mail ', '');
      const mail = alerts.find((alert: { title: string }) => alert.title.startsWith(title));
      const args = screen.startsWith('mail ') ? ['alerts', 'show', mail.id] : screen.split(' ');
      const shown = await firsthand([...args, ...config]);
      for (const part of text.split('…\n')) expect(shown.stdout).toContain(part);
    }
  });

  async function statusAt({ config }: DemoSummary, at: string): Promise<StatusView> {
    const { code, stdout } = await firsthand([
      ...['status', LAUNCH, '--as-of', at, '--config', config, '--json'],
    ]);
    expect(code).toBe(0);
    return JSON.parse(stdout);
  }
});
