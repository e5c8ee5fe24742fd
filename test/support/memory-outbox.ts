import type { Alert, Delivery, Silence } from '../../src/domain/alert.ts';
import { StoreError } from '../../src/domain/errors.ts';
import type { AlertId, DeliveryId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { DeliveryLease, Outbox } from '../../src/store/ports/outbox.ts';

interface Row {
  delivery: Delivery;
  trace: string | null;
  owner: string | null;
  until: Instant | null;
}

/** The outbox's contract in a few maps, for tests that ask nothing of a store. */
export interface MemoryOutbox extends Outbox {
  deliveries(): readonly Delivery[];
  held: Map<string, { until: Instant; because: string }>;
}

export function memoryOutbox(): MemoryOutbox {
  const alerts = new Map<AlertId, Alert>();
  const rows = new Map<DeliveryId, Row>();
  const held: MemoryOutbox['held'] = new Map();
  const silences = new Map<string, Silence>();

  function due(row: Row, now: Instant): boolean {
    const free = row.until === null || row.until <= now;
    const isHeld = (held.get(row.delivery.channel)?.until ?? '') > now;
    return row.delivery.state === 'queued' && row.delivery.dueAt <= now && free && !isHeld;
  }

  function alertOf({ delivery }: Row): Alert {
    const alert = alerts.get(delivery.alert);
    if (alert === undefined) throw new StoreError('corrupt', 'A delivery without its alert.');
    return alert;
  }

  function replyTo(row: Row): string | null {
    const { thread } = alertOf(row).message;
    const sent = [...rows.values()]
      .filter((other) => other.delivery.channel === row.delivery.channel)
      .filter((other) => other.delivery.state === 'sent' && other.delivery.receipt !== null)
      .filter((other) => alertOf(other).message.thread === thread)
      .sort((a, b) => ((a.delivery.sentAt ?? '') < (b.delivery.sentAt ?? '') ? -1 : 1));
    return sent[0]?.delivery.receipt ?? null;
  }

  function settle(id: DeliveryId, owner: string, change: (delivery: Delivery) => Delivery): void {
    const row = rows.get(id);
    if (row === undefined || row.owner !== owner) {
      throw new StoreError('conflict', `The lease of ${id} is no longer ${owner}'s.`);
    }
    rows.set(id, { ...row, delivery: change(row.delivery), owner: null, until: null });
  }

  function patch(test: (delivery: Delivery) => boolean, change: Partial<Delivery>): number {
    const hits = [...rows.values()].filter(({ delivery }) => test(delivery));
    for (const row of hits) {
      const delivery = { ...row.delivery, ...change };
      rows.set(delivery.id, { ...row, delivery, owner: null, until: null });
    }
    return hits.length;
  }

  return {
    held,
    deliveries: () => [...rows.values()].map(({ delivery }) => delivery),
    async enqueue(alert, deliveries, trace = null) {
      if (!alerts.has(alert.id)) alerts.set(alert.id, alert);
      for (const delivery of deliveries) {
        if (!rows.has(delivery.id)) {
          rows.set(delivery.id, { delivery, trace, owner: null, until: null });
        }
      }
    },
    async dueChannels(now) {
      const channels = [...rows.values()]
        .filter((row) => due(row, now))
        .map((row) => row.delivery.channel);
      return [...new Set(channels)].sort();
    },
    async leaseDue(now, until, owner, limit, channel) {
      const ready = [...rows.values()]
        .filter((row) => row.delivery.channel === channel && due(row, now))
        .sort((a, b) => (alertOf(a).at < alertOf(b).at ? -1 : 1));
      const first = ready.slice(0, limit);
      const digests = new Set(first.map(({ delivery }) => delivery.digest));
      digests.delete(null);
      const leased = ready.filter((row) => first.includes(row) || digests.has(row.delivery.digest));
      for (const row of leased) Object.assign(row, { owner, until });
      return leased.map(
        (row): DeliveryLease => ({
          delivery: row.delivery,
          alert: alertOf(row),
          owner,
          replyTo: replyTo(row),
          trace: row.trace,
        }),
      );
    },
    async sent(id, owner, at, left) {
      settle(id, owner, (delivery) => ({
        ...delivery,
        ...left,
        state: 'sent',
        attempts: delivery.attempts + 1,
        sentAt: at,
      }));
    },
    async failed(id, owner, error, dueAt, receipt) {
      settle(id, owner, (delivery) => ({
        ...delivery,
        error,
        state: dueAt === null ? 'dead' : 'queued',
        attempts: delivery.attempts + 1,
        dueAt: dueAt ?? delivery.dueAt,
        receipt: receipt ?? delivery.receipt,
      }));
    },
    async handedOver(id, owner, error) {
      settle(id, owner, (delivery) => ({
        ...delivery,
        error,
        state: 'handed-over',
        attempts: delivery.attempts + 1,
      }));
    },
    async release(id, owner) {
      settle(id, owner, (delivery) => delivery);
    },
    async hold(channel, until, because) {
      held.set(channel, { until, because });
    },
    async holds(at) {
      return [...held.entries()]
        .filter(([, { until }]) => until > at)
        .map(([channel, hold]) => ({ channel, ...hold }))
        .sort((a, b) => (a.channel < b.channel ? -1 : 1));
    },
    async revive({ id, alert, channel }, dueAt) {
      const states = id === undefined ? ['dead'] : ['dead', 'handed-over'];
      const isMeant = (delivery: Delivery) =>
        states.includes(delivery.state) &&
        (id ?? delivery.id) === delivery.id &&
        (alert ?? delivery.alert) === delivery.alert &&
        (channel ?? delivery.channel) === delivery.channel;
      const ids = [...rows.values()].map(({ delivery }) => delivery).filter(isMeant);
      patch(isMeant, { state: 'queued', attempts: 0, dueAt });
      for (const { channel: name } of ids) held.delete(name);
      return ids.map((delivery) => ({ ...delivery, state: 'queued', attempts: 0, dueAt }));
    },
    async cancel(alert, because) {
      patch((delivery) => delivery.alert === alert && delivery.state === 'queued', {
        state: 'cancelled',
        error: because,
      });
    },
    async silence(silence) {
      silences.set(silence.subject, silence);
    },
    async givenAtOnce(since) {
      const given = [...rows.values()].filter(
        (row) => row.delivery.digest === null && alertOf(row).at > since,
      );
      const counts = new Map<string, number>();
      for (const { delivery } of given) {
        counts.set(delivery.channel, (counts.get(delivery.channel) ?? 0) + 1);
      }
      return counts;
    },
    async silences(at) {
      return [...silences.values()].filter(({ from, until }) => from <= at && at < until);
    },
    async get(id) {
      return alerts.get(id) ?? null;
    },
  };
}
