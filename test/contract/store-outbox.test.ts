import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert, Delivery } from '../../src/domain/alert.ts';
import { StoreError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Outbox } from '../../src/store/ports/outbox.ts';
import { memoryOutbox } from '../support/memory-outbox.ts';
import { makeAlert, makeDelivery } from '../support/messages.ts';
import { minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

interface Opened {
  outbox: Outbox;
  deliveriesOf(alert: Alert): Promise<readonly Delivery[]>;
}

/** The stores, and the stand-in for one that the tests of the deliveries use. */
const OUTBOXES: readonly { database: string; open: () => Promise<Opened> }[] = [
  ...STORES.map(({ database, open }) => ({
    database,
    open: async (): Promise<Opened> => {
      const { outbox, reads } = await open();
      const deliveriesOf = async (alert: Alert): Promise<readonly Delivery[]> => {
        const { rows } = await reads.alerts({ limit: 99 });
        return rows.find((row) => row.alert.id === alert.id)?.deliveries ?? [];
      };
      return { outbox, deliveriesOf };
    },
  })),
  {
    database: 'its stand-in',
    open: async (): Promise<Opened> => {
      const outbox = memoryOutbox();
      const deliveriesOf = async (alert: Alert): Promise<readonly Delivery[]> =>
        outbox.deliveries().filter((delivery) => delivery.alert === alert.id);
      return { outbox, deliveriesOf };
    },
  },
];

const alertAt = (name: string, at: Instant, thread = name): Alert =>
  makeAlert({ alert: idOf('al', name), at, thread });

const first = alertAt('first', minute(1));
const second = alertAt('second', minute(2));
const mail = makeDelivery(first);
const chat = makeDelivery(first, { channel: 'chat' });
const later = makeDelivery(second);
const SENT = { receipt: null, error: null };

describe.each(OUTBOXES)('the outbox in $database', ({ open }) => {
  let outbox: Outbox;
  let deliveriesOf: Opened['deliveriesOf'];
  beforeEach(async () => {
    ({ outbox, deliveriesOf } = await open());
    await outbox.enqueue(first, [mail, chat]);
    await outbox.enqueue(second, [later]);
  });

  const lease = (now: number, until: number, owner: string, limit = 9, channel = 'mail') =>
    outbox.leaseDue(minute(now), minute(until), owner, limit, channel);
  const channelsOf = async (leases: ReturnType<typeof lease>) =>
    (await leases).map(({ delivery }) => delivery.id);

  test('the outbox in the database holds an alert and its deliveries once, however often they are added', async () => {
    await outbox.enqueue(first, [mail, chat]);
    expect(await outbox.get(first.id)).toEqual(first);
    expect(await outbox.get(idOf('al', 'none'))).toBeNull();
    expect(new Set(await deliveriesOf(first))).toEqual(new Set([mail, chat]));
  });

  test('the outbox in the database names the channels with something to send', async () => {
    expect(await outbox.dueChannels(minute(0))).toEqual([]);
    expect(await outbox.dueChannels(minute(1))).toEqual(['chat', 'mail']);
    await lease(1, 5, 'me', 9, 'chat');
    expect(await outbox.dueChannels(minute(2))).toEqual(['mail']);
  });

  test('the outbox in the database keeps with a delivery in which trace it was queued first', async () => {
    const traced = { ...mail, id: idOf('dl', 'traced') };
    await outbox.enqueue(first, [traced], '00-ab-cd-01');
    await outbox.enqueue(first, [traced], '00-ef-cd-01');
    const leases = await lease(2, 5, 'me');
    expect(leases.find(({ delivery }) => delivery.id === traced.id)?.trace).toBe('00-ab-cd-01');
    expect(leases.find(({ delivery }) => delivery.id === mail.id)?.trace).toBeNull();
  });

  test('the outbox in the database leases what is due on one channel, each with its alert, the oldest alert first', async () => {
    await lease(2, 5, 'me');
    await outbox.failed(mail.id, 'me', 'greylisted', minute(20), null);
    await outbox.failed(later.id, 'me', 'greylisted', minute(10), null);

    const leases = await lease(20, 25, 'you');

    const retried = { ...mail, attempts: 1, error: 'greylisted', dueAt: minute(20) };
    const from = { owner: 'you', replyTo: null, trace: null };
    expect(leases[0]).toEqual({ ...from, delivery: retried, alert: first });
    expect(leases.map(({ delivery }) => delivery.id)).toEqual([mail.id, later.id]);
  });

  test('the outbox in the database leases no more than asked for, and nothing that is not due or held', async () => {
    expect(await lease(0, 5, 'me')).toEqual([]);
    expect(await channelsOf(lease(2, 5, 'me', 1))).toEqual([mail.id]);
    expect(await channelsOf(lease(2, 5, 'you'))).toEqual([later.id]);
    expect(await lease(4, 9, 'you')).toEqual([]);
    expect(await lease(5, 9, 'new')).toHaveLength(2);
  });

  test('the outbox in the database leases a digest whole, however much it is', async () => {
    const news = Array.from({ length: 8 }, (_, n) => alertAt(`news ${n}`, minute(3 + n)));
    for (const alert of news) {
      const digest = alert === news[7] ? 'weekly' : 'daily';
      await outbox.enqueue(alert, [makeDelivery(alert, { digest, dueAt: minute(30) })]);
    }
    await lease(2, 90, 'somebody else');
    const leases = await lease(30, 35, 'me', 2);
    expect(leases.map(({ alert }) => alert.id)).toEqual(news.slice(0, 7).map(({ id }) => id));
    expect(await lease(30, 35, 'you', 2)).toHaveLength(1);
  });

  test('the outbox in the database settles a sent delivery with what is left of it', async () => {
    await lease(2, 5, 'me');
    await outbox.sent(mail.id, 'me', minute(3), { receipt: '<1@here>', error: 'b@x refused' });
    expect(await deliveriesOf(first)).toContainEqual({
      ...mail,
      state: 'sent',
      attempts: 1,
      sentAt: minute(3),
      receipt: '<1@here>',
      error: 'b@x refused',
    });
    expect(await channelsOf(lease(90, 95, 'you'))).toEqual([later.id]);
    await expect(outbox.sent(mail.id, 'me', minute(4), SENT)).rejects.toThrow(StoreError);
  });

  test('the outbox in the database replies to the first message a channel sent in the thread', async () => {
    const [one, two, three] = [1, 2, 3].map((n) => alertAt(`launch ${n}`, minute(n), 'launch'));
    if (one === undefined || two === undefined || three === undefined) throw new Error('three');
    await outbox.enqueue(one, [makeDelivery(one), makeDelivery(one, { channel: 'chat' })]);
    await outbox.enqueue(two, [makeDelivery(two)]);
    await lease(3, 5, 'me');
    await outbox.sent(makeDelivery(two).id, 'me', minute(5), { receipt: 'two', error: null });
    await outbox.sent(makeDelivery(one).id, 'me', minute(4), { receipt: 'one', error: null });
    await outbox.enqueue(three, [makeDelivery(three), makeDelivery(three, { channel: 'chat' })]);

    const replyTo = async (channel: string) => {
      const leases = await lease(6, 9, 'me', 9, channel);
      return leases.find(({ alert }) => alert.id === three.id)?.replyTo;
    };
    expect(await replyTo('mail')).toBe('one');
    expect(await replyTo('chat')).toBeNull();
  });

  test('the outbox in the database refuses the word of a runner whose lease ran out', async () => {
    await lease(2, 5, 'slow');
    await lease(5, 9, 'next');
    const word = outbox.sent(mail.id, 'slow', minute(6), SENT);
    await expect(word).rejects.toMatchObject({ family: 'store', kind: 'conflict' });
    await outbox.sent(mail.id, 'next', minute(6), SENT);
  });

  test('the outbox in the database lets go of a lease without counting an attempt', async () => {
    await lease(2, 5, 'me');
    await outbox.release(mail.id, 'me');
    expect(await deliveriesOf(first)).toContainEqual(mail);
    expect(await channelsOf(lease(2, 5, 'you'))).toEqual([mail.id]);
    await expect(outbox.release(mail.id, 'me')).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('the outbox in the database keeps a receipt until there is another', async () => {
    await lease(2, 5, 'me');
    await outbox.failed(mail.id, 'me', 'half of them', minute(5), 'a@x has it');
    await lease(5, 9, 'me');
    await outbox.failed(mail.id, 'me', 'still half', minute(9), null);
    expect(await deliveriesOf(first)).toContainEqual({
      ...mail,
      attempts: 2,
      dueAt: minute(9),
      error: 'still half',
      receipt: 'a@x has it',
    });
  });

  test('the outbox in the database leaves a channel alone while it is on hold', async () => {
    await outbox.hold('mail', minute(10), 'try again later');
    expect(await outbox.dueChannels(minute(9))).toEqual(['chat']);
    expect(await lease(9, 12, 'me')).toEqual([]);
    await outbox.hold('mail', minute(5), 'it is back');
    expect(await outbox.dueChannels(minute(5))).toEqual(['chat', 'mail']);
    expect(await lease(5, 12, 'me')).toHaveLength(2);
  });

  test('the outbox in the database keeps what was given up, with its reason, until somebody revives it', async () => {
    await lease(2, 5, 'me', 9, 'chat');
    await outbox.failed(chat.id, 'me', 'no such channel \0', null, null);
    const dead = { ...chat, state: 'dead', attempts: 1, error: 'no such channel \0' };
    expect(await deliveriesOf(first)).toContainEqual(dead);
    expect(await outbox.dueChannels(minute(90))).toEqual(['mail']);

    expect(await outbox.revive({ channel: 'mail' }, minute(9))).toEqual([]);
    expect(await outbox.revive({ alert: second.id }, minute(9))).toEqual([]);
    const again = await outbox.revive({ id: chat.id, channel: 'chat' }, minute(9));
    expect(again.map(({ id }) => id)).toEqual([chat.id]);

    const revived = { ...dead, state: 'queued', attempts: 0, dueAt: minute(9) };
    expect(await deliveriesOf(first)).toContainEqual(revived);
    expect(await lease(9, 12, 'me', 9, 'chat')).toHaveLength(1);
  });

  test('the outbox in the database brings back what a fallback has only when it is named, and ends the hold of its channel', async () => {
    await lease(2, 5, 'me', 9, 'chat');
    await outbox.handedOver(chat.id, 'me', 'no. Handed over to mail.');
    const over = { ...chat, state: 'handed-over', attempts: 1, error: 'no. Handed over to mail.' };
    expect(await deliveriesOf(first)).toContainEqual(over);
    await outbox.hold('chat', minute(60), 'it is down');
    expect(await outbox.holds(minute(9))).toEqual([
      { channel: 'chat', until: minute(60), because: 'it is down' },
    ]);

    expect(await outbox.revive({ channel: 'chat' }, minute(9))).toEqual([]);
    expect(await outbox.revive({ id: chat.id }, minute(9))).toHaveLength(1);

    expect(await outbox.holds(minute(9))).toEqual([]);
    expect(await lease(9, 12, 'me', 9, 'chat')).toHaveLength(1);
  });

  test('the outbox in the database counts what each channel was given at once, after a moment', async () => {
    const third = alertAt('third', minute(3));
    await outbox.enqueue(third, [
      makeDelivery(third, { channel: 'chat', digest: 'daily' }),
      makeDelivery(third),
    ]);
    expect(await outbox.givenAtOnce(minute(0))).toEqual(
      new Map([
        ['mail', 3],
        ['chat', 1],
      ]),
    );
    expect(await outbox.givenAtOnce(minute(1))).toEqual(new Map([['mail', 2]]));
    expect(await outbox.givenAtOnce(minute(3))).toEqual(new Map());
  });

  test('the outbox in the database mutes a subject for a time, as was said last', async () => {
    const silence = (subject: string, from: number, until: number) => ({
      subject,
      from: minute(from),
      until: minute(until),
      because: 'known already',
    });
    await outbox.silence(silence('gpt-*', 1, 3));
    await outbox.silence(silence('gpt-9', 1, 3));
    await outbox.silence(silence('gpt-*', 2, 5));
    expect(await outbox.silences(minute(1))).toEqual([silence('gpt-9', 1, 3)]);
    expect(await outbox.silences(minute(2))).toHaveLength(2);
    expect(await outbox.silences(minute(3))).toEqual([silence('gpt-*', 2, 5)]);
    expect(await outbox.silences(minute(5))).toEqual([]);
  });

  test('the outbox in the database takes back what has not been sent of an alert', async () => {
    await lease(2, 5, 'me');
    await outbox.sent(mail.id, 'me', minute(3), SENT);
    await outbox.cancel(first.id, 'it flapped');
    await outbox.cancel(second.id, 'it flapped');
    expect(await deliveriesOf(first)).toContainEqual({
      ...chat,
      state: 'cancelled',
      error: 'it flapped',
    });
    expect(await deliveriesOf(first)).toContainEqual(expect.objectContaining({ state: 'sent' }));
    expect(await outbox.dueChannels(minute(90))).toEqual([]);
    await expect(outbox.sent(later.id, 'me', minute(4), SENT)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});
