import { beforeEach, describe, expect, test } from 'vitest';
import { StoreError, UsageError } from '../../src/domain/errors.ts';
import { idOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { makeAlert, makeDelivery, minute } from '../support/store-makers.ts';
import { STORES } from '../support/stores.ts';

const first = makeAlert('first', minute(1));
const second = makeAlert('second', minute(2), 'gpt-9');
const mail = makeDelivery(first, 'mail', minute(1));
const chat = makeDelivery(first, 'chat', minute(1));
const later = makeDelivery(second, 'mail', minute(2));

describe.each(STORES)('the outbox in $database', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    await store.outbox.enqueue(first, [mail, chat]);
    await store.outbox.enqueue(second, [later]);
  });

  test('holds an alert and its deliveries once, however often they are added', async () => {
    await store.outbox.enqueue(first, [mail, chat]);
    expect(await store.outbox.get(first.id)).toEqual(first);
    expect(await store.outbox.get(idOf('al', 'none'))).toBeNull();
    expect(await store.reads.outboxDepth()).toEqual({
      queued: 3,
      dead: 0,
      oldestDueAt: minute(1),
    });
  });

  test('leases what is due, each with its alert, the oldest news first', async () => {
    await store.outbox.leaseDue(minute(2), minute(3), 'me', 9);
    await store.outbox.failed(mail.id, 'me', 'greylisted', minute(20));
    await store.outbox.failed(later.id, 'me', 'greylisted', minute(10));

    const leases = await store.outbox.leaseDue(minute(20), minute(25), 'you', 9);

    const retried = { ...mail, attempts: 1, error: 'greylisted', dueAt: minute(20) };
    expect(leases.map(({ delivery }) => delivery.channel)).toHaveLength(3);
    expect(leases).toContainEqual({ delivery: retried, alert: first, owner: 'you' });
    expect(leases.at(-1)?.delivery.id).toBe(later.id);
  });

  test('leases no more than asked for, and nothing that is not due or held', async () => {
    expect(await store.outbox.leaseDue(minute(0), minute(5), 'me', 9)).toEqual([]);
    const [lease] = await store.outbox.leaseDue(minute(2), minute(5), 'me', 1);
    expect(lease?.alert).toEqual(first);
    expect(await store.outbox.leaseDue(minute(2), minute(5), 'you', 9)).toHaveLength(2);
    expect(await store.outbox.leaseDue(minute(4), minute(9), 'you', 9)).toEqual([]);
    expect(await store.outbox.leaseDue(minute(5), minute(9), 'new', 9)).toHaveLength(3);
  });

  test('sends a delivery once and counts the attempt', async () => {
    await store.outbox.leaseDue(minute(2), minute(5), 'me', 9);
    await store.outbox.sent(mail.id, 'me', minute(3));
    const page = await store.reads.alerts({ limit: 9, subject: first.subject });
    expect(page.rows[0]?.deliveries).toContainEqual({
      ...mail,
      state: 'sent',
      attempts: 1,
      sentAt: minute(3),
    });
    expect(await store.outbox.leaseDue(minute(90), minute(95), 'you', 9)).toHaveLength(2);
    await expect(store.outbox.sent(mail.id, 'me', minute(4))).rejects.toThrow(StoreError);
  });

  test('refuses the word of a runner whose lease ran out', async () => {
    await store.outbox.leaseDue(minute(2), minute(5), 'slow', 9);
    await store.outbox.leaseDue(minute(5), minute(9), 'next', 9);
    const word = store.outbox.sent(mail.id, 'slow', minute(6));
    await expect(word).rejects.toMatchObject({ family: 'store', kind: 'conflict' });
    await store.outbox.sent(mail.id, 'next', minute(6));
  });

  test('keeps what was given up, with its reason', async () => {
    await store.outbox.leaseDue(minute(2), minute(5), 'me', 9);
    await store.outbox.failed(chat.id, 'me', 'no such channel \0', null);
    expect(await store.outbox.leaseDue(minute(90), minute(95), 'you', 9)).toHaveLength(2);
    expect(await store.reads.outboxDepth()).toMatchObject({ queued: 2, dead: 1 });
    const { rows } = await store.reads.alerts({ limit: 1, subject: first.subject });
    expect(rows[0]?.deliveries).toContainEqual({
      ...chat,
      state: 'dead',
      attempts: 1,
      error: 'no such channel \0',
    });
  });

  test('pages through the alerts, the newest first', async () => {
    const alerts = Array.from({ length: 7 }, (_, n) => makeAlert(`more ${n}`, minute(5 + (n % 3))));
    for (const alert of alerts) await store.outbox.enqueue(alert, []);
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page = await store.reads.alerts({
        limit: 2,
        ...(next === null ? {} : { cursor: next }),
      });
      seen.push(...page.rows.map(({ alert }) => `${alert.at} ${alert.id}`));
      next = page.next;
    } while (next !== null);
    const all = [...alerts, first, second].map(({ at, id }) => `${at} ${id}`);
    expect(seen).toEqual(all.sort().reverse());
  });

  test('says so when a cursor is not one of its own', async () => {
    const page = store.reads.alerts({ limit: 2, cursor: 'page 2' });
    await expect(page).rejects.toThrow(UsageError);
  });
});
