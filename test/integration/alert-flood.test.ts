import { expect, it } from 'vitest';
import type { AlertExplanation } from '../../src/operations/alerts.ts';
import type { AlertsView } from '../../src/read/alerts.ts';
import { asked } from '../support/command-line.ts';
import { openPassStage } from '../support/vendor-stage.ts';

it('what goes beyond the share of a day is kept for one message, says why, and holds up nobody who follows a model', async () => {
  const stage = await openPassStage();
  stage.configure({
    alerts: { atMost: 1, followUp: '08:00' },
    follow: { subjects: ['gpt-5.4', 'gpt-8.1'], discover: true },
  });
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  await ask('check');
  for (const model of ['gpt-6.1', 'gpt-7.1', 'gpt-7.5', 'gpt-8.1']) {
    stage.release(model);
    await ask('check');
  }

  const { alerts } = await ask<AlertsView>('alerts');
  const states = Object.fromEntries(
    alerts.map(({ subject, deliveries }) => [subject, deliveries.map(({ state }) => state)]),
  );
  expect(states).toEqual({
    'gpt-6.1': ['sent'],
    'gpt-7.1': ['queued'],
    'gpt-7.5': ['queued'],
    'gpt-8.1': ['sent'],
  });
  expect(stage.mail.mails).toHaveLength(2);
  const held = alerts.find(({ subject }) => subject === 'gpt-7.5');
  const { routing } = await ask<AlertExplanation>('alerts', 'explain', held?.id ?? '');
  const [plan] = routing?.decisions.flatMap(({ plans }) => plans) ?? [];
  expect(plan?.digest).toMatch(/^flood .*T08:00:00\.000Z$/);
  expect(plan?.because).toMatch(/^in one message at .* 08:00 UTC: mail was given 1 within a day/);
});
