import type { FailureKind } from './errors.ts';
import type { CheckId, SnapshotId, TargetId } from './ids.ts';
import type { HealthState } from './target.ts';
import type { Instant } from './time.ts';

/**
 * How one run of the line over one target ended. `present`: a good answer that holds entries; `silent`: a good
 * answer that holds none, such as the 404 of an exact-id page. The others are never evidence of anything.
 */
export type CheckOutcome =
  | 'present'
  | 'silent'
  | 'unreachable'
  | 'blocked'
  | 'parse_failed'
  | 'control_failed';

export interface Check {
  id: CheckId;
  target: TargetId;
  watcher: string;
  at: Instant;
  outcome: CheckOutcome;
  /** Why it was not good; null for `present` and `silent`. */
  failure: { kind: FailureKind; message: string } | null;
  snapshot: SnapshotId | null;
  /** The subjects the answer showed: the positive controls of a silence. */
  shows: readonly string[];
}

export function isGood(outcome: CheckOutcome): boolean {
  return outcome === 'present' || outcome === 'silent';
}

const STATES: Record<CheckOutcome, HealthState> = {
  present: 'ok',
  silent: 'ok',
  unreachable: 'failing',
  blocked: 'blocked',
  parse_failed: 'drifted',
  control_failed: 'suspect',
};

/** How well a target is after a check. A channel that lacks its key is off by a person's choice, and never failing. */
export function healthOf(outcome: CheckOutcome, failure: FailureKind | null): HealthState {
  return failure === 'off' ? 'off' : STATES[outcome];
}
