import { afterEach, expect, it } from 'vitest';
import type { OpenChannel } from '../../src/deliver/channel.ts';
import { dispatch } from '../../src/deliver/dispatch.ts';
import { closeChannels, openChannels } from '../../src/deliver/registry.ts';
import type { Delivery } from '../../src/domain/alert.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { StoreError } from '../../src/domain/errors.ts';
import { MINUTE, plus } from '../../src/domain/time.ts';
import type { Store } from '../../src/store/store.ts';
import { startChatServer } from '../support/chat-server.ts';
import { makeDelivery, nthAlert } from '../support/messages.ts';
import {
  type MailServer,
  mailTo,
  startMailServer,
  startMuteServer,
} from '../support/smtp-server.ts';
import { fileStore } from '../support/store.ts';

const START = '2026-04-22T00:00:00.000Z';
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

function channelsOf(settings: unknown): ReadonlyMap<string, OpenChannel> {
  const channels = openChannels(settings, 'config.yaml');
  open.push({ close: () => closeChannels(channels) });
  return channels;
}

async function fill(store: Store, count: number, ...channels: readonly string[]): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const alert = nthAlert(n);
    await store.outbox.enqueue(
      alert,
      channels.map((channel) => makeDelivery(alert, { channel })),
    );
  }
}

function pass(
  { outbox }: Store,
  channels: ReadonlyMap<string, OpenChannel>,
  clock = manualClock(START),
  owner = 'one',
) {
  const { signal } = new AbortController();
  return dispatch(outbox, channels, clock, signal, {
    owner,
    random: () => 0.5,
    pause: () => Promise.resolve(),
  });
}

async function deliveriesIn({ reads }: Store): Promise<readonly Delivery[]> {
  const { rows } = await reads.alerts({ limit: 1_000 });
  return rows.flatMap(({ deliveries }) => deliveries);
}

function numbers({ mails }: MailServer): readonly number[] {
  return mails.map(({ raw }) => Number(/^Subject: .*Alert number (\d+)/m.exec(raw)?.[1]));
}

it('a mail server that accepts and hangs does not hold up the chat', async () => {
  const { store } = await fileStore();
  const mute = await startMuteServer('silent');
  const chat = await startChatServer('slack');
  open.push(mute, chat);
  await fill(store, 5, 'mail', 'chat');
  const started = performance.now();
  const counts = await pass(
    store,
    channelsOf({
      mail: mailTo(mute.port, { timeoutSeconds: 1 }),
      chat: { kind: 'slack', url: chat.url },
    }),
  );
  expect(counts).toMatchObject({ sent: 5, failed: 2 });
  expect(chat.taken).toHaveLength(5);
  expect(performance.now() - started).toBeLessThan(30_000);
});

it('a mail server that refuses one recipient leaves a sent delivery that says who', async () => {
  const { store } = await fileStore();
  const smtp = await startMailServer({
    recipients: { 'bob@example.org': { code: 550, text: 'no such user' } },
  });
  open.push(smtp);
  await fill(store, 1, 'mail');
  await pass(
    store,
    channelsOf({ mail: mailTo(smtp.port, { to: ['ada@example.org', 'bob@example.org'] }) }),
  );
  const [delivery] = await deliveriesIn(store);
  expect(smtp.mails[0]?.to).toEqual(['ada@example.org']);
  expect(delivery?.state).toBe('sent');
  expect(delivery?.error).toContain('bob@example.org was refused');
});

it('a mail server that puts one recipient off sends nobody a second copy', async () => {
  const { store } = await fileStore();
  const smtp = await startMailServer({
    recipients: { 'bob@example.org': { code: 451, text: 'greylisted' } },
  });
  open.push(smtp);
  await fill(store, 1, 'mail');
  const to = ['ada@example.org', 'bob@example.org'];
  const channels = channelsOf({ mail: mailTo(smtp.port, { to }) });
  const clock = manualClock(START);
  await pass(store, channels, clock);
  smtp.script = {};
  clock.set(plus(START, MINUTE));
  await pass(store, channels, clock);
  expect(smtp.mails.map((mail) => mail.to)).toEqual([['ada@example.org'], ['bob@example.org']]);
  expect((await deliveriesIn(store))[0]).toMatchObject({ state: 'sent', attempts: 2 });
});

it('Slack answering 429, 500 and with a closed socket gets every alert once in the end', async () => {
  const { store } = await fileStore();
  const chat = await startChatServer('slack', [
    { status: 429, headers: { 'retry-after': '120' } },
    { status: 500 },
    'close',
  ]);
  open.push(chat);
  await fill(store, 4, 'chat');
  const channels = channelsOf({ chat: { kind: 'slack', url: chat.url } });
  const clock = manualClock(START);
  await pass(store, channels, clock);
  clock.set(plus(START, 119_000));
  await pass(store, channels, clock);
  expect(chat.requests).toHaveLength(1);
  for (let turn = 0; turn < 20; turn += 1) {
    clock.set(plus(clock.now(), MINUTE));
    await pass(store, channels, clock);
  }
  const titles = chat.taken.map(({ body }) => body['text']);
  expect(titles).toEqual([0, 1, 2, 3].map((n) => `Alert number ${n}`));
});

it('Slack whose webhook is gone leaves deliveries that say so, and mail gets the alerts', async () => {
  const { store } = await fileStore();
  const gone = { status: 404, text: 'no_service' };
  const chat = await startChatServer('slack', [gone, gone, gone]);
  const smtp = await startMailServer();
  open.push(chat, smtp);
  await fill(store, 3, 'chat');
  const channels = channelsOf({
    chat: { kind: 'slack', url: chat.url, fallback: 'mail' },
    mail: mailTo(smtp.port),
  });
  await pass(store, channels);
  await pass(store, channels);
  expect(numbers(smtp)).toEqual([0, 1, 2]);
  const over = (await deliveriesIn(store)).filter(({ state }) => state === 'handed-over');
  expect(await store.reads.outboxDepth()).toMatchObject({ queued: 0, dead: 0 });
  expect(over.map(({ error }) => error)).toEqual(
    Array(3).fill('Slack answered 404 (no_service). Handed over to mail.'),
  );
});

it('two processes on one outbox make each delivery once between them', async () => {
  const { store, again } = await fileStore();
  const second = await again();
  const smtp = await startMailServer();
  open.push(smtp);
  await fill(store, 200, 'mail');
  const runners = [store, second].map((own, n) =>
    pass(own, channelsOf({ mail: mailTo(smtp.port) }), manualClock(START), `runner ${n}`),
  );
  const counts = await Promise.all(runners);
  expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(200);
  expect(new Set(numbers(smtp)).size).toBe(200);
  expect(smtp.mails).toHaveLength(200);
});

it('a process that dies between sending and noting it sends again under the same Message-ID', async () => {
  const { store } = await fileStore();
  const smtp = await startMailServer();
  open.push(smtp);
  await fill(store, 1, 'mail');
  const channels = channelsOf({ mail: mailTo(smtp.port) });
  const forgetful: Store = {
    ...store,
    outbox: {
      ...store.outbox,
      sent: () => Promise.reject(new StoreError('unavailable', 'killed')),
    },
  };
  await expect(pass(forgetful, channels, manualClock(START), 'killed')).rejects.toThrow();
  await pass(store, channels, manualClock(plus(START, 6 * MINUTE)));
  const ids = smtp.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim());
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(await store.reads.outboxDepth()).toMatchObject({ queued: 0, dead: 0 });
});
