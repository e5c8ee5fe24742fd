import type { Clock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import { type Instant, MINUTE, parseInstant, pastMoment, plus } from '../domain/time.ts';

/** How far the clock of who asks may run ahead. */
const AHEAD = 5 * MINUTE;

/**
 * A moment as an address has it: a day (its end, or its start), a time with its zone, or a time as a form of a browser writes it,
 * which is UTC here; now when there is none, and for a day that is not over. Throws `UsageError`, for the future too.
 */
export function momentIn(
  typed: string | undefined,
  clock: Clock,
  ofDay: 'start' | 'end' = 'end',
): Instant {
  if (typed === undefined || typed === '') return clock.now();
  const isDay = typed.length === 10;
  const whole = isDay && ofDay === 'end' ? `${typed}T23:59:59.999Z` : typed;
  const moment =
    (isDay && parseInstant(typed) === null ? null : parseInstant(whole)) ??
    parseInstant(`${typed}Z`);
  if (moment !== null) {
    const now = clock.now();
    const begins = isDay ? (parseInstant(typed) ?? moment) : moment;
    const latest = plus(now, AHEAD);
    return pastMoment(moment, { typed: `"${typed.slice(0, 40)}"`, begins, now, latest });
  }
  throw new UsageError(
    `"${typed.slice(0, 40)}" is no time: write a day (2026-04-21) or a time with its zone (2026-04-21T13:59:00Z).`,
  );
}
