import type { Alert, Delivery, Silence } from '../../domain/alert.ts';
import type { AlertId, DeliveryId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

export interface DeliveryLease {
  delivery: Delivery;
  alert: Alert;
  owner: string;
  /** The receipt of the first message this channel sent in the alert's thread; null when there is none. */
  replyTo: string | null;
  /** The context of the trace in which the alert was queued; null when nobody traced it. */
  trace: string | null;
}

/** A channel of which nothing is due before a moment. */
export interface Hold {
  channel: string;
  until: Instant;
  because: string;
}

/** Which deliveries are meant; all that are dead when nothing is said. */
export interface ReviveFilter {
  id?: DeliveryId;
  alert?: AlertId;
  channel?: string;
}

export interface Outbox {
  /** Adds an alert with its deliveries; both are known by their ids, so adding twice adds once. */
  enqueue(alert: Alert, deliveries: readonly Delivery[], trace?: string | null): Promise<void>;
  /** The channels with something due and not leased, but for those on hold. */
  dueChannels(now: Instant): Promise<readonly string[]>;
  /**
   * Leases up to `limit` due deliveries of one channel, the oldest alert first. Due deliveries of one digest come
   * together, however many they are.
   */
  leaseDue(
    now: Instant,
    until: Instant,
    owner: string,
    limit: number,
    channel: string,
  ): Promise<readonly DeliveryLease[]>;
  /** Settles as sent; `error` names those who refused it while others took it. */
  sent(
    id: DeliveryId,
    owner: string,
    at: Instant,
    left: { receipt: string | null; error: string | null },
  ): Promise<void>;
  /** Counts an attempt and tries again at `dueAt`; null gives up and keeps the delivery as dead. A null receipt keeps the old one. */
  failed(
    id: DeliveryId,
    owner: string,
    error: string,
    dueAt: Instant | null,
    receipt: string | null,
  ): Promise<void>;
  /** Counts an attempt and gives up, because another channel has the alert now. */
  handedOver(id: DeliveryId, owner: string, error: string): Promise<void>;
  /** Lets go of a lease and counts no attempt. */
  release(id: DeliveryId, owner: string): Promise<void>;
  /** Nothing of the channel is due before `until`: it asked for a pause or cannot be reached. A later hold replaces it. */
  hold(channel: string, until: Instant, because: string): Promise<void>;
  /** Channels on hold at a moment. */
  holds(at: Instant): Promise<readonly Hold[]>;
  /**
   * Queues dead deliveries again, by hand, from zero attempts, and ends the hold of their channels; returns them. One
   * that was handed over comes back when it is named.
   */
  revive(filter: ReviveFilter, dueAt: Instant): Promise<readonly Delivery[]>;
  /** Takes back what has not been sent of an alert. */
  cancel(alert: AlertId, because: string): Promise<void>;
  /** How many deliveries that are no part of a digest each channel was given, of alerts after a moment. */
  givenAtOnce(since: Instant): Promise<ReadonlyMap<string, number>>;
  get(id: AlertId): Promise<Alert | null>;
  /** Mutes a subject; one that is muted already is muted as said last. */
  silence(silence: Silence): Promise<void>;
  /** The silences that hold at a moment. */
  silences(at: Instant): Promise<readonly Silence[]>;
}
