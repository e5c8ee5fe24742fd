import type { AlertId, ChangeId, DeliveryId, SnapshotId, TransitionId } from './ids.ts';
import type { Instant } from './time.ts';
import type { ClaimStatus, ConfirmationLevel } from './verdict.ts';

export type AlertKind = 'level' | 'source';

/** One line of an alert: a claim whose level or status moved. */
export interface Move {
  transition: TransitionId;
  facet: string;
  from: ConfirmationLevel;
  to: ConfirmationLevel;
  status: ClaimStatus;
}

/** The words that prove it, and where they stand. */
export interface Proof {
  quote: string;
  url: string;
  publisher: string;
  publisherClass: string;
  observedAt: Instant;
  snapshot: SnapshotId;
}

/** One part of a word diff, for people. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What changed at a source, as a person would want to read it. */
export interface SourceChange {
  change: ChangeId;
  kind: 'added' | 'revised' | 'withdrawn';
  title: string;
  url: string;
  watcher: string;
  parts: readonly DiffPart[];
}

/** One neutral message; each channel renders it its own way and escapes it for where it lands. */
export interface Message {
  alert: AlertId;
  kind: AlertKind;
  at: Instant;
  /** One line, plain text, no markup. */
  title: string;
  subject: string;
  name: string;
  vendor: string;
  moves: readonly Move[];
  proofs: readonly Proof[];
  changes: readonly SourceChange[];
  /** What could not be checked, a sentence each. */
  unchecked: readonly string[];
  /** The rule in words: why the level is what it is. */
  because: readonly string[];
}

/** Something worth telling, told once. */
export interface Alert {
  id: AlertId;
  kind: AlertKind;
  subject: string;
  at: Instant;
  transitions: readonly TransitionId[];
  message: Message;
}

export type DeliveryState = 'queued' | 'sent' | 'dead';

/** One alert on its way through one channel. Its id travels as Message-ID or Idempotency-Key. */
export interface Delivery {
  id: DeliveryId;
  alert: AlertId;
  channel: string;
  state: DeliveryState;
  attempts: number;
  dueAt: Instant;
  error: string | null;
  sentAt: Instant | null;
}
