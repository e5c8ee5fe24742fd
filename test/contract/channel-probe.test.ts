import { afterEach, describe, expect, it } from 'vitest';
import { closeChannels, openChannels } from '../../src/deliver/registry.ts';
import { DeliveryError } from '../../src/domain/errors.ts';
import { type ChatFlavour, type ChatServer, startChatServer } from '../support/chat-server.ts';
import { startMailServer, startMuteServer } from '../support/smtp-server.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

const { signal } = new AbortController();

function probed(settings: Record<string, unknown>): Promise<string> {
  const channels = openChannels({ it: settings }, 'config.yaml');
  open.push({ close: () => closeChannels(channels) });
  const channel = channels.get('it')?.channel;
  if (channel === undefined) throw new Error('it was not opened');
  return channel.probe(signal);
}

const KEY = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Each service that is reached by HTTP, with what a probe of it proves. */
const SERVICES: readonly [ChatFlavour, (url: string) => Record<string, unknown>, RegExp][] = [
  ['slack', (url) => ({ kind: 'slack', url: `${url}/services/x` }), /knows the webhook/],
  [
    'slack-bot',
    (url) => ({ kind: 'slack-bot', apiUrl: url, token: 'xoxb-test', channel: 'C1' }),
    /knows the bot/,
  ],
  ['discord', (url) => ({ kind: 'discord', url: `${url}/api/webhooks/1/x` }), /knows the webhook/],
  ['teams', (url) => ({ kind: 'teams', url: `${url}/workflow` }), /answers; only a message/],
  [
    'telegram',
    (url) => ({ kind: 'telegram', apiUrl: url, token: '1:x', chat: '@alerts' }),
    /knows the bot and the chat/,
  ],
  ['ntfy', (url) => ({ kind: 'ntfy', server: url, topic: 'alerts' }), /the server is well/],
  ['webhook', (url) => ({ kind: 'webhook', url, secret: KEY }), /answers; only a message/],
];

async function service(flavour: ChatFlavour, ...turns: ChatServer['turns']): Promise<ChatServer> {
  const server = await startChatServer(flavour, turns);
  open.push(server);
  return server;
}

describe.each(SERVICES)('a probe of %s', (flavour, settings, proof) => {
  it('a probe of a channel proves that the way is open, and sends no message', async () => {
    const server = await service(flavour);
    await expect(probed(settings(server.url))).resolves.toMatch(proof);
    expect(server.requests).toHaveLength(1);
    expect(server.taken).toEqual([]);
  });

  it('a probe of a channel says what is in the way', async () => {
    const server = await startChatServer(flavour);
    await server.close();
    const barred = probed(settings(server.url));
    await expect(barred).rejects.toThrow(DeliveryError);
    await expect(barred).rejects.toThrow(/cannot be reached: connection refused/);
  });
});

it('a probe tells a credential that nobody knows from a service that is down', async () => {
  const slack = await service('slack', { status: 404, text: 'no_service' });
  await expect(probed({ kind: 'slack', url: slack.url })).rejects.toMatchObject({
    kind: 'rejected',
    permanent: true,
  });
  const bot = await service('slack-bot');
  const other = { kind: 'slack-bot', apiUrl: bot.url, token: 'xoxb-other', channel: 'C1' };
  await expect(probed(other)).rejects.toThrow(/invalid_auth/);
  const down = await service('discord', { status: 503 });
  await expect(probed({ kind: 'discord', url: `${down.url}/x` })).rejects.toMatchObject({
    permanent: false,
  });
});

it('a probe takes a web page in the place of a Slack webhook for no proof', async () => {
  const proxy = await service('slack', { status: 200, text: '<html>Welcome</html>' });
  await expect(probed({ kind: 'slack', url: proxy.url })).rejects.toThrow(DeliveryError);
});

describe('a probe of email', () => {
  const mail = { kind: 'email', host: '127.0.0.1', from: 'a@b.example', to: ['c@d.example'] };

  it('a probe of email says hello and leaves, without a mail', async () => {
    const smtp = await startMailServer();
    open.push(smtp);
    await expect(probed({ ...mail, port: smtp.port, tls: 'none' })).resolves.toMatch(/answers$/);
    expect(smtp.mails).toEqual([]);
  });

  it('a probe of email ends in time where nobody says a word, and says so where nobody listens', async () => {
    const mute = await startMuteServer('silent');
    open.push(mute);
    const settings = { ...mail, port: mute.port, timeoutSeconds: 0.3 };
    await expect(probed(settings)).rejects.toThrow(/cannot be reached/);
    await mute.close();
    await expect(probed(settings)).rejects.toThrow(DeliveryError);
  });

  it('a probe of email says so when the server does not let the user in', async () => {
    const smtp = await startMailServer({ signIn: { code: 535, text: 'wrong password' } });
    open.push(smtp);
    const signedIn = { ...mail, port: smtp.port, tls: 'none', user: 'me', password: 'secret' };
    await expect(probed(signedIn)).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining('wrong password'),
    });
  });
});
