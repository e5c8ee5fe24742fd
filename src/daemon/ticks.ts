import { type Logger as CronLogger, schedule } from 'node-cron';
import type { Clock } from '../domain/clock.ts';
import { elapsed, SECOND } from '../domain/time.ts';
import type { Logger } from '../log.ts';

export interface TickOptions {
  /** Seconds between two ticks; a divisor of 60. */
  seconds: number;
  clock: Clock;
  log: Logger;
  onTick(): void;
  /** The clock was set, or the machine slept: called before the tick that follows at once. */
  onJump?(): void;
}

/** The clock was set, or the machine slept, when it moves this much more or less than time passes, in milliseconds. */
const JUMP = SECOND;

/** How long before each tick the clock is looked at, in milliseconds. */
const AHEAD = 50;

/**
 * Ticks by node-cron. It counts slots of the wall clock: set back an hour it would stand still for an hour, and after
 * a night's sleep it goes through every slot it missed, a third of a millisecond each. So a timer looks at the clock
 * just before each tick, and a clock that jumped gets a new schedule. UTC, because an hour that a zone repeats is
 * ticked once.
 */
export function startTicks({ seconds, clock, log, onTick, onJump }: TickOptions): { stop(): void } {
  const expression = `*/${seconds} * * * * *`;
  const options = {
    timezone: 'UTC',
    noOverlap: true,
    suppressMissedWarning: true,
    logger: quiet(log),
  };
  let task = schedule(expression, beat, options);
  let [wall, steady] = [clock.now(), performance.now()];
  let ahead = setTimeout(look, AHEAD);

  function beat(): void {
    onTick();
    arm();
  }

  function arm(): void {
    clearTimeout(ahead);
    ahead = setTimeout(look, Math.max(0, (task.msToNext() ?? 0) - AHEAD));
  }

  function look(): void {
    const [now, passed] = [clock.now(), performance.now()];
    const jumped = elapsed(wall, now) - (passed - steady);
    [wall, steady] = [now, passed];
    // Armed again for the case that the clock jumps between this look and the tick.
    ahead = setTimeout(look, 2 * seconds * SECOND);
    if (Math.abs(jumped) < JUMP) return;
    log.warn({ seconds: Math.round(jumped / SECOND) }, 'clock jumped');
    void task.destroy();
    task = schedule(expression, beat, options);
    onJump?.();
    beat();
  }

  return {
    stop() {
      clearTimeout(ahead);
      void task.destroy();
    },
  };
}

function quiet(log: Logger): CronLogger {
  return {
    info: () => undefined,
    debug: () => undefined,
    warn: (message) => log.debug({ message }, 'ticks'),
    error: (error) => log.error({ err: error }, 'tick crashed'),
  };
}
