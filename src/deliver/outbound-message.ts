import { composeDigest } from '../core/render/digest.ts';
import type { Message } from '../domain/alert.ts';
import { idOf } from '../domain/ids.ts';
import { DAY, elapsed, type Instant, timeWords } from '../domain/time.ts';
import type { DeliveryLease } from '../store/ports/outbox.ts';
import type { DeliveryMetadata } from './channel.ts';

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
  const groups = new Map<string, DeliveryLease[]>();
  for (const lease of leases) {
    const { id, digest } = lease.delivery;
    const key = digest === null ? id : `digest:${digest}`;
    groups.set(key, [...(groups.get(key) ?? []), lease]);
  }
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
