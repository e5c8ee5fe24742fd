import type { Statement } from '../../../domain/evidence.ts';
import {
  DAY,
  type Day,
  dayOf,
  type Interval,
  instantOf,
  millisecondsOf,
  plus,
} from '../../../domain/time.ts';
import type { Range } from '../../text/characters.ts';
import { datesWithin, type TextAnalysis, textOf } from '../document/document.ts';
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
  const { analysis, parsed } = read;
  if (!isPlan(read, frame) || hasNoPlan(parsed, frame) || isLeftOpen(parsed, frame)) return [];
  const time = timeAhead(analysis, clause);
  if (time === null) return [];
  const cueMatch = { family: 'date.set', rule: 'date.planned', ...clause.predicate };
  const subjects = fillersOf(read, frame);
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
  const [, tomorrow, weekday, which, unit] = RELATIVE.exec(textOf(analysis, where)) ?? [];
  if (unit !== undefined) return spanAhead(analysis.today, `${which} ${unit}`);
  if (tomorrow === undefined && weekday === undefined) return null;
  const now = new Date(millisecondsOf(analysis.today)).getUTCDay();
  const days = weekday === undefined ? 1 : ((WEEKDAYS.indexOf(weekday) - now + 6) % 7) + 1;
  return { from: dayOf(plus(analysis.today, days * DAY)), to: null, precision: 'day' };
}

function isAhead({ from, to }: Interval, today: Day): boolean {
  return from.slice(0, 10) > today || (to !== null && to.slice(0, 10) > today);
}

/** The next week, month or year, or what is left of this one. */
function spanAhead(today: Day, which: string): Interval {
  const now = new Date(millisecondsOf(today));
  const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const sunday = date + ((7 - now.getUTCDay()) % 7);
  function until(to: Day, from: Day = today): Interval {
    return { from, to, precision: 'day' };
  }
  switch (which) {
    case 'next week':
      return until(dayAt(year, month, sunday + 7), dayAt(year, month, sunday + 1));
    case 'later this week':
      return until(dayAt(year, month, sunday));
    case 'next month':
      return until(dayAt(year, month + 2, 0), dayAt(year, month + 1, 1));
    case 'later this month':
      return until(dayAt(year, month + 1, 0));
    case 'next year':
      return until(dayAt(year + 1, 11, 31), dayAt(year + 1, 0, 1));
    default:
      return until(dayAt(year, 11, 31));
  }
}

/** A day by the calendar: the day 0 of a month is the last of the one before. */
function dayAt(year: number, month: number, date: number): Day {
  return dayOf(instantOf(Date.UTC(year, month, date)));
}
