import { type Instant, millisecondsOf } from '../domain/time.ts';

/**
 * What `Retry-After` asks for, in milliseconds: seconds, or a date, which is read against the answer's own `Date`
 * where it has one, since clocks disagree. Null when it is not there or says nothing.
 */
export function retryAfterOf(
  headers: Readonly<Record<string, string>>,
  now: Instant,
): number | null {
  const said = headers['retry-after']?.trim();
  if (said === undefined || said === '') return null;
  if (/^\d{1,9}$/.test(said)) return Number(said) * 1000;
  // Date.parse makes a date of nearly anything; every form of an HTTP date has a time of day.
  const until = /\d:\d\d/.test(said) ? Date.parse(said) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const theirs = Date.parse(headers['date'] ?? '');
  return Math.max(0, until - (Number.isNaN(theirs) ? millisecondsOf(now) : theirs));
}
