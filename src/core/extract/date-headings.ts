import type { Interval } from '../../domain/time.ts';
import { knownTexts } from '../text/known-texts.ts';
import {
  calendarDay,
  dayPoint,
  MONTH_NAMES,
  type Month,
  monthNumber,
  statedDay,
  WEEKDAYS,
  withoutNotes,
} from './dates.ts';
import { foldHyphens, oneLine } from './tidy.ts';

/** What may stand behind a day: the second day of a stretch, a zone. */
const BEHIND = '(?:\\s?-\\s?(?<last>\\d{1,2})(?:st|nd|rd|th)?)?(?:,? (?:utc|gmt|[ecmp][sd]?t))?';
const DAYS_OF_MONTH: readonly RegExp[] = [
  new RegExp(`^(?<name>\\p{L}+)\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?${BEHIND}$`, 'iu'),
  /^(?<day>\d{1,2})(?:st|nd|rd|th|\.|º)? (?:de |of )?(?<name>\p{L}+)\.?(?:,? (?:utc|gmt))?$/iu,
  /^(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]$/,
];

/** What headings say; short lines of a page that was read before are most of what is asked. */
const KNOWN_DAYS = knownTexts<Interval | null>(500_000);
/** About what a day takes beside its text, in characters. */
const INTERVAL_SIZE = 60;

/** A day heading (`Jul 9`, `9. Juli`, `Tue, Jul 9`, `2026-07-09`) under its month heading; null when it is no day of that month. */
export function dayHeading(text: string, under: Month): Interval | null {
  const key = `${under.year}-${under.month} ${text}`;
  const before = KNOWN_DAYS.get(key);
  if (before !== undefined) return before;
  const line = withoutNotes(text);
  const day = namedDay(line, under) ?? numberedDay(line, under) ?? statedDayOf(line, under);
  KNOWN_DAYS.put(key, day, INTERVAL_SIZE);
  return day;
}

/** `Jul 9`, or `Jul 9-11` for a stretch. */
function namedDay(line: string, { year, month }: Month): Interval | null {
  for (const form of DAYS_OF_MONTH) {
    const { name, number, day, last } = form.exec(line)?.groups ?? {};
    if (day === undefined) continue;
    const named = name === undefined ? Number(number) : monthNumber(name);
    const from = named === month ? calendarDay(year, month, Number(day)) : null;
    if (from === null) return null;
    const to = last === undefined ? null : calendarDay(year, month, Number(last));
    return { from, to, precision: 'day' };
  }
  return null;
}

/** `7/9` or `9/7`: which of them is the month, the heading above says. */
function numberedDay(line: string, { year, month }: Month): Interval | null {
  const [, first, second] = /^(\d{1,2})[/-](\d{1,2})$/.exec(line) ?? [];
  const isFirst = Number(first) === month;
  if (!isFirst && Number(second) !== month) return null;
  const day = calendarDay(year, month, Number(isFirst ? second : first));
  return day === null ? null : dayPoint(day);
}

function statedDayOf(line: string, { year, month }: Month): Interval | null {
  const day = statedDay(line);
  const first = calendarDay(year, month, 1);
  return day !== null && first !== null && day.slice(0, 7) === first.slice(0, 7)
    ? dayPoint(day)
    : null;
}

/** A word that begins like a month may be one that was mistyped. */
const NEAR_MONTH = '(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\\p{L}{0,8}';
const FILLERS =
  'st|nd|rd|th|of|the|de|del|at|to|and|on|from|until|through|week|early|mid|late|starting|today|yesterday|utc|gmt|[ecmp][sd]?t|am|pm';
const OF_DATES = new RegExp(
  `(?<!\\p{L})(?:${MONTH_NAMES.join('|')}|${WEEKDAYS}|${NEAR_MONTH}|${FILLERS})(?!\\p{L})|[年년月월日일]`,
  'giu',
);

/** Whether a heading holds nothing but parts of a date, read or not: what stands below it would be dated by another one. */
export function looksLikeDate(text: string): boolean {
  const line = oneLine(foldHyphens(text)).replace(/\([^()\d]*\)/g, '');
  if (line.length > 60 || !/\d/.test(line)) return false;
  const isNamed = new RegExp(OF_DATES.source, 'iu').test(line);
  const isNumeric =
    /(?<![\d.])\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?![\d.])|^\d{1,2}[/-](?:\d{1,2}|\d{4})$/.test(line);
  return (isNamed || isNumeric) && !/[\p{L}]/u.test(line.replace(OF_DATES, ''));
}
