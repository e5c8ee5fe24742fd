import { type Day, type Interval, millisecondsOf, parseInstant } from '../../domain/time.ts';
import { calendarDay, dayPoint, dayText, lastOfMonth, MONTH_NAMES, monthNumber } from './dates.ts';

/** A date as running text gives it, with its place. */
export interface DateInText {
  start: number;
  end: number;
  interval: Interval;
  /** Whether the text gave the year; otherwise it is the one nearest the reference day. */
  hasYear: boolean;
}

const MONTH = `(?<month>${MONTH_NAMES.join('|')})\\.?(?![a-zà-ÿ])`;
const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?(?![\\d.:%])';
const YEAR = '(?<year>(?:19|20)\\d{2})(?!\\d)';
const PART = '(?:(?<part>early|mid|late|the (?:start|beginning|middle|end) of)[ -]+)?';

const FORMS: readonly RegExp[] = [
  /(?<![\d-])(?<year>(?:19|20)\d{2})[-/](?<number>\d{1,2})[-/](?<day>\d{1,2})(?!\d|-\d)(?:[t ](?<time>\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)(?<zone>z|[+-]\d{2}:?\d{2})?)?/g,
  /(?<year>(?:19|20)\d{2})\s?[年년]\s?(?<number>\d{1,2})\s?[月월](?:\s?(?<day>\d{1,2})\s?[日일])?/g,
  /(?<![\d年년])(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]/g,
  new RegExp(`(?<![a-zà-ÿ])${MONTH} ${DAY}(?:,? (?:of )?${YEAR})?`, 'g'),
  new RegExp(`(?<![\\d.])${DAY} (?:de |of )?${MONTH}(?:,? (?:de |del )?${YEAR})?`, 'g'),
  new RegExp(`(?<![a-zà-ÿ])${PART}${MONTH},? (?:de |of )?${YEAR}`, 'g'),
  new RegExp(
    `(?<![a-zà-ÿ])(?<part>early|mid|late|the (?:start|beginning|middle|end) of)[ -]+${MONTH}`,
    'g',
  ),
];

/**
 * The dates in a folded text (lower case, plain hyphens), in order, none within another. A day without a year takes the
 * one that lies nearest the reference day.
 */
export function datesIn(folded: string, reference: Day): readonly DateInText[] {
  if (!/\d|early|late|mid|middle/.test(folded)) return [];
  const found: DateInText[] = [];
  for (const form of FORMS) {
    for (const match of folded.matchAll(form)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const date = intervalOf(match.groups ?? {}, reference);
      if (date !== null) found.push({ start, end, ...date });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

type Groups = Readonly<Record<string, string | undefined>>;

function intervalOf(
  groups: Groups,
  reference: Day,
): Pick<DateInText, 'interval' | 'hasYear'> | null {
  const { year, day, time, zone, part } = groups;
  const month = monthOf(groups);
  if (month === null) return null;
  const hasYear = year !== undefined;
  const in_ = hasYear ? Number(year) : nearestYear(month, Number(day ?? 15), reference);
  if (day === undefined) return { interval: monthInterval(in_, month, part), hasYear };
  const on = calendarDay(in_, month, Number(day));
  if (on === null) return null;
  const moment = zone === undefined ? null : parseInstant(`${on}T${time}${zone.toUpperCase()}`);
  if (moment === null) return { interval: dayPoint(on), hasYear };
  return { interval: { from: moment, to: null, precision: 'second' }, hasYear };
}

function monthOf({ month, number }: Groups): number | null {
  if (number === undefined) return monthNumber(month ?? '');
  return Number(number) >= 1 && Number(number) <= 12 ? Number(number) : null;
}

function nearestYear(month: number, day: number, reference: Day): number {
  const at = millisecondsOf(reference);
  const year = Number(reference.slice(0, 4));
  const distance = (one: number) =>
    Math.abs(millisecondsOf(dayText(one, month, Math.min(day, 28))) - at);
  return [year - 1, year + 1].reduce(
    (best, one) => (distance(one) < distance(best) ? one : best),
    year,
  );
}

/** A month, or the third of it that the text names. */
function monthInterval(year: number, month: number, part: string | undefined): Interval {
  const [from, to] = thirdOf(part ?? '', lastOfMonth(year, month));
  return {
    from: dayText(year, month, from),
    to: dayText(year, month, to),
    precision: part === undefined ? 'month' : 'day',
  };
}

function thirdOf(part: string, last: number): readonly [number, number] {
  if (/early|start|beginning/.test(part)) return [1, 10];
  if (/mid/.test(part)) return [11, 20];
  return /late|end/.test(part) ? [21, last] : [1, last];
}
