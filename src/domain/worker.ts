import type { TargetId } from './ids.ts';
import type { Instant } from './time.ts';

/** A process that checks and delivers, as it last told of itself. */
export interface Worker {
  /** Under which name it holds leases. */
  owner: string;
  machine: string;
  version: string;
  startedAt: Instant;
  seenAt: Instant;
  /** How many checks it runs side by side. */
  room: number;
  /** What it checks now, and since when. */
  checks: readonly { target: TargetId; since: Instant }[];
}

/** Calendar work of the daemon (heartbeat, backup, prune, reminders). It is due by a row, so none is lost to sleep. */
export interface ScheduledWork {
  name: string;
  /** A duration or a cron expression. */
  cadence: string;
  dueAt: Instant;
  /** When it was last done, well or not. */
  lastAt: Instant | null;
  /** What went wrong the last time. */
  error: string | null;
}
