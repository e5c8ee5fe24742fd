import { Cron } from 'croner';
import { type Instant, instantOf, millisecondsOf, plus } from '../../domain/time.ts';
import { parseDuration } from './duration.ts';

/** When something is to be done again and again: a distance, or the slots of a cron expression in a zone. */
export interface Timetable {
  /** The first moment after `from`. */
  next(from: Instant): Instant;
  /** The distance between the two moments that follow `from`, in milliseconds. */
  gap(from: Instant): number;
  /** How far a moment may be put off, so that those who share a timetable do not all come at once, in milliseconds. */
  spread(from: Instant): number;
}

/** People who name a time of day mean it; a minute later is still that time. */
const LONGEST_SLOT_SPREAD = 60_000;

/**
 * Reads `5m`, or a cron expression of five or six fields with the time zone its slots lie in. A local time that the
 * clock skips in spring comes an hour later; one that it repeats in autumn comes once. Null when it is neither, or
 * never comes.
 */
export function timetableOf(cadence: string, zone: string): Timetable | null {
  const every = parseDuration(cadence);
  return every === null ? slots(cadence, zone) : distance(every);
}

function distance(every: number): Timetable {
  return { next: (from) => plus(from, every), gap: () => every, spread: () => every / 10 };
}

function slots(pattern: string, zone: string): Timetable | null {
  if (pattern.trim().split(/\s+/).length < 5) return null;
  let cron: Cron;
  try {
    cron = new Cron(pattern, { timezone: zone, paused: true, mode: '5-or-6-parts' });
  } catch {
    return null;
  }
  const after = (from: Instant): Instant | null => {
    const slot = cron.nextRun(new Date(millisecondsOf(from)));
    return slot === null ? null : instantOf(slot.getTime());
  };
  if (after('1970-01-01T00:00:00.000Z') === null) return null;
  const next = (from: Instant) => after(from) ?? from;
  const gap = (from: Instant) => {
    const first = next(from);
    return millisecondsOf(next(first)) - millisecondsOf(first);
  };
  return { next, gap, spread: (from) => Math.min(gap(from) / 10, LONGEST_SLOT_SPREAD) };
}
