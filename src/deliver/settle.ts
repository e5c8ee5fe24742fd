import { type DeliveryError, StoreError } from '../domain/errors.ts';
import { idOf } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import type { DeliveryLease } from '../store/ports/outbox.ts';
import type { Acceptance, DeliveryReport, OutboundMessage, Pass } from './channel.ts';

/** How an attempt went: what was said, and how many milliseconds it took. */
export interface Tried {
  error: DeliveryError | null;
  took: number;
}

export function settleSent(
  outbound: OutboundMessage,
  { receipt, refused }: Acceptance,
  took: number,
  pass: Pass,
): Promise<void> {
  const at = pass.clock.now();
  // A later message of one thread does not reply to a digest of many.
  const kept = outbound.leases.length > 1 ? null : receipt;
  const left = { receipt: kept, error: refused.length === 0 ? null : refused.join(' ') };
  return settle(outbound, 'sent', { error: null, took }, pass, ({ delivery, owner }) =>
    pass.outbox.sent(delivery.id, owner, at, left),
  );
}

/** Counts the attempt and tries again at `dueAt`; null gives up. */
export function settleFailed(
  outbound: OutboundMessage,
  error: DeliveryError,
  dueAt: Instant | null,
  took: number,
  pass: Pass,
): Promise<void> {
  const outcome = dueAt === null ? 'dead' : 'failed';
  return settle(outbound, outcome, { error, took }, pass, ({ delivery, owner }) =>
    pass.outbox.failed(delivery.id, owner, error.message, dueAt, error.receipt),
  );
}

/** Queues the alert for the fallback first: a crash in between delivers twice rather than never. */
export function handOver(
  outbound: OutboundMessage,
  to: string,
  tried: Tried,
  pass: Pass,
): Promise<void> {
  return settle(outbound, 'handed-over', tried, pass, async ({ delivery, alert, owner, trace }) => {
    const { outbox, clock } = pass;
    const said = tried.error?.message ?? `${delivery.channel} has been down for too long.`;
    const id = idOf('dl', alert.id, to);
    const moved = { ...delivery, id, channel: to, attempts: 0, dueAt: clock.now(), receipt: null };
    await outbox.enqueue(alert, [moved], trace);
    await outbox.handedOver(delivery.id, owner, `${said} Handed over to ${to}.`);
  });
}

/** Settles every delivery of a message; one whose lease another process has taken by now is that process's to settle. */
async function settle(
  outbound: OutboundMessage,
  outcome: DeliveryReport['outcome'],
  { error, took }: Tried,
  pass: Pass,
  write: (lease: DeliveryLease) => Promise<void>,
): Promise<void> {
  for (const lease of outbound.leases) {
    const ended = (await keepsLease(() => write(lease))) ? outcome : 'lost-lease';
    pass.report({
      delivery: lease.delivery.id,
      alert: lease.alert.id,
      channel: lease.delivery.channel,
      outcome: ended,
      attempt: lease.delivery.attempts + 1,
      took: Math.round(took),
      error,
    });
  }
}

/** Lets go of a message that was not tried. */
export async function release(outbound: OutboundMessage, { outbox }: Pass): Promise<void> {
  for (const { delivery, owner } of outbound.leases) {
    await keepsLease(() => outbox.release(delivery.id, owner));
  }
}

async function keepsLease(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (thrown) {
    if (thrown instanceof StoreError && thrown.kind === 'conflict') return false;
    throw thrown;
  }
}
