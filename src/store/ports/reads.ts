import type { Alert, AlertKind, Delivery, DeliveryState, OutboxDepth } from '../../domain/alert.ts';
import type { AlertId, DeliveryId, EvidenceId, TargetId } from '../../domain/ids.ts';
import type { Change } from '../../domain/item.ts';
import type { Instant } from '../../domain/time.ts';
import type { ClaimStatus, ConfirmationLevel, Transition } from '../../domain/verdict.ts';

/** One page of a long answer; `next` continues it. */
export interface PageOf<T> {
  rows: readonly T[];
  next: string | null;
}

/** What one channel has not delivered. */
export interface OutboxTally {
  channel: string;
  queued: number;
  dead: number;
  /** When the next of the queued is due; null when none is. */
  nextAt: Instant | null;
  /** What the latest failure said. */
  error: string | null;
}

export interface Reads {
  /** Subjects that have claims or evidence, with when something last moved for each, baselines and re-readings apart. */
  activity(): Promise<
    readonly { subject: string; evidence: number; lastTransitionAt: Instant | null }[]
  >;
  transitions(filter: {
    subject?: string;
    until?: Instant;
    since?: Instant;
  }): Promise<readonly Transition[]>;
  changes(filter: {
    since?: Instant;
    until?: Instant;
    target?: string;
    includeBaseline?: boolean;
    limit: number;
    cursor?: string;
  }): Promise<PageOf<Change>>;
  /** The first sighting of a subject at each target, the earliest first. */
  firstSightings(
    subject: string,
    until: Instant,
  ): Promise<readonly { target: TargetId; publisher: string; at: Instant; evidence: EvidenceId }[]>;
  /** The newest first, each with all its deliveries; `delivery`, `channel` and `state` ask for one delivery like that. */
  alerts(filter: {
    subject?: string;
    kind?: AlertKind;
    alert?: AlertId;
    delivery?: DeliveryId;
    channel?: string;
    state?: DeliveryState;
    limit: number;
    cursor?: string;
  }): Promise<PageOf<{ alert: Alert; deliveries: readonly Delivery[] }>>;
  outboxDepth(): Promise<OutboxDepth>;
  /** What waits and what is given up, for each channel with either. */
  outboxTallies(): Promise<readonly OutboxTally[]>;
  levels(): Promise<readonly { level: ConfirmationLevel; status: ClaimStatus; count: number }[]>;
}
