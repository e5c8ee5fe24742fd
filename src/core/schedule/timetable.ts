import { DateTime } from 'luxon';
import { createTask, parse, validate } from 'node-cron';
import { Bug } from '../../domain/errors.ts';
import {
  DAY,
  HOUR,
  type Instant,
  instantOf,
  MINUTE,
  millisecondsOf,
  plus,
  SECOND,
} from '../../domain/time.ts';

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

/** 29 February comes again after eight years at most. */
const LONGEST_CYCLE_DAYS = 8 * 366;

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

function slots(expression: string, zone: string): Timetable | null {
  const after = slotAfter(expression, zone);
  if (after?.('1970-01-01T00:00:00.000Z') == null) return null;
  const next = (from: Instant) => after(from) ?? from;
  const gap = (from: Instant) => {
    const first = next(from);
    return millisecondsOf(next(first)) - millisecondsOf(first);
  };
  return { next, gap, spread: (from) => Math.min(gap(from) / 10, LONGEST_SLOT_SPREAD) };
}

/**
 * Finds the first slot after a moment. node-cron reads the expression and says which days match; its own next run
 * counts from the clock of the machine alone, and due times are computed from a given moment.
 */
function slotAfter(expression: string, zone: string): ((from: Instant) => Instant | null) | null {
  const fields = expression.trim().split(/\s+/);
  if (fields.length < 5 || fields.length > 6 || !validate(expression)) return null;
  if (fields.some((field, nth) => hasLongStep(field, nth - fields.length))) return null;
  const { second, minute, hour } = parse(expression);
  const day = createTask(`0 0 12 ${fields.slice(-3).join(' ')}`, () => undefined, {
    timezone: 'UTC',
  });
  // Only asked which days match, never started: it need not stay among the tasks of the process.
  void day.destroy();
  return (from) => {
    const start = DateTime.fromISO(from, { zone });
    if (!start.isValid) return null;
    for (let days = 0; days < LONGEST_CYCLE_DAYS; days += 1) {
      const date = start.startOf('day').plus({ days });
      if (!day.match(new Date(Date.UTC(date.year, date.month - 1, date.day, 12)))) continue;
      const slot = firstSlot(date, { hour, minute, second }, days === 0 ? start : null);
      if (slot !== null) return slot;
    }
    return null;
  };
}

/** How many values each field has, from the last one on: weekday, month, day, hour, minute, second. */
const VALUES = [7, 12, 31, 24, 60, 60];

/** Who writes every 90 minutes as a step of 90 would be woken every hour: the step starts anew with the field. */
function hasLongStep(field: string, fromEnd: number): boolean {
  const most = VALUES[-fromEnd - 1] ?? 0;
  return field.split(',').some((part) => Number(part.split('/')[1] ?? 0) > most);
}

interface SlotTimes {
  hour: number[];
  minute: number[];
  second: number[];
}

/** The first slot of a day after the given moment of that day, if one is given. */
function firstSlot(day: DateTime, times: SlotTimes, after: DateTime | null): Instant | null {
  for (const hour of times.hour) {
    if (after !== null && hour < after.hour) continue;
    for (const minute of times.minute) {
      for (const second of times.second) {
        const slot = day.set({ hour, minute, second }).toMillis();
        if (after === null || slot > after.toMillis()) return instantOf(slot);
      }
    }
  }
  return null;
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Reads `30s`, `5m`, `6h` or `1d` as milliseconds; null when it is something else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+)\s*([smhd])$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ''];
  const amount = Number(match?.[1] ?? 0);
  return unit === undefined || amount === 0 ? null : amount * unit;
}

/** A duration that the config's schema has let through, in milliseconds. */
export function millisecondsIn(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === null) throw new Bug(`"${duration}" is no duration.`);
  return milliseconds;
}
