import type { Day } from '../../domain/time.ts';
import { calendarDay, statedDay } from './dates.ts';

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/**
 * The days of a column, its dates with slashes among them (`06/30/2026`). One alone is two days in two countries: what order
 * a column keeps is known by those of it that only one order allows, and where none does, they are no days.
 */
export function daysOfColumn(texts: readonly string[]): readonly (Day | null)[] {
  const parts = texts.map((text) => SLASHED.exec(text.trim()));
  const isMonthFirst = parts.some((part) => Number(part?.[2]) > 12);
  const isDayFirst = parts.some((part) => Number(part?.[1]) > 12);
  return texts.map((text, at) => {
    const part = parts[at];
    if (part == null) return statedDay(text);
    if (isMonthFirst === isDayFirst) return null;
    const [first, second, year] = part.slice(1).map(Number);
    const [month = 0, day = 0] = isMonthFirst ? [first, second] : [second, first];
    return calendarDay(year ?? 0, month, day);
  });
}
