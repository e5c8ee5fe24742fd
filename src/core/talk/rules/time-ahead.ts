import { DAY, type Day, dayOf, type Interval, millisecondsOf, plus } from '../../../domain/time.ts';
import { datesWithin, type TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const RELATIVE = new RegExp(
  String.raw`\b(?:(tomorrow)|(?:on|this|next|by) (${WEEKDAYS.join('|')})|(next|later this) (week|month|year))\b`,
);

/** The time ahead that a stretch names: a date behind today, or one told from today ("tomorrow", "next week"); null for none. */
export function timeAhead(analysis: TextAnalysis, where: Range): Interval | null {
  const date = datesWithin(analysis, where).find(({ interval }) =>
    isAhead(interval, analysis.today),
  );
  if (date !== undefined) return date.interval;
  const [, tomorrow, weekday, which, unit] =
    RELATIVE.exec(analysis.folded.slice(where.start, where.end)) ?? [];
  if (tomorrow !== undefined) return dayIn(analysis.today, 1);
  if (weekday !== undefined) return nextWeekday(analysis.today, weekday);
  if (unit === undefined) return null;
  return which === 'next' ? nextUnit(analysis.today, unit) : restOf(analysis.today, unit);
}

function isAhead({ from, to }: Interval, today: Day): boolean {
  return from.slice(0, 10) > today || (to !== null && to.slice(0, 10) > today);
}

function dayIn(today: Day, days: number): Interval {
  return { from: dayOf(plus(today, days * DAY)), to: null, precision: 'day' };
}

function nextWeekday(today: Day, name: string): Interval {
  const ahead = (WEEKDAYS.indexOf(name) - weekdayOf(today) + 7) % 7;
  return dayIn(today, ahead === 0 ? 7 : ahead);
}

function weekdayOf(day: Day): number {
  return new Date(millisecondsOf(day)).getUTCDay();
}

function nextUnit(today: Day, unit: string): Interval {
  if (unit === 'week') {
    const monday = (8 - weekdayOf(today)) % 7 || 7;
    return between(dayOf(plus(today, monday * DAY)), dayOf(plus(today, (monday + 6) * DAY)));
  }
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  if (unit === 'year') return between(`${year + 1}-01-01`, `${year + 1}-12-31`);
  const first = month === 12 ? `${year + 1}-01-01` : `${year}-${twoDigits(month + 1)}-01`;
  return between(first, lastOfMonth(first));
}

/** What is left of the week, month or year. */
function restOf(today: Day, unit: string): Interval {
  if (unit === 'week')
    return between(today, dayOf(plus(today, ((7 - weekdayOf(today)) % 7) * DAY)));
  if (unit === 'month') return between(today, lastOfMonth(today));
  return between(today, `${today.slice(0, 4)}-12-31`);
}

function lastOfMonth(day: Day): Day {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${twoDigits(month + 1)}-01`;
  return dayOf(plus(next, -DAY));
}

function between(from: Day, to: Day): Interval {
  return { from, to, precision: 'day' };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
