import { randomInt } from 'node:crypto';
import stringWidth from 'fast-string-width';
import { systemClock } from '../domain/clock.ts';
import { shortMonth } from '../domain/time.ts';

/** Where commands write for people: standard output, and standard error for what must not get into a pipe. */
export interface Terminal {
  readonly width: number;
  line(text?: string): void;
  /** A text broken at spaces, every line after the first indented. */
  text(text: string, indent?: string): void;
  json(view: unknown): void;
  note(text: string): void;
}

export const terminal: Terminal = {
  // Asked each time: a window may be made smaller while something runs. In a pipe, what COLUMNS says.
  get width() {
    return Math.max(60, process.stdout.columns ?? (Number(process.env['COLUMNS']) || 100));
  },
  line: (text = '') => void process.stdout.write(`${harmless(text)}\n`),
  text: (text, indent = '') => terminal.line(wrapped(text, terminal.width, indent)),
  json: (view) => void process.stdout.write(`${harmlessJson(view)}\n`),
  note: (text) => void process.stderr.write(`${harmless(text)}\n`),
};

/** One document for a program that asks with --json; otherwise what is written for people. */
export function present<T>({ json }: { json?: boolean }, view: T, print: (view: T) => void): void {
  if (json) terminal.json(view);
  else print(view);
}

/** Codes of ours carry a number that nobody outside this process knows, in a form that counts as no width. */
const OURS = Array.from({ length: 3 }, () => randomInt(1000, 10_000)).join(';');

/** What moves the cursor, sets the title, colours or turns text around, is unseen or ends a line unasked. */
const UNSEEN =
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\u{e0000}-\\u{e007f}';
const OURS_OR_HARMFUL = new RegExp(`\\u001b\\[(\\d{1,2});${OURS}m|[${UNSEEN}]`, 'gu');
const HARMFUL_IN_JSON = new RegExp(`[${UNSEEN}]`, 'gu');

/**
 * Text as a terminal may have it: our own colours are put in, and words from outside say what they say and do nothing.
 * Whatever a command shows passes here.
 */
export function harmless(text: string): string {
  return text.replace(OURS_OR_HARMFUL, (_found, code?: string) =>
    code === undefined ? '\u{fffd}' : `\u001b[${code}m`,
  );
}

/**
 * The same content, with everything that does something escaped.
 * @internal
 */
export function harmlessJson(view: unknown): string {
  return JSON.stringify(view, null, 2).replace(HARMFUL_IN_JSON, (found) =>
    Array.from({ length: found.length }, (_, at) => escaped(found.charCodeAt(at))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/**
 * NO_COLOR and a pipe switch colours off, a build server or not; FORCE_COLOR switches them on in a pipe.
 * @internal
 */
export function wantsColor({
  stdout,
  env,
}: {
  stdout: { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
}): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY === true && env['TERM'] !== 'dumb';
}

const isColored = wantsColor(process);

/** A style by its codes of SGR, on and off. */
function style(on: number, off: number): (text: string) => string {
  return (text) => (isColored ? `\u001b[${on};${OURS}m${text}\u001b[${off};${OURS}m` : text);
}

export const bold = style(1, 22);
export const dim = style(2, 22);
export const red = style(31, 39);
export const green = style(32, 39);
export const yellow = style(33, 39);
const magenta = style(35, 39);

const LEVEL_COLORS: Readonly<Record<string, (text: string) => string>> = {
  confirmed: green,
  secondary: yellow,
  rumor: magenta,
  unknown: dim,
  withdrawn: red,
  contradicted: red,
};

/** The colour of a level, also where its status stands behind it. */
export function levelColor(level: string): (text: string) => string {
  return LEVEL_COLORS[level.split(',')[0] ?? ''] ?? ((text) => text);
}

/** Statuses that say no more than the level does. */
const PLAIN_STATUSES = new Set([
  'current',
  'in_effect',
  'withdrawn',
  'contradicted',
  'never_reported',
]);

/** `confirmed`, or `confirmed, scheduled` where the status is worth a word; what is only denied is `denied`. */
export function levelWords(level: string, status: string): string {
  if (level === 'unknown' && status === 'denied') return 'denied';
  return PLAIN_STATUSES.has(status) ? level : `${level}, ${status.replaceAll('_', ' ')}`;
}

/** Groups that speak and the pages they speak on. */
export function voiceWords({ pages, groups }: { pages: number; groups: number }): string {
  return pages === 0 ? '-' : `${groups} (${pages} p.)`;
}

/** A moment in the person's own zone, which it names; a dash for none. */
export function localTime(instant: string | null): string {
  if (instant === null) return '-';
  const { year, month, day, time, moment } = localParts(instant);
  return `${day} ${shortMonth(month)} ${year} ${time} ${zoneOf(moment)}`;
}

/** A moment for a column of a table, whose title names the zone. */
export function shortTime(instant: string | null): string {
  if (instant === null) return '-';
  const { year, month, day, time } = localParts(instant);
  return `${year}-${month}-${day} ${time}`;
}

function localParts(instant: string) {
  const moment = new Date(instant);
  return {
    moment,
    year: moment.getFullYear(),
    month: twoDigits(moment.getMonth() + 1),
    day: twoDigits(moment.getDate()),
    time: `${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`,
  };
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}

let zoneFormat: Intl.DateTimeFormat | undefined;

/** The name of the zone at a moment. Formats take as long to make as a small question, and servers keep the time of all. */
function zoneOf(moment: Date): string {
  if (moment.toString().endsWith('(Coordinated Universal Time)')) return 'UTC';
  zoneFormat ??= new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' });
  const parts = zoneFormat.formatToParts(moment);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

const SPANS: readonly (readonly [milliseconds: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A stretch of time in its largest unit: `3 d`, `12 min`. */
export function spanWords(milliseconds: number): string {
  const past = Math.max(0, milliseconds);
  const [size, unit] = SPANS.find(([one]) => past >= one) ?? [1_000, 's'];
  return `${Math.floor(past / size)} ${unit}`;
}

/** The name of the person's zone, for the titles of columns of times. */
export function zoneName(): string {
  return zoneOf(new Date(systemClock.now()));
}

/** A size in the unit people read it in. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Text of one column a character, as nearly all is: taken apart into what people see, it would cost most of a command. */
const PLAIN = /^[ -~–—‘’“”…·]*$/;

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Breaks text at spaces so that each line fits, every line after the first indented. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    const room = width - (lines.length === 0 ? 0 : indent.length);
    if (current !== '' && widthOf(longer) > room) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  lines.push(current);
  return lines.join(`\n${indent}`);
}
