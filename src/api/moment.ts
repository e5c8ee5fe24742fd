import type { Clock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import { type Instant, parseInstant } from '../domain/time.ts';

/**
 * A moment as an address has it: a day (its end, or its start), a time with its zone, or a time as a form of a browser writes it,
 * which is UTC here; now when there is none. Throws `UsageError`.
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
  if (moment !== null) return moment;
  throw new UsageError(
    `"${typed.slice(0, 40)}" is no time: write a day (2026-04-21) or a time with its zone (2026-04-21T13:59:00Z).`,
  );
}
