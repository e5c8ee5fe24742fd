import type { z } from 'zod';
import { composeDigest } from '../core/render/digest.ts';
import type { Message } from '../domain/alert.ts';
import type { Clock } from '../domain/clock.ts';
import { groupedBy } from '../domain/groups.ts';
import type { AlertId, DeliveryId } from '../domain/ids.ts';
import { idOf } from '../domain/ids.ts';
import { DAY, elapsed, type Instant, timeWords } from '../domain/time.ts';
import type { DeliveryLease, Outbox } from '../store/ports/outbox.ts';
import type { Span } from '../tracing.ts';

/** What a channel needs to know of the delivery it makes. */
export interface DeliveryMetadata {
  /** Travels with the message, so that the far side can drop a second copy. */
  id: DeliveryId;
  /** What an earlier, failed attempt at this delivery left behind. */
  receipt: string | null;
  /** The receipt of the first message sent by this channel in the same thread. */
  replyTo: string | null;
}

/** How a message was taken. */
export interface Acceptance {
  /** What a later message of the thread needs to reply to this one. */
  receipt: string | null;
  /** Who refused it for good while others took it, a sentence each; empty when all did. */
  refused: readonly string[];
  /** What the far side answered, in its own words. */
  said: string;
}

/** A way to reach people. Throws `DeliveryError`, which may carry a receipt for the next attempt. */
export interface Channel {
  send(message: Message, delivery: DeliveryMetadata, signal: AbortSignal): Promise<Acceptance>;
  /** Tries the way there and sends nothing; says what that proved. Throws `DeliveryError` where the way is barred. */
  probe(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** A kind of channel: its config as a schema, and how to open one. */
export interface ChannelKind<Schema extends z.ZodObject = z.ZodObject> {
  kind: string;
  config: Schema;
  /** The least time between two messages the far side puts up with, in milliseconds. */
  gap: number;
  open(config: z.output<Schema>): Channel;
}

/** A channel as the config names it, open for use. */
export interface OpenChannel {
  channel: Channel;
  /** The least time between two messages, in milliseconds. */
  gap: number;
  /** Where a delivery goes that this channel cannot make; `after` milliseconds of trying, or at once when refused. */
  fallback: { to: string; after: number } | null;
}

/** How one delivery ended in this pass. */
export interface DeliveryReport {
  delivery: DeliveryId;
  alert: AlertId;
  channel: string;
  outcome: 'sent' | 'failed' | 'dead' | 'handed-over' | 'lost-lease';
  attempt: number;
  /** Milliseconds the attempt took. */
  took: number;
  error: Error | null;
}

export interface DispatchOptions {
  /** Who holds the leases; one name a process. */
  owner: string;
  /** Milliseconds a lease holds; a killed process delays its deliveries by that much. */
  leaseFor: number;
  /** Deliveries leased at once. */
  batch: number;
  /** In [0, 1), for the jitter of retries. */
  random: () => number;
  pause: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  report: (report: DeliveryReport) => void;
  /**
   * Channels that a pass of this process is at; another pass leaves them alone, so that one that hangs holds up no other.
   */
  busy: Set<string>;
  /** The process as a whole, as it is traced. */
  trace: Span;
}

/** What the work on one channel shares. */
export interface Pass extends DispatchOptions {
  outbox: Outbox;
  clock: Clock;
  signal: AbortSignal;
}

/** What goes out as one message: a delivery alone, or all due deliveries of one digest. */
export interface OutboundMessage {
  leases: readonly DeliveryLease[];
  message: Message;
  delivery: DeliveryMetadata;
  /** Attempts made before this one; of a digest the most any of its deliveries has seen. */
  attempts: number;
}

/** Packs leased deliveries, in their order; a digest stands where its first delivery stands. */
export function outboundMessages(leases: readonly DeliveryLease[], at: Instant): OutboundMessage[] {
  const groups = groupedBy(leases, ({ delivery: { id, digest } }) =>
    digest === null ? id : `digest:${digest}`,
  );
  return [...groups.values()].map((group) => outboundMessage(group, at));
}

function outboundMessage(leases: readonly DeliveryLease[], at: Instant): OutboundMessage {
  const attempts = Math.max(...leases.map(({ delivery }) => delivery.attempts));
  const [first, second] = leases;
  if (first !== undefined && second === undefined) {
    const { id, receipt } = first.delivery;
    const delivery = { id, receipt, replyTo: first.replyTo };
    return { leases, message: dated(first.alert.message, at), delivery, attempts };
  }
  const ids = leases.map(({ delivery }) => delivery.id).sort();
  return {
    leases,
    message: composeDigest(
      leases.map(({ alert }) => alert.message),
      at,
    ),
    // Made from its deliveries: the same digest tried again is the same message to the far side.
    delivery: {
      id: idOf('dl', 'digest', ...ids),
      receipt: first?.delivery.receipt ?? null,
      replyTo: null,
    },
    attempts,
  };
}

/** What goes out more than a day after it happened says so at its head. */
function dated(message: Message, at: Instant): Message {
  const age = elapsed(message.at, at);
  if (age <= DAY) return message;
  const days = Math.floor(age / DAY);
  const ago = days === 1 ? 'a day' : `${days} days`;
  return {
    ...message,
    late: `This happened ${ago} ago, at ${timeWords(message.at)}; it could not be sent before.`,
  };
}
