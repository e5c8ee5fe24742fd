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
