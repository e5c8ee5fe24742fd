import { elapsed, type Instant } from '../domain/time.ts';

/** When the next target is due, as it stands among the looks at what is due. */
export interface Looking {
  now: Instant;
  /** When was looked last. */
  lookedAt: Instant;
  /** When the first is due that nobody holds; null for none. */
  next: Instant | null;
  /** Looks come that often anyhow, and no two are closer than `soonest`, in milliseconds. */
  tick: number;
  soonest: number;
}

/**
 * In how many milliseconds to look before the next tick; null to wait for that. What fell due since the last look need
 * not wait; what was due then was passed over, because its host is asked or rests.
 */
export function soonerLook({ now, lookedAt, next, tick, soonest }: Looking): number | null {
  if (next === null || next <= lookedAt) return null;
  const wait = elapsed(now, next);
  return wait >= tick ? null : Math.max(wait, soonest);
}
