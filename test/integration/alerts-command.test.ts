import { afterEach, expect, it, vi } from 'vitest';
import type {
  AlertDetail,
  AlertExplanation,
  ChannelTest,
  Retried,
} from '../../src/operations/alerts.ts';
import type { AlertsView } from '../../src/read/alerts.ts';
import type { BoardView } from '../../src/read/views.ts';
import { type ChatServer, startChatServer } from '../support/chat-server.ts';
import { asked, typed } from '../support/command-line.ts';
import { openPassStage, type Stage } from '../support/vendor-stage.ts';

const open: ChatServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const ROUTES = [
  { name: 'retirements', match: { facet: 'retired' }, to: ['mail'] },
  { name: 'everything', to: ['mail', 'chat'] },
];

/** A vendor that has just released a model, with mail and chat to tell of it. */
async function launched(over: Record<string, unknown> = {}): Promise<{
  stage: Stage;
  chat: ChatServer;
  ask: <T>(...args: string[]) => Promise<T>;
}> {
  const chat = await startChatServer('slack');
  open.push(chat);
  vi.stubEnv('CHAT_URL', chat.url);
  const stage = await openPassStage();
  const { mail } = stage;
  const smtp = { kind: 'email', host: mail.host, port: mail.port, tls: 'none' };
  stage.configure({
    channels: {
      mail: { ...smtp, from: 'firsthand@test.example', to: ['you@test.example'] },
      chat: { kind: 'slack', url: '${CHAT_URL}' },
    },
    routes: ROUTES,
    ...over,
  });
  const ask = <T>(...args: string[]) => asked<T>([...args, '--config', stage.config]);
  await ask('check');
  stage.release('gpt-7.1');
  return { stage, chat, ask };
}

it('alerts lists what was told to whom, and shows one as it was told', async () => {
  const { ask, chat, stage } = await launched();
  await ask('check');
  const { alerts, channels } = await ask<AlertsView>('alerts');
  const [alert] = alerts;
  expect(alerts.map(({ subject, kind }) => [subject, kind])).toEqual([['gpt-7.1', 'discovery']]);
  expect(alert?.deliveries.map(({ channel, state }) => [channel, state])).toEqual([
    ['chat', 'sent'],
    ['mail', 'sent'],
  ]);
  expect(channels).toEqual([]);
  const [delivery] = alert?.deliveries ?? [];
  const shown = await ask<AlertDetail>('alerts', 'show', delivery?.id ?? '');
  expect(shown.id).toBe(alert?.id);
  expect(shown.text).toContain('“Released gpt-7.1 in the API”');
  expect([chat.taken.length, stage.mail.mails.length]).toEqual([1, 1]);
  expect((await ask<AlertsView>('alerts', '--subject', 'gpt-5.4')).alerts).toEqual([]);
});

it('alerts shows what was given up in the list and on the board, until it is retried and taken', async () => {
  const { ask, stage } = await launched();
  stage.mail.script = { data: { code: 554, text: 'looks like spam' } };
  await ask('check');
  const dead = await ask<AlertsView>('alerts', '--state', 'dead');
  expect(dead.alerts).toHaveLength(1);
  expect(dead.channels).toMatchObject([{ channel: 'mail', dead: 1, queued: 0 }]);
  expect(dead.channels[0]?.error).toContain('looks like spam');
  expect((await ask<BoardView>('status')).outbox).toMatchObject({ dead: 1 });
  const board = await typed(['status', '--config', stage.config]);
  expect(board.stdout).toContain('1 delivery given up: firsthand alerts --state dead');

  const retry = ['alerts', 'retry', '--channel', 'mail', '--config', stage.config];
  const refused = await asked<Retried>(retry, 1);
  expect(refused.deliveries).toMatchObject([{ channel: 'mail', state: 'dead' }]);
  stage.mail.script = {};
  const { deliveries } = await ask<Retried>('alerts', 'retry', dead.alerts[0]?.id ?? '');
  expect(deliveries).toMatchObject([{ channel: 'mail', state: 'sent', error: null }]);
  expect(stage.mail.mails).toHaveLength(1);
  expect((await ask<AlertsView>('alerts')).channels).toEqual([]);
  expect((await ask<Retried>('alerts', 'retry', '--all')).deliveries).toEqual([]);
});

it('alerts explains why an alert went where it went, and what has changed about that', async () => {
  const { ask, stage } = await launched();
  await ask('check');
  const { alerts } = await ask<AlertsView>('alerts');
  const id = alerts[0]?.id ?? '';
  const { routing, today } = await ask<AlertExplanation>('alerts', 'explain', id);
  expect(routing?.decisions).toMatchObject([
    { route: 'retirements', matched: false, plans: [] },
    { route: 'everything', matched: true, plans: [{ channel: 'mail' }, { channel: 'chat' }] },
  ]);
  expect(routing?.decisions[0]?.because).toMatch(/^asks for facet retired; this moves /);
  expect(today).toEqual(routing);
  stage.configure({ routes: [] });
  const later = await typed(['alerts', 'explain', id, '--config', stage.config]);
  expect(later.stdout).toContain('Today it would go to nobody:');
  expect(later.stdout).toContain('There is no route');
});

it('alerts knows no id that was never told', async () => {
  const { ask } = await launched();
  await expect(ask('alerts', 'show', 'al_00000000000000000000')).rejects.toThrow('ended with 3');
});

it('alerts test sends a real message and says what the far side answered', async () => {
  const { ask, stage, chat } = await launched();
  const mail = await ask<ChannelTest>('alerts', 'test', 'mail');
  expect(mail).toMatchObject({ channel: 'mail', kind: 'email', taken: true, refused: [] });
  expect(mail.said).toMatch(/^250 /);
  expect(stage.mail.mails[0]?.raw).toContain('Test message from firsthand to mail');
  const slack = await typed(['alerts', 'test', 'chat', '--config', stage.config]);
  expect(slack).toMatchObject({ code: 0, stderr: '' });
  expect(slack.stdout).toMatch(/^taken by chat \(slack\) in \d+ ms: 200 \(ok\)$/m);
  expect(chat.taken).toHaveLength(1);
  expect((await ask<AlertsView>('alerts')).alerts).toEqual([]);
});

it('alerts test ends with 1 and the reason when it is not taken, without the secret', async () => {
  const { stage, chat } = await launched();
  chat.turns.push({ status: 404, text: `no_service at ${chat.url}` });
  const config = ['--config', stage.config];
  const refused = await asked<ChannelTest>(['alerts', 'test', 'chat', ...config], 1);
  expect(refused).toMatchObject({ taken: false });
  expect(refused.said).toMatch(/^Slack answered 404 \(no_service/);
  expect(refused.said).not.toContain(chat.url);
  const unknown = await typed(['alerts', 'test', 'male', ...config]);
  expect(unknown).toMatchObject({ code: 3, stdout: '' });
  expect(unknown.stderr).toContain('Did you mean mail, chat?');
});
