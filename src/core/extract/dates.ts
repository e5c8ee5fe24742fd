import type { Day, Interval } from '../../domain/time.ts';
import { parseInstant } from '../../domain/time.ts';
import { foldHyphens, oneLine } from './tidy.ts';

/** Month names by number, English first; the others are the languages whose copies of these channels were seen. */
const MONTHS: readonly string[][] = [
  ['january', 'jan', 'januar', 'jänner', 'enero', 'ene', 'janeiro', 'janvier', 'janv', 'gennaio'],
  ['february', 'feb', 'februar', 'febrero', 'fevereiro', 'fev', 'février', 'févr', 'febbraio'],
  ['march', 'mar', 'märz', 'mär', 'marzo', 'março', 'mars'],
  ['april', 'apr', 'abril', 'abr', 'avril', 'avr', 'aprile'],
  ['may', 'mai', 'mayo', 'maio', 'maggio', 'mag'],
  ['june', 'jun', 'juni', 'junio', 'junho', 'juin', 'giugno', 'giu'],
  ['july', 'jul', 'juli', 'julio', 'julho', 'juillet', 'juil', 'luglio', 'lug'],
  ['august', 'aug', 'agosto', 'ago', 'août'],
  ['september', 'sep', 'sept', 'septiembre', 'setembro', 'set', 'septembre', 'settembre'],
  ['october', 'oct', 'oktober', 'okt', 'octubre', 'outubro', 'out', 'octobre', 'ottobre', 'ott'],
  ['november', 'nov', 'noviembre', 'novembro', 'novembre'],
  [
    'december',
    'dec',
    'dezember',
    'dez',
    'diciembre',
    'dic',
    'dezembro',
    'décembre',
    'déc',
    'dicembre',
  ],
];

const MONTH_BY_NAME = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** Every name of a month that is known, the longest first, so that one within another is not taken for it. */
export const MONTH_NAMES = [...MONTH_BY_NAME.keys()].sort((a, b) => b.length - a.length);

/** A month of a year: what a heading above days without a year says. */
export interface Month {
  year: number;
  month: number;
}

/** The number of a month by its name, with or without a full stop; null for any other word. */
export function monthNumber(word: string): number | null {
  return MONTH_BY_NAME.get(word.toLowerCase().replace(/\.$/, '')) ?? null;
}

/** A day as text when it exists in the calendar. */
export function calendarDay(year: number, month: number, day: number): Day | null {
  const text = `${year}-${pad(month)}-${pad(day)}`;
  return year >= 1970 && year <= 2199 && parseInstant(text) !== null ? text : null;
}

/** A whole text that is a date: ISO days and moments, mail dates, `Dec 11, 2026`, `11. Dezember 2026`, `2026年4月21日`, a month, a year. */
export function dateOf(text: string): Interval | null {
  const line = oneLine(foldHyphens(text)).replace(/^[([]|[)\]]$/g, '');
  if (line.length === 0 || line.length > 60) return null;
  return momentOf(line) ?? dayInterval(line) ?? monthInterval(line) ?? yearInterval(line);
}

/** `July, 2026` and its like as a heading. */
export function monthHeading(text: string): Month | null {
  const line = oneLine(foldHyphens(text));
  const named = /^(\p{L}+)\.?,? (?:de |del )?(\d{4})$/u.exec(line);
  const eastern = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]$/.exec(line);
  const numeric = /^(\d{4})-(\d{2})$/.exec(line);
  const month =
    named?.[1] === undefined ? Number((eastern ?? numeric)?.[2]) : monthNumber(named[1]);
  const year = Number(named?.[2] ?? (eastern ?? numeric)?.[1]);
  if (month === null || calendarDay(year, month, 1) === null) return null;
  return { year, month };
}

/** A day heading without a year (`Jul 9`, `9. Juli`), read under its month heading; null when it is not a day of that month. */
export function dayHeading(text: string, under: Month): Interval | null {
  const line = oneLine(foldHyphens(text));
  const parts =
    /^(?<name>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?$/u.exec(line) ??
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.|º)? (?:de )?(?<name>\p{L}+)\.?$/u.exec(line) ??
    /^(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]$/.exec(line);
  if (parts === null) return dateOf(line)?.precision === 'day' ? dateOf(line) : null;
  const { name, number, day } = parts.groups ?? {};
  const month = name === undefined ? Number(number) : monthNumber(name);
  if (month !== under.month) return null;
  return onDay(under.year, month, Number(day));
}

/** A day as an interval: a point of day precision. */
export function dayPoint(day: Day): Interval {
  return { from: day, to: null, precision: 'day' };
}

function onDay(year: number, month: number | null, day: number): Interval | null {
  const found = month === null ? null : calendarDay(year, month, day);
  return found === null ? null : dayPoint(found);
}

/** A moment with its offset, ISO or as mail writes it; without an offset it is only a day. */
function momentOf(line: string): Interval | null {
  const iso = parseInstant(line);
  if (iso !== null && line.length > 10) return { from: iso, to: null, precision: 'second' };
  const mail =
    /^(?:\p{L}{3}, ?)?(\d{1,2}) (\p{L}{3,4}) (\d{4}) (\d{2}:\d{2}(?::\d{2})?) ?(GMT|UTC|Z|[+-]\d{2}:?\d{2})$/u.exec(
      line,
    );
  if (mail === null) return null;
  const [, day, name, year, time, zone] = mail;
  const on = onDay(Number(year), monthNumber(name ?? ''), Number(day));
  const offset = /^[+-]/.test(zone ?? '') ? zone : 'Z';
  const moment = on === null ? null : parseInstant(`${on.from}T${time}${offset}`);
  return moment === null ? null : { from: moment, to: null, precision: 'second' };
}

const DAY_FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})[-/.](?<number>\d{1,2})[-/.](?<day>\d{1,2})(?:[T ]\d{2}:\d{2}.*)?$/,
  /^(?:\p{L}+,? )?(?<name>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/u,
  /^(?:\p{L}+,? )?(?<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)? (?:de |of )?(?<name>\p{L}+)\.?,? (?:de |del )?(?<year>\d{4})$/u,
  /^(?<year>\d{4})\s?[年년]\s?(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]$/,
];

function dayInterval(line: string): Interval | null {
  for (const form of DAY_FORMS) {
    const { year, number, name, day } = form.exec(line)?.groups ?? {};
    if (year === undefined) continue;
    const month = name === undefined ? Number(number) : monthNumber(name);
    const found = onDay(Number(year), month, Number(day));
    if (found !== null) return found;
  }
  return null;
}

function monthInterval(line: string): Interval | null {
  const found = monthHeading(line);
  if (found === null) return null;
  const first = `${found.year}-${pad(found.month)}-01`;
  const last = new Date(Date.UTC(found.year, found.month, 0)).getUTCDate();
  return { from: first, to: `${first.slice(0, 8)}${pad(last)}`, precision: 'month' };
}

function yearInterval(line: string): Interval | null {
  if (!/^(19|20)\d{2}$/.test(line)) return null;
  return { from: `${line}-01-01`, to: `${line}-12-31`, precision: 'year' };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
