import { retryWait, waitedBy } from '../core/schedule/retry.ts';
import { asError, DeliveryError } from '../domain/errors.ts';
import { elapsed, type Instant, plus } from '../domain/time.ts';
import type { DeliveryLease } from '../store/ports/outbox.ts';
import type { Span } from '../tracing.ts';
import type { Acceptance, OpenChannel, Pass } from './channel.ts';
import { type OutboundMessage, outboundMessages } from './channel.ts';
import { handOver, release, settleFailed, settleSent } from './settle.ts';

export interface Batch {
  name: string;
  open: OpenChannel;
  leases: readonly DeliveryLease[];
  /** When the leases end. */
  until: Instant;
  /** How the batch before it in this pass ended; null for the first. */
  after: BatchEnd | null;
}

/** What the pass does next with the channel: go on, go on without trying as all goes to the fallback, or leave it. */
export type BatchEnd = 'more' | 'handing-over' | 'stop';

/** Failures in a row after which the channel is down, not the message. */
const DOWN_AFTER = 2;

/** What one batch has learned of its channel. */
interface Progress {
  /** Failures in a row. */
  failures: number;
  /** It cannot be reached, and has not been for longer than the fallback waits. */
  givenUp: boolean;
  /** A message that failed has waited as long as the fallback does. */
  outlasted: boolean;
  /** The earliest next attempt among the failed ones. */
  retryAt: Instant | null;
}

/** Sends a batch of leased deliveries of one channel, one after the other, the oldest first, and settles each. */
export async function sendBatch(batch: Batch, pass: Pass): Promise<BatchEnd> {
  const queue = outboundMessages(batch.leases, pass.clock.now());
  const givenUp = batch.after === 'handing-over';
  const progress: Progress = { failures: 0, givenUp, outlasted: givenUp, retryAt: null };
  let paced = batch.after === null;
  for (let outbound = next(queue, progress); outbound !== null; outbound = next(queue, progress)) {
    const end = await sendOne(outbound, batch, progress, pass, paced);
    paced = false;
    if (end === 'done') continue;
    const left = end === 'stopped' ? [outbound, ...queue] : queue;
    for (const unsent of left) await release(unsent, pass);
    return 'stop';
  }
  return progress.givenUp ? 'handing-over' : 'more';
}

/** The oldest; after a failure the one tried least, so that a message no server takes cannot pass for a channel that is down. */
function next(queue: OutboundMessage[], { failures }: Progress): OutboundMessage | null {
  if (failures === 0) return queue.shift() ?? null;
  const fewest = Math.min(...queue.map(({ attempts }) => attempts));
  const index = queue.findIndex(({ attempts }) => attempts === fewest);
  return index === -1 ? null : (queue.splice(index, 1)[0] ?? null);
}

type SendEnd = 'done' | 'held' | 'stopped';

async function sendOne(
  outbound: OutboundMessage,
  batch: Batch,
  progress: Progress,
  pass: Pass,
  paced: boolean,
): Promise<SendEnd> {
  const { fallback } = batch.open;
  if (progress.givenUp && fallback !== null) {
    await handOver(outbound, fallback.to, { error: null, took: 0 }, pass);
    return 'done';
  }
  if (isOver(batch, pass) || !(paced || (await pause(batch, pass)))) return 'stopped';
  const started = performance.now();
  const taken = await trySend(outbound, batch, pass);
  const took = performance.now() - started;
  if (taken instanceof DeliveryError) {
    if (pass.signal.aborted) return 'stopped';
    return fail(outbound, { error: taken, took }, batch, progress, pass);
  }
  progress.failures = 0;
  progress.outlasted = false;
  await settleSent(outbound, taken, took, pass);
  return 'done';
}

/** Too little of the lease is left for another message, or the pass is to end. */
function isOver(batch: Batch, pass: Pass): boolean {
  return pass.signal.aborted || elapsed(pass.clock.now(), batch.until) < pass.leaseFor / 3;
}

async function pause({ open }: Batch, pass: Pass): Promise<boolean> {
  if (open.gap === 0) return true;
  try {
    await pass.pause(open.gap, pass.signal);
    return true;
  } catch {
    return false;
  }
}

/** A channel that breaks on a message is treated as one that cannot be reached: tried again, and told. */
async function trySend(
  outbound: OutboundMessage,
  { open }: Batch,
  pass: Pass,
): Promise<Acceptance | DeliveryError> {
  const span = deliverySpan(outbound, pass);
  try {
    const acceptance = await open.channel.send(outbound.message, outbound.delivery, pass.signal);
    span.end();
    return acceptance;
  } catch (thrown) {
    const error = asDeliveryError(thrown);
    span.end(error);
    return error;
  }
}

function asDeliveryError(thrown: unknown): DeliveryError {
  if (thrown instanceof DeliveryError) return thrown;
  const { message } = asError(thrown);
  return new DeliveryError('unreachable', `The channel failed: ${message}`, { cause: thrown });
}

/** A delivery goes on with the trace of what queued it; a digest has many of those, and names them. */
function deliverySpan({ leases, delivery, attempts }: OutboundMessage, { trace }: Pass): Span {
  const traces = leases.flatMap((lease) => lease.trace ?? []);
  const [only = null] = traces;
  const channel = leases[0]?.delivery.channel ?? '';
  const fields = { delivery: delivery.id, channel, attempt: attempts + 1, alerts: leases.length };
  return leases.length === 1
    ? trace.begin('deliver', { fields, from: only })
    : trace.begin('deliver', { fields, from: null, links: traces });
}

async function fail(
  outbound: OutboundMessage,
  tried: { error: DeliveryError; took: number },
  batch: Batch,
  progress: Progress,
  pass: Pass,
): Promise<SendEnd> {
  const { error } = tried;
  const attempts = outbound.attempts + 1;
  const wait = retryWait(attempts, error, pass.random());
  const dueAt = wait === null ? null : plus(pass.clock.now(), wait);
  const { fallback } = batch.open;
  const throttled = error.kind === 'throttled';
  progress.failures = error.permanent ? 0 : progress.failures + 1;
  progress.outlasted ||=
    fallback !== null && !error.permanent && waitedBy(attempts) >= fallback.after;

  if (fallback !== null && !throttled && (dueAt === null || progress.outlasted)) {
    progress.givenUp = progress.failures >= DOWN_AFTER;
    await handOver(outbound, fallback.to, tried, pass);
    return 'done';
  }
  await settleFailed(outbound, error, dueAt, tried.took, pass);
  if (dueAt === null) return 'done';
  progress.retryAt = earlier(progress.retryAt, dueAt);
  if (!throttled && progress.failures < DOWN_AFTER) return 'done';
  await pass.outbox.hold(batch.name, progress.retryAt, error.message);
  return 'held';
}

function earlier(a: Instant | null, b: Instant): Instant {
  return a === null || b < a ? b : a;
}
