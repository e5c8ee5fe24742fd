import { DAY, type Instant, millisecondsOf } from '../domain/time.ts';

/** The longest quiet that a host is believed to want, in milliseconds. */
export const LONGEST_QUIET = DAY;

/**
 * What `Retry-After` asks for, in milliseconds: seconds, or a date, which is read against the answer's own `Date`
 * where it has one, since clocks disagree. At most a day; null when it is not there or says nothing.
 */
export function retryAfterOf(
  headers: Readonly<Record<string, string>>,
  now: Instant,
): number | null {
  const said = headers['retry-after']?.trim();
  if (said === undefined || said === '') return null;
  if (/^\d{1,9}$/.test(said)) return Math.min(Number(said) * 1000, LONGEST_QUIET);
  // Date.parse makes a date of nearly anything; every form of an HTTP date has a time of day.
  const until = /\d:\d\d/.test(said) ? Date.parse(said) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const theirs = Date.parse(headers['date'] ?? '');
  const wait = until - (Number.isNaN(theirs) ? millisecondsOf(now) : theirs);
  return Math.min(Math.max(0, wait), LONGEST_QUIET);
}
