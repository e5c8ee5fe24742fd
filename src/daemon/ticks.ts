import type { Clock } from '../domain/clock.ts';
import { elapsed, type Instant, SECOND } from '../domain/time.ts';
import type { Logger } from '../log.ts';

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

export interface TickOptions {
  /** Seconds between two ticks. */
  seconds: number;
  clock: Clock;
  log: Logger;
  onTick(): void;
  /** The clock was set, or the machine slept: called before the tick that notices it. */
  onJump?(): void;
}

/** The clock was set, or the machine slept, when it moves this much more or less than time passes, in milliseconds. */
const JUMP = SECOND;

/** Ticks by steady time, so that a clock that is set back or forward neither stops them nor makes up for missed ones. */
export function startTicks({ seconds, clock, log, onTick, onJump }: TickOptions): { stop(): void } {
  let [wall, steady] = [clock.now(), performance.now()];
  const timer = setInterval(tick, seconds * SECOND);

  function tick(): void {
    const [now, passed] = [clock.now(), performance.now()];
    const jumped = elapsed(wall, now) - (passed - steady);
    [wall, steady] = [now, passed];
    try {
      if (Math.abs(jumped) >= JUMP) {
        log.warn({ seconds: Math.round(jumped / SECOND) }, 'clock jumped');
        onJump?.();
      }
      onTick();
    } catch (error) {
      // The next tick comes all the same.
      log.error({ err: error }, 'tick crashed');
    }
  }

  return {
    stop() {
      clearInterval(timer);
    },
  };
}
