import { DateTime } from 'luxon';
import type { QuietWindow, Weekday } from '../../domain/route.ts';
import { type Instant, instantOf } from '../../domain/time.ts';

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Windows may touch each other; more than this many in a row mean that it is never loud. */
const LONGEST_CHAIN = 30;

/**
 * The first moment from `at` on that no quiet window covers. A local time that the clock skips begins or ends an hour
 * later, one that it repeats counts once; a zone that is quiet for ever is treated as loud.
 */
export function quietUntil(at: Instant, windows: readonly QuietWindow[], zone: string): Instant {
  return loudFrom(at, windows, zone) ?? at;
}

/** Whether windows follow each other without an end. */
export function isNeverLoud(windows: readonly QuietWindow[], zone: string): boolean {
  return loudFrom('2026-01-05T00:00:00.000Z', windows, zone) === null;
}

function loudFrom(at: Instant, windows: readonly QuietWindow[], zone: string): Instant | null {
  let moment = localOf(at, zone);
  for (let turn = 0; turn < LONGEST_CHAIN; turn += 1) {
    const end = windows
      .map((window) => endIfInside(window, moment))
      .find((found) => found !== null);
    if (end === undefined || end === null) return instantOf(moment.toMillis());
    moment = end;
  }
  return null;
}

function endIfInside(window: QuietWindow, moment: DateTime): DateTime | null {
  // A window that began the evening before may still last.
  for (const daysBack of [0, 1]) {
    const day = moment.startOf('day').minus({ days: daysBack });
    const weekday = WEEKDAYS[day.weekday - 1];
    if (window.days !== undefined && !window.days.some((name) => name === weekday)) continue;
    const start = timeOn(day, window.from);
    const end = timeOn(window.to <= window.from ? day.plus({ days: 1 }) : day, window.to);
    if (start <= moment && moment < end) return end;
  }
  return null;
}

/** The first slot of a digest at or after a moment: `hourly`, `daily 08:00`, `weekly mon 08:00`. */
export function nextSlot(at: Instant, when: string, zone: string): Instant {
  const [every, ...rest] = when.split(' ');
  const moment = localOf(at, zone);
  const slot = every === 'hourly' ? nextHour(moment) : nextDay(moment, rest);
  return instantOf(slot.toMillis());
}

function nextHour(moment: DateTime): DateTime {
  const hour = moment.startOf('hour');
  return hour < moment ? hour.plus({ hours: 1 }) : hour;
}

/** `[time]` or `[weekday, time]`. */
function nextDay(moment: DateTime, rest: readonly string[]): DateTime {
  const time = rest.at(-1) ?? '00:00';
  const weekday = rest.length === 2 ? rest[0] : null;
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = moment.startOf('day').plus({ days: ahead });
    if (weekday !== null && WEEKDAYS[day.weekday - 1] !== weekday) continue;
    const slot = timeOn(day, time);
    if (slot >= moment) return slot;
  }
  return moment;
}

/** A time of day on a given day; 24:00 is the beginning of the next. */
function timeOn(day: DateTime, time: string): DateTime {
  if (time === '24:00') return day.startOf('day').plus({ days: 1 });
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}

function localOf(at: Instant, zone: string): DateTime {
  return DateTime.fromISO(at, { zone });
}
