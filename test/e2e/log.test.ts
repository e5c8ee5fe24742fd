import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startChatServer } from '../support/chat-server.ts';
import { firsthand } from '../support/program.ts';
import { openPassStage } from '../support/vendor-stage.ts';

const SECRET = 'T0K3N-of-the-chat';
const PASSWORD = 'p"ss wörd&of/mail';

/** The lines of a log that say one thing. */
function said(stderr: string, message: string): readonly Record<string, unknown>[] {
  const lines = stderr.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === message);
}

it('the log of a pass has one line a check and one a delivery, and no secret, whatever a far side says', async () => {
  const chat = await startChatServer('slack', [
    { status: 500, text: `no such hook: /services/${SECRET}` },
  ]);
  const stage = await openPassStage({
    log: { level: 'debug' },
    routes: [{ name: 'everything', to: ['mail', 'chat'] }],
  });
  const { host, port } = stage.mail;
  const mail = { kind: 'email', host, port, tls: 'none', from: 'a@test.example' };
  stage.configure({
    channels: {
      mail: { ...mail, to: ['you@test.example'] },
      chat: { kind: 'slack', url: '${CHAT}' },
      unused: { ...mail, to: ['me@test.example'], user: 'me', password: '${PASSWORD}' },
    },
  });
  const environment = { CHAT: `${chat.url}/services/${SECRET}`, PASSWORD };
  const pass = () => firsthand(['check', '--json', '--config', stage.config], environment);
  const baseline = await pass();
  stage.release('gpt-7.1');
  const { code, stdout, stderr } = await pass();
  await chat.close();

  expect([baseline.code, code]).toEqual([0, 0]);
  const [checked, ...more] = said(stderr, 'checked');
  expect(more).toEqual([]);
  expect(checked).toEqual({
    level: 'info',
    time: expect.stringMatching(/Z$/),
    msg: 'checked',
    target: 'openai-changelog:https://developers.openai.com/api/docs/changelog.md',
    outcome: 'present',
    unchanged: false,
    ms: Object.fromEntries(
      ['fetch', 'extract', 'judge', 'write'].map((stage) => [stage, expect.any(Number)]),
    ),
    bytes: expect.any(Number),
    items: 3,
    changes: 1,
    transitions: expect.any(Number),
  });
  const deliveries = [...said(stderr, 'delivered'), ...said(stderr, 'delivery failed')];
  expect(deliveries.map(({ channel, outcome }) => [channel, outcome])).toEqual([
    ['mail', 'sent'],
    ['chat', 'failed'],
  ]);
  for (const delivery of deliveries) {
    expect(Object.keys(delivery).filter((name) => name !== 'error')).toEqual([
      'level',
      'time',
      'delivery',
      'alert',
      'channel',
      'outcome',
      'attempt',
      'ms',
      'msg',
    ]);
  }
  const record = readFileSync(stage.db, 'latin1');
  for (const written of [baseline.stdout, baseline.stderr, stdout, stderr, record]) {
    expect(written).not.toContain(SECRET);
    expect(written).not.toContain('of/mail');
  }
});

it('the log of a pass has a line for a check that failed, with what failed', async () => {
  const stage = await openPassStage({ log: { level: 'info' } });
  stage.site.answer('developers.openai.com/api/docs/changelog.md', { status: 503 });
  const { stderr } = await firsthand(['check', '--config', stage.config]);
  const [checked] = said(stderr, 'checked');
  expect(checked).toMatchObject({ level: 'warn', outcome: 'unreachable', failure: 'status' });
  expect(checked?.['reason']).toContain('503');
});
