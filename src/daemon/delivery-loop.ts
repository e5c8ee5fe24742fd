import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryReport, OpenChannel } from '../deliver/channel.ts';
import { type DispatchCounts, dispatch } from '../deliver/dispatch.ts';
import type { Clock } from '../domain/clock.ts';
import { asError, StoreError } from '../domain/errors.ts';
import type { Logger } from '../log.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import type { Runtimes } from './runtime.ts';

export interface DeliverOptions {
  /** Channels that another pass of this process is at. */
  busy?: Set<string>;
  onDelivered?: (report: DeliveryReport) => void;
}

/** Sends what the outbox holds that is due. */
export function deliverDue(
  context: Pick<PipelineContext, 'store' | 'owner' | 'jitter' | 'log' | 'trace'>,
  channels: ReadonlyMap<string, OpenChannel>,
  clock: Clock,
  signal: AbortSignal,
  { busy = new Set(), onDelivered }: DeliverOptions = {},
): Promise<DispatchCounts> {
  const { store, owner, jitter: random, trace } = context;
  const report = (delivered: DeliveryReport) => {
    logDelivery(context.log, delivered);
    onDelivered?.(delivered);
  };
  return dispatch(store.outbox, channels, clock, signal, { owner, random, busy, report, trace });
}

/** One log line a delivery. */
function logDelivery(log: Logger, report: DeliveryReport): void {
  const { delivery, alert, channel, outcome, attempt, took, error } = report;
  const fields = { delivery, alert, channel, outcome, attempt, ms: took };
  if (error === null) log.info(fields, 'delivered');
  else log.warn({ ...fields, error: error.message }, 'delivery failed');
}

export interface DeliveryLoopOptions {
  runtimes: Runtimes;
  clock: Clock;
  onDelivered(report: DeliveryReport): void;
  /** The store failed: the process is to end. */
  onFault(error: Error): void;
}

/** The loop that empties the outbox, beside the one that fills it. */
export interface DeliveryLoop {
  /** Begins a pass, beside those under way: a channel that hangs holds up no other. */
  wake(): void;
  /** A last pass; what is under way has `limit` milliseconds to end before it is called off and given back. */
  close(limit: number): Promise<void>;
  /** Calls off what is under way, at once. */
  cut(): void;
}

export function openDeliveryLoop({ runtimes, clock, ...told }: DeliveryLoopOptions): DeliveryLoop {
  const busy = new Set<string>();
  const passes = new Map<Promise<void>, AbortController>();
  let closed = false;

  async function pass(signal: AbortSignal): Promise<void> {
    const { onDelivered } = told;
    try {
      await runtimes.use(({ context, channels }) =>
        deliverDue(context, channels, clock, signal, { busy, onDelivered }),
      );
    } catch (thrown) {
      const error = asError(thrown);
      if (error instanceof StoreError) told.onFault(error);
      else runtimes.now().context.log.error({ err: error }, 'sending crashed');
    }
  }

  function wake(): void {
    if (closed) return;
    // A signal of its own for each pass: one for all would keep everything that ever listened to it.
    const own = new AbortController();
    const running = pass(own.signal).finally(() => passes.delete(running));
    passes.set(running, own);
  }

  function cut(): void {
    closed = true;
    for (const own of passes.values()) own.abort();
  }

  return {
    wake,
    cut,
    async close(limit) {
      wake();
      closed = true;
      const waiting = new AbortController();
      const { signal } = waiting;
      const late = sleep(limit, undefined, { signal }).catch(() => undefined);
      await Promise.race([Promise.all(passes.keys()), late]);
      waiting.abort();
      cut();
      await Promise.all(passes.keys());
    },
  };
}
