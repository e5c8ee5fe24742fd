import { DAY, type Day, dayOf, elapsed, instantOf } from '../../domain/time.ts';

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

export function isDate(value: string): boolean {
  return DATE.test(value);
}

/**
 * Whether two dates can mean the same moment: equal as far as the coarser one goes, or at most the policy's
 * tolerance apart (time zones, next-day writers). Null when one of them is no date.
 */
export function areCompatibleDates(a: string, b: string, tolerance: number): boolean | null {
  if (!isDate(a) || !isDate(b)) return null;
  const shared = Math.min(a.length, b.length);
  if (a.slice(0, shared) === b.slice(0, shared)) return true;
  if (a.length < 10 || b.length < 10) return false;
  return Math.abs(elapsed(a, b)) <= tolerance * DAY;
}

/** The last day a date can mean: itself, or the last of its month or year. */
export function lastDayOf(date: string): Day {
  if (date.length === 10) return date;
  const [year = '', month = '12'] = date.split('-');
  return dayOf(instantOf(Date.UTC(Number(year), Number(month), 0)));
}
