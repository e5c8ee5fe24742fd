import { type Instant, instantOf } from './time.ts';

/** Where the time comes from; a replay brings its own. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instantOf(Date.now()) };

/** A clock that stands still until it is set: the clock of replays, of the demo and of tests. */
export interface ManualClock extends Clock {
  set(now: Instant): void;
}

export function manualClock(start: Instant): ManualClock {
  let current = start;
  return {
    now: () => current,
    set(now) {
      current = now;
    },
  };
}
