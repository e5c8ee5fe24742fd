import { expect, it } from 'vitest';
import { OWN_ADDRESS } from '../../scripts/own-address.mjs';
import { dispatch } from '../../src/deliver/dispatch.ts';
import { closeChannels, openChannels } from '../../src/deliver/registry.ts';
import { manualClock } from '../../src/domain/clock.ts';
import { DAY, HOUR, instantOf, MINUTE, millisecondsOf, plus } from '../../src/domain/time.ts';
import { makeDelivery, nthAlert } from '../support/messages.ts';
import { mailTo, startMailServer } from '../support/smtp-server.ts';
import { amount, figure, TIMEOUT } from '../support/soak.ts';
import { fileStore } from '../support/store.ts';

const START = '2026-04-22T00:00:00.000Z';
const ALERTS = amount(30, 3_000);

it('a mail server that is down for three days gets every alert when it is back, the oldest first, once', {
  timeout: TIMEOUT,
}, async () => {
  const { store } = await fileStore();
  const before = await startMailServer({}, { host: OWN_ADDRESS });
  await before.close();
  const channels = openChannels(
    { mail: mailTo(before.port, { host: OWN_ADDRESS }) },
    'config.yaml',
  );
  const clock = manualClock(START);
  const { signal } = new AbortController();
  const rules = { owner: 'one', random: () => 0.5, pause: () => Promise.resolve() };
  const pass = async (minutes: number) => {
    await dispatch(store.outbox, channels, clock, signal, rules);
    clock.set(plus(clock.now(), minutes * MINUTE));
  };
  const momentOf = (n: number) => instantOf(millisecondsOf(START) + (n * 3 * DAY) / ALERTS);
  let queued = 0;
  while (clock.now() <= plus(START, 3 * DAY)) {
    for (; queued < ALERTS && momentOf(queued) <= clock.now(); queued += 1) {
      const alert = { ...nthAlert(queued), at: momentOf(queued) };
      await store.outbox.enqueue(alert, [makeDelivery(alert, { channel: 'mail' })]);
    }
    await pass(5);
  }
  const back = await startMailServer({}, before);
  const begun = performance.now();
  while (clock.now() < plus(START, 3 * DAY + 2 * HOUR)) await pass(10);
  const seconds = (performance.now() - begun) / 1_000;
  await closeChannels(channels);
  await back.close();
  const told = back.mails.map(({ raw }) =>
    Number(/^Subject: .*Alert number (\d+)/m.exec(raw)?.[1]),
  );
  expect(queued).toBe(ALERTS);
  expect(told).toEqual(Array.from({ length: ALERTS }, (_, n) => n));
  expect(await store.reads.outboxDepth()).toMatchObject({ queued: 0, dead: 0 });
  figure('mail server down for three days: alerts that came, in order, once', told.length);
  figure('  when it was back, a second', Math.round(told.length / seconds));
});
