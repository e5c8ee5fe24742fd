import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, DeliveryMetadata } from '../../src/deliver/channel.ts';
import { discord } from '../../src/deliver/channels/discord/discord.ts';
import { ntfy } from '../../src/deliver/channels/ntfy/ntfy.ts';
import { slack, slackBot } from '../../src/deliver/channels/slack/slack.ts';
import { teams } from '../../src/deliver/channels/teams/teams.ts';
import { telegram } from '../../src/deliver/channels/telegram/telegram.ts';
import { webhook } from '../../src/deliver/channels/webhook/webhook.ts';
import { asError, DeliveryError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import {
  type ChatFlavour,
  type ChatServer,
  type ChatTurn,
  startChatServer,
} from '../support/chat-server.ts';
import { HOSTILE, makeMessage } from '../support/messages.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

const ID = idOf('dl', 'chat');
const first: DeliveryMetadata = { id: ID, receipt: null, replyTo: null };
const signal = () => new AbortController().signal;

/** 32 bytes, made for these tests. */
const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 's3cr3t').toString('base64')}`;

/** Every channel that speaks HTTP, with the server that speaks for the far side. */
const CHANNELS: readonly {
  flavour: ChatFlavour;
  channel: (url: string, timeoutSeconds: number) => Channel;
}[] = [
  {
    flavour: 'slack',
    channel: (url, timeoutSeconds) =>
      slack.open(slack.config.parse({ url: `${url}/services/T0/B0/s3cr3t`, timeoutSeconds })),
  },
  {
    flavour: 'slack-bot',
    channel: (apiUrl, timeoutSeconds) =>
      slackBot.open(
        slackBot.config.parse({ token: 'xoxb-s3cr3t', channel: 'C1', apiUrl, timeoutSeconds }),
      ),
  },
  {
    flavour: 'discord',
    channel: (url, timeoutSeconds) =>
      discord.open(discord.config.parse({ url: `${url}/api/webhooks/1/s3cr3t`, timeoutSeconds })),
  },
  {
    flavour: 'teams',
    channel: (url, timeoutSeconds) =>
      teams.open(teams.config.parse({ url: `${url}/workflows/1?sig=s3cr3t`, timeoutSeconds })),
  },
  {
    flavour: 'telegram',
    channel: (apiUrl, timeoutSeconds) =>
      telegram.open(
        telegram.config.parse({ token: '12:s3cr3t', chat: '-100123', apiUrl, timeoutSeconds }),
      ),
  },
  {
    flavour: 'ntfy',
    channel: (server, timeoutSeconds) =>
      ntfy.open(ntfy.config.parse({ server, topic: 's3cr3t', token: 'tk_s3cr3t', timeoutSeconds })),
  },
  {
    flavour: 'webhook',
    channel: (url, timeoutSeconds) =>
      webhook.open(webhook.config.parse({ url, secret: SIGNING_SECRET, timeoutSeconds })),
  },
];

async function failure(sending: Promise<unknown>): Promise<DeliveryError> {
  const thrown = await sending.then(
    () => new Error('It was taken.'),
    (error: unknown) => asError(error),
  );
  if (!(thrown instanceof DeliveryError)) throw thrown;
  return thrown;
}

const long = (text: string) => `${text} `.repeat(400);

/** More than any far side takes, with text that wants to be markup in every part of it. */
function enormous() {
  const message = makeMessage();
  const [proof] = message.proofs;
  const [change] = message.changes;
  const [move] = message.moves;
  if (proof === undefined || change === undefined || move === undefined) throw new Error('empty');
  return makeMessage({
    title: long(HOSTILE),
    name: long(HOSTILE),
    moves: Array.from({ length: 80 }, () => ({ ...move, facet: `announced@${HOSTILE}` })),
    proofs: Array.from({ length: 80 }, () => ({ ...proof, quote: long(HOSTILE) })),
    changes: Array.from({ length: 80 }, () => ({
      ...change,
      title: HOSTILE,
      parts: [
        { kind: 'added' as const, text: long(HOSTILE) },
        { kind: 'removed' as const, text: long('&&&&<<<<') },
      ],
    })),
    unchecked: Array.from({ length: 80 }, () => long(HOSTILE)),
    because: Array.from({ length: 80 }, () => HOSTILE),
  });
}

describe.each(CHANNELS)('the $flavour channel', ({ flavour, channel }) => {
  async function start(
    turns: ChatTurn[] = [],
    timeoutSeconds = 60,
  ): Promise<{ server: ChatServer; chat: Channel }> {
    const server = await startChatServer(flavour, turns);
    const chat = channel(server.url, timeoutSeconds);
    open.push(server, chat);
    return { server, chat };
  }

  it('a chat channel hands over a message that the far side takes', async () => {
    const { server, chat } = await start();
    const taken = await chat.send(makeMessage(), first, signal());
    expect(taken.refused).toEqual([]);
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.raw).toMatch(/Confirmed.{1,5} GPT Image 2 released/);
    expect(server.taken[0]?.raw).toContain('https://openai.com/index/images-2');
  });

  it('a chat channel keeps within the limits of the far side whatever the message holds', async () => {
    const { server, chat } = await start();
    await chat.send(enormous(), first, signal());
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.raw).toContain(
      flavour === 'webhook' ? 'and 68 more entries' : 'Shortened here',
    );
  });

  it('a chat channel says how long to wait when it is told to slow down', async () => {
    const { chat } = await start([{ status: 429, headers: { 'retry-after': '7' } }]);
    expect(await failure(chat.send(makeMessage(), first, signal()))).toMatchObject({
      kind: 'throttled',
      permanent: false,
      retryAfter: 7_000,
    });
  });

  it('a chat channel reads a date in Retry-After against the clock of the far side', async () => {
    const headers = {
      'retry-after': 'Tue, 21 Apr 2026 19:01:00 GMT',
      date: 'Tue, 21 Apr 2026 19:00:00 GMT',
    };
    const { chat } = await start([{ status: 503, headers }]);
    expect(await failure(chat.send(makeMessage(), first, signal()))).toMatchObject({
      kind: 'unreachable',
      retryAfter: 60_000,
    });
  });

  it.each([408, 425, 500, 502, 503])('a chat channel tries again after a %i', async (status) => {
    const { chat } = await start([{ status, text: 'not now' }]);
    expect(await failure(chat.send(makeMessage(), first, signal()))).toMatchObject({
      kind: 'unreachable',
      permanent: false,
    });
  });

  it.each([301, 400, 401, 403, 404, 410])('a chat channel gives up after a %i', async (status) => {
    const { server, chat } = await start([
      { status, text: 'no', headers: { location: 'http://127.0.0.1:1/' } },
    ]);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'rejected', permanent: true });
    expect(error.message).toContain(String(status));
    expect(server.requests).toHaveLength(1);
  });

  it('a chat channel tries again when the far side hangs up, and is fine afterwards', async () => {
    const { server, chat } = await start(['close']);
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error).toMatchObject({ kind: 'unreachable', permanent: false });
    await chat.send(makeMessage(), first, signal());
    expect(server.taken).toHaveLength(1);
  });

  it('a chat channel does not hang with a far side that hangs', async () => {
    const { chat } = await start(['hang'], 0.3);
    const started = performance.now();
    const error = await failure(chat.send(makeMessage(), first, signal()));
    expect(error.kind).toBe('unreachable');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('a chat channel stops at once when the process stops', async () => {
    const { chat } = await start(['hang'], 60);
    const stop = new AbortController();
    const sending = failure(chat.send(makeMessage(), first, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect((await sending).kind).toBe('unreachable');
  });

  it('a chat channel says nothing of its credentials when it fails', async () => {
    const { server, chat } = await start(['close', { status: 400, text: 'x'.repeat(10_000) }]);
    await server.close();
    for (const error of [
      await failure(chat.send(makeMessage(), first, signal())),
      await failure(chat.send(makeMessage(), first, signal())),
    ]) {
      expect(error.message).not.toContain('s3cr3t');
      expect(error.message.length).toBeLessThan(300);
    }
  });
});
