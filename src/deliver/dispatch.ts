import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../domain/clock.ts';
import { asError, DeliveryError, StoreError } from '../domain/errors.ts';
import { MINUTE, plus } from '../domain/time.ts';
import type { DeliveryLease, Outbox } from '../store/ports/outbox.ts';
import { untraced } from '../tracing.ts';
import { type BatchEnd, sendBatch } from './batch.ts';
import type { DeliveryReport, DispatchOptions, OpenChannel, Pass } from './channel.ts';
import { outboundMessages } from './channel.ts';
import { settleFailed } from './settle.ts';

const DISPATCH_DEFAULTS: Omit<DispatchOptions, 'owner' | 'random' | 'busy'> = {
  leaseFor: 5 * MINUTE,
  batch: 50,
  pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
  report: () => undefined,
  trace: untraced,
};

export type DispatchCounts = Record<DeliveryReport['outcome'], number>;

/**
 * One pass over the outbox: all that is due is leased, sent and settled, the channels side by side and each the oldest
 * first. A channel that fails twice in a row or asks for a pause is put on hold and its deliveries wait uncounted, so it
 * never blocks another. Faults of channels are settled; only a fault of the store is thrown.
 */
export async function dispatch(
  outbox: Outbox,
  channels: ReadonlyMap<string, OpenChannel>,
  clock: Clock,
  signal: AbortSignal,
  options: Partial<DispatchOptions> & Pick<DispatchOptions, 'owner' | 'random'>,
): Promise<DispatchCounts> {
  const counts: DispatchCounts = { sent: 0, failed: 0, dead: 0, 'handed-over': 0, 'lost-lease': 0 };
  const merged = { ...DISPATCH_DEFAULTS, busy: new Set<string>(), ...options };
  const pass: Pass = {
    ...merged,
    outbox,
    clock,
    signal,
    report(report) {
      counts[report.outcome] += 1;
      merged.report(report);
    },
  };
  const names = (await outbox.dueChannels(clock.now())).filter((name) => !pass.busy.has(name));
  const drained = await Promise.allSettled(
    names.map((name) => drainAlone(name, channels.get(name) ?? null, pass)),
  );
  const broken = drained.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw storeFault(broken.reason);
  return counts;
}

/** How long a channel rests whose deliveries cannot even be prepared. */
const AFTER_A_CRASH = 10 * MINUTE;

async function drainAlone(name: string, open: OpenChannel | null, pass: Pass): Promise<void> {
  pass.busy.add(name);
  try {
    await drain(name, open, pass);
  } catch (thrown) {
    // Put off first, thrown then: what crashes its sender must not be tried again at once, for ever.
    if (!(thrown instanceof StoreError)) {
      const { message } = asError(thrown);
      await pass.outbox.hold(name, plus(pass.clock.now(), AFTER_A_CRASH), message);
    }
    throw thrown;
  } finally {
    pass.busy.delete(name);
  }
}

async function drain(name: string, open: OpenChannel | null, pass: Pass): Promise<void> {
  let after: BatchEnd | null = null;
  while (!pass.signal.aborted && after !== 'stop') {
    const now = pass.clock.now();
    const until = plus(now, pass.leaseFor);
    const leases = await pass.outbox.leaseDue(now, until, pass.owner, pass.batch, name);
    if (leases.length === 0) return;
    after =
      open === null
        ? await deadLetterAll(name, leases, pass)
        : await sendBatch({ name, open, leases, until, after }, pass);
  }
}

/** Keeps deliveries of a channel nobody has configured as dead, to be seen and revived when it is back. */
async function deadLetterAll(
  name: string,
  leases: readonly DeliveryLease[],
  pass: Pass,
): Promise<BatchEnd> {
  const error = new DeliveryError('rejected', `The config has no channel named ${name}.`, {
    permanent: true,
  });
  for (const outbound of outboundMessages(leases, pass.clock.now())) {
    await settleFailed(outbound, error, null, 0, pass);
  }
  return 'more';
}

function storeFault(reason: unknown): Error {
  const error = asError(reason);
  return error instanceof StoreError
    ? error
    : new Error('A pass over the outbox failed.', { cause: error });
}
