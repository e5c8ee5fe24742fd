import { type DispatchCounts, dispatch } from '../deliver/dispatch.ts';
import type { DeliveryReport, OpenChannel } from '../deliver/pass.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../log.ts';
import type { PipelineContext } from '../pipeline/context.ts';

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
