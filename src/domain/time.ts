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

/** Milliseconds since the epoch as an `Instant`. */
export function instantOf(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString();
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
  return isDay && dayOf(instant) !== text ? null : instant;
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
