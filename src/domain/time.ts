import { UsageError } from './errors.ts';

/** A moment as UTC ISO 8601 with milliseconds (`2026-04-21T19:00:42.000Z`): sorts as text. */
export type Instant = string;

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

export type Precision = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

/**
 * A stretch of time as a text gives it. `from` and `to` are days for day precision and coarser, instants below;
 * `to` is the last moment included, null when the text gives a point or leaves the end open.
 */
export interface Interval {
  from: Instant | Day;
  to: Instant | Day | null;
  precision: Precision;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The moment that was written last: a check asks for the time a dozen times within one millisecond. */
let written = { milliseconds: 0, instant: new Date(0).toISOString() };

/** Milliseconds since the epoch as an `Instant`. */
export function instantOf(milliseconds: number): Instant {
  if (milliseconds !== written.milliseconds) {
    written = { milliseconds, instant: new Date(milliseconds).toISOString() };
  }
  return written.instant;
}

export function millisecondsOf(moment: Instant | Day): number {
  return Date.parse(moment.length === 10 ? `${moment}T00:00:00.000Z` : moment);
}

/** Reads any ISO 8601 moment with an offset, or a bare day as its midnight in UTC; null when it is neither. */
export function parseInstant(text: string): Instant | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(
    text,
  );
  if (!isDay && !isMoment) return null;
  const milliseconds = millisecondsOf(text);
  if (Number.isNaN(milliseconds)) return null;
  const instant = instantOf(milliseconds);
  // Date.parse rolls 30 February over into March: a day that does not come back as written never existed.
  const day = text.slice(0, 10);
  return dayOf(instantOf(millisecondsOf(day))) === day ? instant : null;
}

/**
 * A moment that has been, or now where only its beginning has, as of a day that is not over: nothing is known of the
 * future. Throws `UsageError`, with the moment as a person `typed` it.
 */
export function pastMoment(
  moment: Instant,
  {
    typed,
    begins,
    now,
    latest = now,
  }: { typed: string; begins: Instant; now: Instant; latest?: Instant },
): Instant {
  if (moment <= now) return moment;
  if (begins <= latest) return now;
  throw new UsageError(`${typed} lies in the future: nothing is known of it yet.`);
}

export function dayOf(moment: Instant | Day): Day {
  return moment.slice(0, 10);
}

export function plus(moment: Instant | Day, milliseconds: number): Instant {
  return instantOf(millisecondsOf(moment) + milliseconds);
}

/** Milliseconds from one moment to another, negative when `until` lies before. */
export function elapsed(since: Instant | Day, until: Instant | Day): number {
  return millisecondsOf(until) - millisecondsOf(since);
}

/** The first of some moments; null for none. */
export function earliest(moments: readonly (Instant | null)[]): Instant | null {
  return moments.filter((moment) => moment !== null).sort()[0] ?? null;
}

/** The last of some moments; null for none. */
export function latest(moments: readonly Instant[]): Instant | null {
  return [...moments].sort().at(-1) ?? null;
}

const SHORT_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Apr` for `04`. */
export function shortMonth(month: string): string {
  return SHORT_MONTHS[Number(month) - 1] ?? month;
}

/** `21 Apr 2026`, where there is little room. */
export function shortDay(day: Day | Instant): string {
  const [year = '', month = '1', date = ''] = day.slice(0, 10).split('-');
  return `${Number(date)} ${shortMonth(month)} ${year}`;
}

/** A moment in a sentence: `2026-04-21 19:00 UTC`. */
export function timeWords(moment: Instant): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}
