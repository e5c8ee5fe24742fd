import type { Clock } from '../domain/clock.ts';
import type { AlertId, DeliveryId } from '../domain/ids.ts';
import type { Outbox } from '../store/ports/outbox.ts';
import type { Span } from '../tracing.ts';
import type { Channel } from './channel.ts';

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
