import type { Alert } from './alert.ts';
import type { CheckOutcome } from './check.ts';
import type { AppError } from './errors.ts';
import type { Change } from './item.ts';
import type { TargetState } from './target.ts';
import type { Instant } from './time.ts';
import type { Transition } from './verdict.ts';

/** What judging again came to. */
export interface Judged {
  transitions: readonly Transition[];
  alerts: readonly Alert[];
}

/** Where the time of a check went, in milliseconds. */
export interface Spent {
  fetch: number;
  /** Reading the answer into items and statements. */
  extract: number;
  judge: number;
  write: number;
}

/** What one check came to, for the log and for whoever called it. */
export interface CheckReport extends Judged {
  target: TargetState;
  outcome: CheckOutcome;
  /** The answer was the last one again. */
  unchanged: boolean;
  items: number;
  changes: readonly Change[];
  error: AppError | null;
  ms: Spent;
  /** The size of the answer's body; 0 when there was none. */
  bytes: number;
}

/** What a replay tells while it runs. */
export type ReplayEvent =
  | { kind: 'checked'; at: Instant; url: string; report: CheckReport }
  /** The database has looked at that address at that moment or later: what is in its past stays as it was. */
  | { kind: 'passed-over'; at: Instant; url: string }
  /** What time alone moved before the next capture. */
  | { kind: 'reconsidered'; at: Instant; judged: Judged };
