import { createServer, type Server, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { OWN_ADDRESS } from '../../scripts/own-address.mjs';
import { dispatch } from '../../src/deliver/dispatch.ts';
import { closeChannels, openChannels } from '../../src/deliver/registry.ts';
import { manualClock, systemClock } from '../../src/domain/clock.ts';
import { DAY, plus } from '../../src/domain/time.ts';
import { openFetcher } from '../../src/fetch/open-fetcher.ts';
import { makeDelivery, nthAlert } from '../support/messages.ts';
import { mailTo, startMailServer } from '../support/smtp-server.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { fileStore } from '../support/store.ts';

const START = '2026-04-22T00:00:00.000Z';

/** What a mail server says, in its order; a mute one stops before one of them and keeps the connection. */
const DIALOGUE = ['greeting', 'hello', 'sender', 'recipient', 'data', 'mail'] as const;
const ANSWERS = ['220 mute.example', '250 mute.example', '250 ok', '250 ok', '354 go on', '250 ok'];

/** A mail server that falls silent before an answer of its dialogue. */
async function startMuteMail(steps: number): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    let said = 0;
    const answer = () => {
      if (said < steps) socket.write(`${ANSWERS[said]}\r\n`);
      said += 1;
    };
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => answer());
    answer();
  });
  await new Promise<void>((resolve) => server.listen(0, OWN_ADDRESS, resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

it.each(DIALOGUE)(
  'a mail server that falls silent before its %s holds up a pass no longer than its deadline, and costs no alert',
  {
    timeout: TIMEOUT,
  },
  async (step) => {
    const { store } = await fileStore();
    const mute = await startMuteMail(DIALOGUE.indexOf(step));
    const channelsToIt = (over: { timeoutSeconds?: number } = {}) =>
      openChannels(
        { mail: mailTo(mute.port, { host: OWN_ADDRESS, tls: 'none', ...over }) },
        'config.yaml',
      );
    const channels = channelsToIt({ timeoutSeconds: 1 });
    const clock = manualClock(START);
    const { signal } = new AbortController();
    const rules = { owner: 'one', random: () => 0.5, pause: () => Promise.resolve() };
    for (let n = 0; n < amount(2, 20); n += 1) {
      await store.outbox.enqueue(nthAlert(n), [makeDelivery(nthAlert(n), { channel: 'mail' })]);
    }
    const begun = performance.now();
    await dispatch(store.outbox, channels, clock, signal, rules);
    const seconds = (performance.now() - begun) / 1_000;
    // Two that fail put the channel on hold, each within three times what one step may take.
    expect(seconds).toBeLessThan(30);
    await closeChannels(channels);
    await mute.close();
    const back = await startMailServer({}, { host: OWN_ADDRESS, port: mute.port });
    const again = channelsToIt();
    for (let tries = 0; tries < 12; tries += 1) {
      clock.set(plus(clock.now(), DAY / 12));
      await dispatch(store.outbox, again, clock, signal, rules);
    }
    await closeChannels(again);
    await back.close();
    expect(back.mails).toHaveLength(amount(2, 20));
    expect(await store.reads.outboxDepth()).toMatchObject({ queued: 0, dead: 0 });
    figure(`mail server silent before its ${step}: seconds of a pass`, seconds.toFixed(1));
  },
);

it('a name server that never answers ends a check at its deadline', {
  timeout: TIMEOUT,
}, async () => {
  const fetcher = openFetcher({
    clock: systemClock,
    agent: { version: '1', contact: 'https://test.example' },
    resolve: () => undefined,
    limits: { total: 1_000 },
    modelList: { key: null, baseUrl: 'https://api.openai.com/v1' },
  });
  const begun = performance.now();
  const names = Array.from({ length: amount(5, 200) }, (_, n) => `https://host-${n}.example/`);
  const outcomes = await Promise.all(
    names.map((url) =>
      fetcher.fetch({ url, via: 'http', validators: null }, AbortSignal.timeout(30_000)),
    ),
  );
  const seconds = (performance.now() - begun) / 1_000;
  expect(outcomes.map(({ kind }) => kind)).toEqual(names.map(() => 'failed'));
  expect(seconds).toBeLessThan(30);
  await fetcher.close();
  figure('name server silent: seconds until every check has ended', seconds.toFixed(1));
});
