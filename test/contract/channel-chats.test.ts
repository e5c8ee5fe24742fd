import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, Handover } from '../../src/deliver/channel.ts';
import { discord } from '../../src/deliver/channels/discord.ts';
import { ntfy } from '../../src/deliver/channels/ntfy.ts';
import { slack } from '../../src/deliver/channels/slack.ts';
import { slackBot } from '../../src/deliver/channels/slack-bot.ts';
import { teams } from '../../src/deliver/channels/teams.ts';
import { telegram } from '../../src/deliver/channels/telegram.ts';
import { webhook } from '../../src/deliver/channels/webhook.ts';
import { asError, DeliveryError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import {
  type ChatFlavour,
  type ChatServer,
  type ChatTurn,
  startChatServer,
} from '../support/chat-server.ts';
import { makeMessage } from '../support/messages.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

const ID = idOf('dl', 'chat');
const first: Handover = { id: ID, receipt: null, replyTo: null };
const signal = () => new AbortController().signal;

async function start(
  flavour: ChatFlavour,
  channel: (url: string) => Channel,
  turns: ChatTurn[] = [],
): Promise<{ server: ChatServer; chat: Channel }> {
  const server = await startChatServer(flavour, turns);
  const chat = channel(server.url);
  open.push(server, chat);
  return { server, chat };
}

async function failure(sending: Promise<unknown>): Promise<DeliveryError> {
  const thrown = await sending.then(
    () => new Error('It was taken.'),
    (error: unknown) => asError(error),
  );
  if (!(thrown instanceof DeliveryError)) throw thrown;
  return thrown;
}

describe('the slack channel', () => {
  it('takes only ok for an answer', async () => {
    const { chat } = await start('slack', (url) => slack.open(slack.config.parse({ url })), [
      { status: 200, text: '<html>proxy' },
    ]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
    expect(error.message).toContain('proxy');
  });
});

describe('the slack-bot channel', () => {
  const bot = (apiUrl: string) =>
    slackBot.open(slackBot.config.parse({ token: 'xoxb-1', channel: 'C1', apiUrl }));

  it('puts a follow-up into the thread of the first message', async () => {
    const { server, chat } = await start('slack-bot', bot);
    const { receipt } = await chat.send(makeMessage(), first, signal());
    await chat.send(makeMessage(), { ...first, replyTo: receipt }, signal());
    expect(server.taken[0]?.body['thread_ts']).toBeUndefined();
    expect(server.taken[1]?.body['thread_ts']).toBe('1776798642.000001');
  });

  it.each([
    ['{"ok":false,"error":"channel_not_found"}', 'rejected', true],
    ['{"ok":false,"error":"internal_error"}', 'unreachable', false],
    ['{"ok":false,"error":"ratelimited"}', 'throttled', false],
    ['<html>proxy</html>', 'unreachable', false],
  ])('reads %s with status 200 as %s', async (text, kind, permanent) => {
    const { chat } = await start('slack-bot', bot, [{ status: 200, text }]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind, permanent });
  });
});

describe('the discord channel', () => {
  const hook = (url: string) =>
    discord.open(discord.config.parse({ url: `${url}/hook?thread_id=7` }));

  it('waits for the message to stand and lets nobody be mentioned', async () => {
    const { server, chat } = await start('discord', hook);
    expect((await chat.send(makeMessage(), first, signal())).receipt).toBe('900');
    expect(server.taken[0]?.path).toBe('/hook?thread_id=7&wait=true');
    expect(server.taken[0]?.body['allowed_mentions']).toEqual({ parse: [] });
  });

  it('reads the pause from the body, to the fraction of a second', async () => {
    const { chat } = await start('discord', hook, [
      { status: 429, headers: { 'retry-after': '65' }, text: '{"retry_after":64.57}' },
    ]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'throttled', retryAfter: 64_570 });
  });
});

describe('the telegram channel', () => {
  const bot = (apiUrl: string) =>
    telegram.open(telegram.config.parse({ token: '12:ab', chat: '@news', apiUrl }));

  it('replies to the first message of the thread, even when that is gone', async () => {
    const { server, chat } = await start('telegram', bot);
    const { receipt } = await chat.send(makeMessage(), first, signal());
    await chat.send(makeMessage(), { ...first, replyTo: receipt }, signal());
    expect(server.taken[0]?.path).toBe('/bot12:ab/sendMessage');
    expect(server.taken[1]?.body['reply_parameters']).toEqual({
      message_id: 70,
      allow_sending_without_reply: true,
    });
  });

  it('reads the pause from the body', async () => {
    const text = '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}';
    const { chat } = await start('telegram', bot, [{ status: 429, text }]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'throttled', retryAfter: 35_000 });
  });

  it('reads a no that comes with status 200', async () => {
    const { chat } = await start('telegram', bot, [
      { status: 200, text: '{"ok":false,"description":"odd"}' },
    ]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
  });
});

describe('the teams channel', () => {
  it('posts an adaptive card', async () => {
    const { server, chat } = await start('teams', (url) => teams.open(teams.config.parse({ url })));
    await chat.send(makeMessage(), first, signal());
    expect(server.taken[0]?.body).toMatchObject({
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    });
  });
});

describe('the ntfy channel', () => {
  it('publishes to its topic, with the token and a link to the proof', async () => {
    const { server, chat } = await start('ntfy', (url) =>
      ntfy.open(ntfy.config.parse({ server: url, topic: 'launches', token: 'tk_1' })),
    );
    await chat.send(makeMessage(), first, signal());
    expect(server.taken[0]?.headers.authorization).toBe('Bearer tk_1');
    expect(server.taken[0]?.body).toMatchObject({
      topic: 'launches',
      priority: 4,
      click: 'https://openai.com/index/images-2?a=1&b=2',
    });
  });
});

describe('the webhook channel', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const hook = (url: string) => webhook.open(webhook.config.parse({ url, secret }));

  it('is signed as the Standard Webhooks library verifies it', async () => {
    const { server, chat } = await start('webhook', hook);
    await chat.send(makeMessage(), first, signal());
    const [request] = server.taken;
    const verified = new Webhook(secret).verify(request?.raw ?? '', {
      'webhook-id': String(request?.headers['webhook-id']),
      'webhook-timestamp': String(request?.headers['webhook-timestamp']),
      'webhook-signature': String(request?.headers['webhook-signature']),
    });
    expect(request?.headers['webhook-id']).toBe(ID);
    expect(verified).toMatchObject({
      type: 'alert.level',
      timestamp: makeMessage().at,
      data: { subject: 'gpt-image-2', moves: makeMessage().moves },
    });
  });

  it('is not verified with another secret', async () => {
    const { server, chat } = await start('webhook', hook);
    await chat.send(makeMessage(), first, signal());
    const [request] = server.taken;
    const other = new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);
    const headers = request?.headers as Record<string, string>;
    expect(() => other.verify(request?.raw ?? '', headers)).toThrow();
  });

  it.each(['whsec_', 'whsec_c2hvcnQ=', 'no prefix', 'whsec_%%%%'])(
    'refuses %j as a secret',
    (wrong) => {
      const given = { url: 'https://example.org/hook', secret: wrong };
      expect(webhook.config.safeParse(given).success).toBe(false);
    },
  );
});
