import { strict } from 'chrono-node';
import {
  type Day,
  type Instant,
  type Interval,
  instantOf,
  parseInstant,
} from '../../domain/time.ts';
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

/** Days of the week in the languages of the months, short and long. */
export const WEEKDAYS =
  'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica';

/** A month of a year: what a heading above days without a year says. */
export interface Month {
  year: number;
  month: number;
}

/** The number of a month by its name, with or without a full stop; null for any other word. */
export function monthNumber(word: string): number | null {
  return MONTH_BY_NAME.get(word.toLowerCase().replace(/\.$/, '')) ?? null;
}

export function dayText(year: number, month: number, day: number): Day {
  return [year, ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}

export function lastOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A day as text when it exists in the calendar. */
export function calendarDay(year: number, month: number, day: number): Day | null {
  const text = dayText(year, month, day);
  return year >= 1970 && year <= 2199 && parseInstant(text) !== null ? text : null;
}

/** A date as a text gives it. */
interface Stated {
  /** The day as it is written, whatever the zone of the time beside it. */
  day: Day;
  /** Null without a time of day and an offset. */
  moment: Instant | null;
}

/**
 * A whole text that is a date: ISO days and moments, mail dates, `Dec 11, 2026 at 10:00 AM PT`, `11. Dezember 2026`,
 * `2026年4月21日`, a month, a year. What it was before (`(was 2026-01-15)`), weekdays and other notes count for nothing.
 */
export function dateOf(text: string): Interval | null {
  const line = withoutNotes(text);
  if (line === '') return null;
  const stated = statedIn(line);
  if (stated === null) return monthInterval(line) ?? yearInterval(line);
  const { day, moment } = stated;
  return moment === null ? dayPoint(day) : { from: moment, to: null, precision: 'second' };
}

/** The calendar day a whole text gives, as it is written; null when it gives none. */
export function statedDay(text: string): Day | null {
  return statedIn(withoutNotes(text))?.day ?? null;
}

/** `July, 2026` and its like as a heading. */
export function monthHeading(text: string): Month | null {
  const line = withoutNotes(text);
  const named = /^(\p{L}+)\.?,? (?:de |del )?(\d{4})$/u.exec(line);
  const eastern = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]$/.exec(line);
  const numeric = /^(\d{4})-(\d{2})$/.exec(line);
  const month =
    named?.[1] === undefined ? Number((eastern ?? numeric)?.[2]) : monthNumber(named[1]);
  const year = Number(named?.[2] ?? (eastern ?? numeric)?.[1]);
  if (month === null || calendarDay(year, month, 1) === null) return null;
  return { year, month };
}

/** A day as an interval: a point of day precision. */
export function dayPoint(day: Day): Interval {
  return { from: day, to: null, precision: 'day' };
}

const FORMER =
  /\s*[([](?:was|were|formerly|previously|originally|changed|moved|extended|postponed|delayed|before|until|updated)\b[^()[\]]*[)\]]|,?\s+(?:was|formerly|previously|originally)\b.*$/gi;
const NOTE = /\s*\((?![^()]*\d)[^()]*\)/g;
const WEEKDAY = new RegExp(`(?<![\\p{L}\\d])(?:${WEEKDAYS})(?:\\.|(?![\\p{L}]))[,\\s]*`, 'giu');

/** A line without what a date was before, weekdays (the date decides), words in brackets, and marks of footnotes. */
export function withoutNotes(text: string): string {
  if (text.length > 200) return '';
  const plain = oneLine(
    foldHyphens(
      text
        .replace(/[\u00B9\u00B2\u00B3\u2070-\u2079]/g, '')
        .normalize('NFKC')
        .replace(/[–—]/g, '-'),
    ),
  );
  const line = plain
    .replace(FORMER, '')
    .replace(NOTE, '')
    .replace(WEEKDAY, '')
    .replace(/^[([]|[)\]]$/g, '')
    .replace(/[\s*†‡,;:.]+$/u, (end) => (/^\.$/.test(end) ? end : ''))
    .trim();
  return line.length > 60 ? '' : line;
}

function statedIn(line: string): Stated | null {
  return isoIn(line) ?? mailDateIn(line) ?? dayIn(line) ?? freeFormIn(line);
}

/** A moment with its offset; without an offset it is only a day. */
function isoIn(line: string): Stated | null {
  const iso =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.exec(
      line,
    );
  const [, day = '', time = '', zone = ''] = iso ?? [];
  if (iso === null || parseInstant(day) === null) return null;
  const offset = /^[+-]/.test(zone) ? zone : 'Z';
  const moment = parseInstant(`${day}T${time.replace(',', '.')}${offset}`);
  return moment === null ? null : { day, moment };
}

const MAIL_DATE =
  /^(\d{1,2}) ([a-z]{3}) (\d{4}) ((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)? (?:GMT|UTC|Z|([+-]\d{2}):?(\d{2}))$/i;

/** `21 Apr 2026 19:00:00 GMT`, as nearly every feed writes it: a thousand of them must not cost a search each. */
function mailDateIn(line: string): Stated | null {
  const found = MAIL_DATE.exec(line);
  if (found === null) return null;
  const [, date, name = '', year, time, seconds = ':00', hours, minutes] = found;
  const month = monthNumber(name);
  const day = month === null ? null : calendarDay(Number(year), month, Number(date));
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const moment = day === null ? null : parseInstant(`${day}T${time}${seconds}${offset}`);
  return day === null || moment === null ? null : { day, moment };
}

const DAY_FORMS: readonly RegExp[] = [
  /^(?<year>\d{4})[-/.](?<number>\d{1,2})[-/.](?<day>\d{1,2})\.?(?:[T ]\d{1,2}:\d{2}.*)?$/,
  /^(?<day>\d{1,2})\.\s?(?<number>\d{1,2})\.\s?(?<year>\d{4})$/,
  /^(?<name>\p{L}+)\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/u,
  /^(?<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?[ -](?:de |of )?(?<name>\p{L}+)\.?,?[ -](?:de |del )?(?<year>\d{4})$/u,
  /^(?<year>\d{4})\s?[年년]\s?(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]$/,
];

function dayIn(line: string): Stated | null {
  for (const form of DAY_FORMS) {
    const { year, number, name, day } = form.exec(line)?.groups ?? {};
    if (year === undefined) continue;
    const month = name === undefined ? Number(number) : monthNumber(name);
    const found = month === null ? null : calendarDay(Number(year), month, Number(day));
    if (found !== null) return { day: found, moment: null };
  }
  return null;
}

/** Any day: what is read gives its year itself. */
const ANY_DAY = new Date(0);
/** `4/5/2026` is one day in one country and another in the next. */
const SLASHED = /\d\/\d/;

/** English dates in the many forms people and programs write them, times and named zones beside them. */
function freeFormIn(line: string): Stated | null {
  if (!/\d/.test(line) || SLASHED.test(line)) return null;
  const [read, more] = strict.parse(line.replace(/^the /i, ''), ANY_DAY);
  if (read === undefined || more !== undefined || read.end != null) return null;
  const rest = line.replace(read.text, '').replace(/^the |[\s.,;]/gi, '');
  const { start } = read;
  const isDay = start.isCertain('year') && start.isCertain('month') && start.isCertain('day');
  if (rest !== '' || !isDay) return null;
  const day = calendarDay(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0);
  if (day === null) return null;
  const isMoment = start.isCertain('hour') && start.isCertain('timezoneOffset');
  return { day, moment: isMoment ? instantOf(start.date().getTime()) : null };
}

function monthInterval(line: string): Interval | null {
  const found = monthHeading(line);
  if (found === null) return null;
  const { year, month } = found;
  const to = dayText(year, month, lastOfMonth(year, month));
  return { from: dayText(year, month, 1), to, precision: 'month' };
}

function yearInterval(line: string): Interval | null {
  if (!/^(19|20)\d{2}$/.test(line)) return null;
  return { from: `${line}-01-01`, to: `${line}-12-31`, precision: 'year' };
}
