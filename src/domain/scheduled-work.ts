import type { Instant } from './time.ts';

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
