import type { Statement } from '../../../domain/evidence.ts';
import { DAY, type Day, dayOf, type Interval, millisecondsOf, plus } from '../../../domain/time.ts';
import type { Range } from '../../text/characters.ts';
import { datesWithin, type TextAnalysis } from '../document/document.ts';
import { hasNoPlan, isLeftOpen } from './asserted.ts';
import type { PredicateClause } from './claims.ts';
import { fillersOf } from './coreference.ts';
import type { Frame } from './frame.ts';
import { type ReadSentence, statementsFor } from './statement.ts';

/** "OpenAI plans to launch GPT-6 in May", "GPT-6 will ship on June 9": a release that is to come, with its time. */
export function plannedDates(
  read: ReadSentence,
  frame: Frame,
  clause: PredicateClause,
): readonly Statement[] {
  const { analysis, parsed, memory } = read;
  if (!isPlan(read, frame) || hasNoPlan(parsed, frame) || isLeftOpen(parsed, frame)) return [];
  const time = timeAhead(analysis, clause);
  if (time === null) return [];
  const cueMatch = { family: 'date.set', rule: 'date.planned', ...clause.predicate };
  const subjects = fillersOf(analysis, parsed, frame, clause, memory);
  return statementsFor(read, clause, cueMatch, 'support', [DATE], subjects).map((one) => ({
    ...one,
    claim: { ...one.claim, value: dateValue(time) },
    validTime: time,
  }));
}

const DATE = { facet: 'date', qualifiers: {} } as const;

/** Whether a frame tells of a release that is to come: planned, told with "will", or in a present that is dated ahead. */
function isPlan({ parsed }: ReadSentence, { entry, group, form, at }: Frame): boolean {
  if (!/^(?:release|announce)$/.test(entry.says) || group.isNegated) return false;
  if (group.governed !== null) {
    const to = parsed.tokens.findIndex(({ text }, k) => k >= group.from && k < at && text === 'to');
    return group.modal === null && parsed.is('planned-dates.planned', to - 1);
  }
  if (group.modal !== null) return group.modal === 'will';
  return /^(?:s|ing|base)$/.test(form);
}

/** A day, a month, or the span between two days. */
function dateValue({ from, to, precision }: Interval): string {
  if (precision === 'month') return from.slice(0, 7);
  return to === null ? from.slice(0, 10) : `${from.slice(0, 10)}/${to.slice(0, 10)}`;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const RELATIVE = new RegExp(
  String.raw`\b(?:(tomorrow)|(?:on|this|next|by) (${WEEKDAYS.join('|')})|(next|later this) (week|month|year))\b`,
);

/** The time ahead that a stretch names: a date behind today, or one told from today ("tomorrow", "next week"); null for none. */
function timeAhead(analysis: TextAnalysis, where: Range): Interval | null {
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
