import { describe, expect, it } from 'vitest';
import type {
  Channel,
  DeliveryMetadata,
  DeliveryReport,
  OpenChannel,
} from '../../../src/deliver/channel.ts';
import { dispatch } from '../../../src/deliver/dispatch.ts';
import type { Delivery, Message } from '../../../src/domain/alert.ts';
import { type ManualClock, manualClock } from '../../../src/domain/clock.ts';
import { DeliveryError } from '../../../src/domain/errors.ts';
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../../src/domain/time.ts';
import type { Store } from '../../../src/store/store.ts';
import { makeDelivery, nthAlert } from '../../support/messages.ts';
import { memoryStore } from '../../support/store.ts';

const START = '2026-04-22T00:00:00.000Z';

const DOWN = new DeliveryError('unreachable', 'The far side cannot be reached.');
const REFUSED = new DeliveryError('rejected', 'The far side said no.', { permanent: true });

interface Recorded extends Channel {
  titles: string[];
  handovers: DeliveryMetadata[];
}

/** A channel that keeps what it takes; `answer` may throw instead, per message. */
function recorded(answer: (message: Message, tries: number) => void = () => undefined): Recorded {
  let tries = 0;
  const titles: string[] = [];
  const handovers: DeliveryMetadata[] = [];
  return {
    titles,
    handovers,
    async send(message, delivery) {
      tries += 1;
      answer(message, tries);
      titles.push(message.title);
      handovers.push(delivery);
      return { receipt: `r${titles.length}`, refused: [], said: 'ok' };
    },
    probe: () => Promise.resolve('well'),
    close: () => Promise.resolve(),
  };
}

function open(channel: Channel, over: Partial<OpenChannel> = {}): OpenChannel {
  return { channel, gap: 0, fallback: null, ...over };
}

async function filled(count: number, over: { channel?: string; digest?: string } = {}) {
  const store = await memoryStore();
  for (let n = count - 1; n >= 0; n -= 1) {
    const alert = nthAlert(n);
    await store.outbox.enqueue(alert, [makeDelivery(alert, over)]);
  }
  return store;
}

function pass(
  { outbox }: Store,
  channels: Record<string, OpenChannel>,
  clock: ManualClock = manualClock(START),
  over: { report?: (report: DeliveryReport) => void; signal?: AbortSignal; batch?: number } = {},
) {
  return dispatch(
    outbox,
    new Map(Object.entries(channels)),
    clock,
    over.signal ?? new AbortController().signal,
    { owner: 'one', random: () => 0.5, pause: () => Promise.resolve(), ...over },
  );
}

async function deliveriesIn({ reads }: Store): Promise<readonly Delivery[]> {
  const { rows } = await reads.alerts({ limit: 1_000 });
  return rows.flatMap(({ deliveries }) => deliveries);
}

async function states(store: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of await deliveriesIn(store)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

it('one pass over the outbox sends all that is due, the oldest alert first, whatever the batch', async () => {
  const store = await filled(7);
  const mail = recorded();
  const counts = await pass(store, { mail: open(mail) }, manualClock(START), { batch: 2 });
  expect(mail.titles).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `Alert number ${n}`));
  expect(counts.sent).toBe(7);
  expect(await states(store)).toEqual({ sent: 7 });
});

it('one pass over the outbox sends nothing twice', async () => {
  const store = await filled(3);
  const mail = recorded();
  await pass(store, { mail: open(mail) });
  await pass(store, { mail: open(mail) });
  expect(mail.titles).toHaveLength(3);
});

it('one pass over the outbox hands the delivery id over as the key of the message', async () => {
  const store = await filled(1);
  const mail = recorded();
  await pass(store, { mail: open(mail) });
  expect(mail.handovers[0]?.id).toBe((await deliveriesIn(store))[0]?.id);
});

it('one pass over the outbox leaves what is not due yet', async () => {
  const store = await filled(1);
  const mail = recorded();
  const counts = await pass(store, { mail: open(mail) }, manualClock('2026-04-21T11:00:00.000Z'));
  expect(counts.sent).toBe(0);
  expect(mail.titles).toEqual([]);
});

it('one pass over the outbox delivers everything in order and once after an outage of three days', async () => {
  const store = await filled(40);
  const clock = manualClock(START);
  const back = plus(START, 3 * DAY);
  const mail = recorded(() => {
    if (clock.now() < back) throw DOWN;
  });
  const end = plus(START, 3 * DAY + 2 * HOUR);
  while (clock.now() < end) {
    await pass(store, { mail: open(mail) }, clock);
    clock.set(plus(clock.now(), 5 * MINUTE));
  }
  expect(mail.titles).toEqual(Array.from({ length: 40 }, (_, n) => `Alert number ${n}`));
  expect(await states(store)).toEqual({ sent: 40 });
});

it('one pass over the outbox asks a channel that is down twice, not once for each delivery', async () => {
  const store = await filled(30);
  let asked = 0;
  const mail = recorded(() => {
    asked += 1;
    throw DOWN;
  });
  const counts = await pass(store, { mail: open(mail) });
  expect(asked).toBe(2);
  expect(counts.failed).toBe(2);
  expect(await store.outbox.dueChannels(plus(START, 20 * SECOND))).toEqual([]);
  expect((await deliveriesIn(store)).filter(({ attempts }) => attempts > 0)).toHaveLength(2);
});

it('one pass over the outbox keeps a failing channel from holding up another', async () => {
  const store = await filled(3);
  for (const n of [0, 1, 2]) {
    await store.outbox.enqueue(nthAlert(n), [makeDelivery(nthAlert(n), { channel: 'chat' })]);
  }
  const chat = recorded();
  const mail = recorded(() => {
    throw DOWN;
  });
  await pass(store, { mail: open(mail), chat: open(chat) });
  expect(chat.titles).toHaveLength(3);
});

it('one pass over the outbox lets the others past a message that no server takes', async () => {
  const store = await filled(5);
  const mail = recorded(({ title }) => {
    if (title.endsWith(' 0') || title.endsWith(' 1')) throw DOWN;
  });
  const clock = manualClock(START);
  for (let turn = 0; turn < 10; turn += 1) {
    await pass(store, { mail: open(mail) }, clock);
    clock.set(plus(clock.now(), HOUR));
  }
  expect(mail.titles).toEqual([2, 3, 4].map((n) => `Alert number ${n}`));
  expect(await states(store)).toEqual({ sent: 3, queued: 2 });
});

it('one pass over the outbox holds every delivery of a channel that asks for a pause, for as long as it asks', async () => {
  const store = await filled(4);
  const throttled = new DeliveryError('throttled', 'Slow down.', { retryAfter: 10 * MINUTE });
  const clock = manualClock(START);
  const mail = recorded((_message, tries) => {
    if (tries === 2) throw throttled;
  });
  await pass(store, { mail: open(mail) }, clock);
  expect(mail.titles).toEqual(['Alert number 0']);
  clock.set(plus(START, 9 * MINUTE));
  await pass(store, { mail: open(mail) }, clock);
  expect(mail.titles).toHaveLength(1);
  clock.set(plus(START, 11 * MINUTE));
  await pass(store, { mail: open(mail) }, clock);
  expect(mail.titles).toEqual([0, 1, 2, 3].map((n) => `Alert number ${n}`));
});

it('one pass over the outbox keeps a refused delivery as dead and goes on with the next', async () => {
  const store = await filled(2);
  const mail = recorded(({ title }) => {
    if (title.endsWith(' 0')) throw REFUSED;
  });
  const counts = await pass(store, { mail: open(mail) });
  expect(counts).toMatchObject({ sent: 1, dead: 1 });
  expect((await deliveriesIn(store)).find(({ state }) => state === 'dead')?.error).toBe(
    REFUSED.message,
  );
});

it('one pass over the outbox sends a dead delivery again when it is revived by hand', async () => {
  const store = await filled(1);
  let mended = false;
  const mail = recorded(() => {
    if (!mended) throw REFUSED;
  });
  await pass(store, { mail: open(mail) });
  mended = true;
  expect(await store.outbox.revive({ channel: 'mail' }, START)).toHaveLength(1);
  await pass(store, { mail: open(mail) });
  expect(await states(store)).toEqual({ sent: 1 });
});

it('one pass over the outbox keeps deliveries of a channel the config does not know as dead, with the reason', async () => {
  const store = await filled(1, { channel: 'gone' });
  const counts = await pass(store, {});
  expect(counts.dead).toBe(1);
  expect((await deliveriesIn(store))[0]?.error).toBe('The config has no channel named gone.');
});

it('one pass over the outbox treats a channel that breaks on a message as one to try again, and reports it', async () => {
  const store = await filled(1);
  const reports: DeliveryReport[] = [];
  const mail = recorded(() => {
    throw new TypeError('x is not a function');
  });
  await pass(store, { mail: open(mail) }, manualClock(START), {
    report: (report) => reports.push(report),
  });
  expect(reports[0]).toMatchObject({ outcome: 'failed', attempt: 1 });
  expect(reports[0]?.error?.message).toContain('x is not a function');
  expect(await states(store)).toEqual({ queued: 1 });
});

it('one pass over the outbox counts no attempt for what a stop leaves unsent', async () => {
  const store = await filled(3);
  const stop = new AbortController();
  const mail = recorded((_message, tries) => {
    if (tries === 2) {
      stop.abort();
      throw DOWN;
    }
  });
  await pass(store, { mail: open(mail) }, manualClock(START), { signal: stop.signal });
  const attempts = (await deliveriesIn(store)).map((delivery) => delivery.attempts);
  expect(attempts.sort()).toEqual([0, 0, 1]);
  await pass(store, { mail: open(mail) });
  expect(await states(store)).toEqual({ sent: 3 });
});

it('one pass over the outbox waits between two messages as long as the channel wants', async () => {
  const store = await filled(4);
  const waits: number[] = [];
  await dispatch(
    store.outbox,
    new Map([['mail', open(recorded(), { gap: 1_000 })]]),
    manualClock(START),
    new AbortController().signal,
    {
      owner: 'one',
      random: () => 0,
      batch: 2,
      pause: async (milliseconds) => void waits.push(milliseconds),
    },
  );
  expect(waits).toEqual([1_000, 1_000, 1_000]);
});

it('one pass over the outbox stops before its leases run out and leaves the rest to the next pass', async () => {
  const store = await filled(10);
  const clock = manualClock(START);
  const mail = recorded(() => clock.set(plus(clock.now(), MINUTE)));
  await pass(store, { mail: open(mail) }, clock);
  expect(mail.titles.length).toBeLessThan(5);
  await pass(store, { mail: open(mail) }, clock);
  await pass(store, { mail: open(mail) }, clock);
  expect(await states(store)).toEqual({ sent: 10 });
  expect(new Set(mail.titles).size).toBe(10);
});

it('one pass over the outbox goes on when another process has taken a lease over meanwhile', async () => {
  const store = await filled(2);
  const clock = manualClock(START);
  const reports: string[] = [];
  const mail = recorded((_message, tries) => {
    if (tries > 1) return;
    clock.set(plus(START, 6 * MINUTE));
    void store.outbox.leaseDue(clock.now(), plus(clock.now(), HOUR), 'two', 1, 'mail');
  });
  await pass(store, { mail: open(mail) }, clock, {
    report: ({ outcome }) => reports.push(outcome),
  });
  expect(reports[0]).toBe('lost-lease');
});

it('a digest goes out as one message that holds all its alerts', async () => {
  const store = await filled(60, { digest: 'daily' });
  const mail = recorded();
  const counts = await pass(store, { mail: open(mail) }, manualClock(START), { batch: 10 });
  expect(mail.titles).toEqual(['Digest: 60 alerts on 1 subject']);
  expect(counts.sent).toBe(60);
});

it('a digest keeps its id when it is tried again', async () => {
  const store = await filled(3, { digest: 'daily' });
  const clock = manualClock(START);
  const ids: string[] = [];
  const mail: Channel = {
    async send(_message, { id }) {
      ids.push(id);
      if (ids.length === 1) throw DOWN;
      return { receipt: null, refused: [], said: 'ok' };
    },
    probe: () => Promise.resolve('well'),
    close: () => Promise.resolve(),
  };
  await pass(store, { mail: open(mail) }, clock);
  clock.set(plus(START, HOUR));
  await pass(store, { mail: open(mail) }, clock);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(await states(store)).toEqual({ sent: 3 });
});

it('a digest of one alert is that alert', async () => {
  const store = await filled(1, { digest: 'daily' });
  const mail = recorded();
  await pass(store, { mail: open(mail) });
  expect(mail.titles).toEqual(['Alert number 0']);
});

it('a follow-up replies to the first message its channel sent in the thread', async () => {
  const store = await memoryStore();
  const mail = recorded();
  const clock = manualClock(START);
  for (const n of [0, 1, 2]) {
    const alert = nthAlert(n, { thread: 'gpt-image-2@launch' });
    await store.outbox.enqueue(alert, [makeDelivery(alert)]);
    await pass(store, { mail: open(mail) }, clock);
    clock.set(plus(clock.now(), MINUTE));
  }
  expect(mail.handovers.map(({ replyTo }) => replyTo)).toEqual([null, 'r1', 'r1']);
});

describe('a fallback', () => {
  const fallback = { to: 'chat', after: 15 * MINUTE };

  it('a fallback gets at once what the first channel refuses', async () => {
    const store = await filled(1);
    const mail = recorded(() => {
      throw REFUSED;
    });
    const chat = recorded();
    const channels = { mail: open(mail, { fallback }), chat: open(chat) };
    await pass(store, channels);
    await pass(store, channels);
    expect(chat.titles).toEqual(['Alert number 0']);
    expect((await deliveriesIn(store)).find(({ channel }) => channel === 'mail')).toMatchObject({
      state: 'handed-over',
      error: 'The far side said no. Handed over to chat.',
    });
  });

  it('a fallback gets everything once from a channel that stays down', async () => {
    const store = await filled(120);
    const clock = manualClock(START);
    const mail = recorded(() => {
      throw DOWN;
    });
    const chat = recorded();
    const channels = { mail: open(mail, { fallback }), chat: open(chat) };
    for (let turn = 0; turn < 40; turn += 1) {
      await pass(store, channels, clock);
      if (turn === 5) expect(chat.titles).toEqual([]);
      clock.set(plus(clock.now(), MINUTE));
    }
    expect(chat.titles).toHaveLength(120);
    expect(new Set(chat.titles).size).toBe(120);
    expect(await states(store)).toEqual({ 'handed-over': 120, sent: 120 });
  });

  it('a fallback is told once even where the alert goes there anyway', async () => {
    const store = await filled(1);
    const alert = nthAlert(0);
    await store.outbox.enqueue(alert, [makeDelivery(alert, { channel: 'chat' })]);
    const mail = recorded(() => {
      throw REFUSED;
    });
    const chat = recorded();
    const channels = { mail: open(mail, { fallback }), chat: open(chat) };
    await pass(store, channels);
    await pass(store, channels);
    expect(chat.titles).toEqual(['Alert number 0']);
  });
});
