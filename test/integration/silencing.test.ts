import { expect, it } from 'vitest';
import type { Silence } from '../../src/domain/alert.ts';
import { elapsed, HOUR } from '../../src/domain/time.ts';
import type { AlertExplanation } from '../../src/operations/alerts.ts';
import type { AlertsView } from '../../src/read/alerts.ts';
import type { BoardView, StatusView } from '../../src/read/views.ts';
import { asked, typed } from '../support/command-line.ts';
import { openPassStage } from '../support/vendor-stage.ts';

async function stageWith() {
  const stage = await openPassStage();
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  await ask('check');
  return { stage, ask };
}

it('silence mutes alerts and never levels, and the explanation says so', async () => {
  const { stage, ask } = await stageWith();
  const said = await ask<Silence>('silence', 'gpt-7.1', '--for', '8h', '--because', 'we know');
  expect(elapsed(said.from, said.until)).toBe(8 * HOUR);
  stage.release('gpt-7.1', 'gpt-7.2');
  await ask('check');
  expect((await ask<StatusView>('status', 'gpt-7.1')).level).toBe('confirmed');
  const { alerts } = await ask<AlertsView>('alerts', '--subject', 'gpt-7.1');
  expect(alerts.map(({ deliveries }) => deliveries)).toEqual([[]]);
  expect(stage.mail.mails).toHaveLength(1);
  const { routing } = await ask<AlertExplanation>('alerts', 'explain', alerts[0]?.id ?? '');
  expect(routing?.silence?.because).toBe('we know');
  expect(routing?.decisions[0]?.because).toMatch(/gpt-7\.1 is silenced until .*: we know$/);
  expect((await ask<BoardView>('status')).silences).toMatchObject([{ subject: 'gpt-7.1' }]);
});

it('silence ends when it is told to, and lists what holds', async () => {
  const { stage, ask } = await stageWith();
  await ask('silence', 'gpt-7.*', '--for', '2d');
  await ask('silence', 'gpt-5.4', '--for', '30m');
  const { silences } = await ask<{ silences: Silence[] }>('silence');
  expect(silences.map(({ subject }) => subject)).toEqual(['gpt-5.4', 'gpt-7.*']);
  await ask('silence', 'end', 'gpt-7.*');
  stage.release('gpt-7.1');
  await ask('check');
  expect(stage.mail.mails).toHaveLength(1);
  const again = await typed(['silence', 'end', 'gpt-7.*', '--config', stage.config]);
  expect(again.code).toBe(3);
  expect(again.stderr).toContain('Did you mean gpt-5.4?');
});

it('silence mutes a source too, by its name', async () => {
  const { ask } = await stageWith();
  const source = 'openai-changelog:https://developers.openai.com/api/docs/changelog.md';
  expect(await ask<Silence>('silence', source, '--for', '1h')).toMatchObject({ subject: source });
});

it('silence wants a time it can read, and a name somebody bears', async () => {
  const { stage } = await stageWith();
  const ended = async (...args: string[]) => {
    const { code, stderr } = await typed(['silence', ...args, '--config', stage.config]);
    return [code, stderr.trim()];
  };
  expect(await ended('gpt-5.4')).toEqual([2, expect.stringContaining('--for 2d')]);
  expect(await ended('gpt-5.4', '--for', 'ever')).toEqual([2, expect.stringContaining('--for')]);
  expect(await ended('gtp-image-2', '--for', '1h')).toEqual([
    3,
    expect.stringContaining('gpt-image-2'),
  ]);
});
