import type { Clock } from '../domain/clock.ts';
import { elapsed, SECOND } from '../domain/time.ts';
import type { Logger } from '../log.ts';

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
