import { parseInstant } from '../../domain/time.ts';
import type { SnapshotForm } from '../../domain/vendor.ts';

/** A dated copy of a model, as its id says: of which, and of what day or month. */
export interface DatedId {
  base: string;
  /** The day as the id writes it. */
  day: string;
}

interface Form {
  end: RegExp;
  /** A day of the calendar that the parts of the end make, or would make if there were one. */
  day(parts: readonly string[]): string;
}

const FORMS: Readonly<Record<SnapshotForm, Form>> = {
  'YYYY-MM-DD': { end: /^(.+)-(\d{4})-(\d{2})-(\d{2})$/, day: (parts) => parts.join('-') },
  YYYYMMDD: { end: /^(.+)-(20\d{2})(\d{2})(\d{2})$/, day: (parts) => parts.join('-') },
  'MM-YYYY': { end: /^(.+)-(\d{2})-(20\d{2})$/, day: ([month, year]) => `${year}-${month}-01` },
  YYMM: { end: /^(.+)-(2\d)(\d{2})$/, day: ([year, month]) => `20${year}-${month}-01` },
  // The year is not said: a leap year has all days there are.
  MMDD: { end: /^(.+)-(\d{2})(\d{2})$/, day: ([month, day]) => `2024-${month}-${day}` },
};

/** What an id says by its end, by the forms a vendor uses; null for an id that carries no day, or one no calendar has. */
export function datedId(id: string, forms: readonly SnapshotForm[]): DatedId | null {
  for (const form of forms) {
    const { end, day: dayOf } = FORMS[form];
    const match = end.exec(id);
    if (match === null) continue;
    const [, base = '', ...parts] = match;
    if (parseInstant(dayOf(parts)) !== null) return { base, day: id.slice(base.length + 1) };
  }
  return null;
}

/** Whether an id ends like a dated copy with a day that no calendar has. */
export function hasFalseDay(id: string, forms: readonly SnapshotForm[]): boolean {
  return forms.some((form) => FORMS[form].end.test(id)) && datedId(id, forms) === null;
}
