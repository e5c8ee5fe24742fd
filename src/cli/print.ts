import colors from 'picocolors';
import stringWidth from 'string-width';

/** Where commands write for people: standard output, and standard error for what must not get into a pipe. */
export interface Terminal {
  readonly width: number;
  line(text?: string): void;
  json(view: unknown): void;
  note(text: string): void;
}

export const terminal: Terminal = {
  // Asked each time: a window may be made smaller while something runs.
  get width() {
    return Math.max(60, process.stdout.columns ?? 100);
  },
  line: (text = '') => void process.stdout.write(`${harmless(text)}\n`),
  json: (view) => void process.stdout.write(`${JSON.stringify(view, null, 2)}\n`),
  note: (text) => void process.stderr.write(`${harmless(text)}\n`),
};

/** What moves the cursor, sets the title or turns text around; colours and line ends are ours. */
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  /\u001b(?!\[\d{0,3}m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as a terminal may have it: words from outside say what they say and do nothing.
 * @internal
 */
export function harmless(text: string): string {
  return text.replace(HARMFUL, '\u{fffd}');
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

const pc = colors.createColors(wantsColor(process));

const LEVEL_COLORS: Readonly<Record<string, (text: string) => string>> = {
  confirmed: pc.green,
  secondary: pc.yellow,
  rumor: pc.magenta,
  unknown: pc.dim,
  withdrawn: pc.red,
  contradicted: pc.red,
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

/** `confirmed`, or `confirmed, scheduled` where the status is worth a word. */
export function levelWords(level: string, status: string): string {
  return PLAIN_STATUSES.has(status) ? level : `${level}, ${status.replaceAll('_', ' ')}`;
}

/** Groups that speak and the pages they speak on. */
export function voiceWords({ pages, groups }: { pages: number; groups: number }): string {
  return pages === 0 ? '-' : `${groups} (${pages} p.)`;
}

export const bold = pc.bold;
export const dim = pc.dim;
export const red = pc.red;
export const green = pc.green;
export const yellow = pc.yellow;

const moment = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** A moment in the person's own zone, which it names; a dash for none. */
export function localTime(instant: string | null): string {
  return instant === null ? '-' : moment.format(new Date(instant)).replace(',', '');
}

const short = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A moment for a column of a table, whose title names the zone. */
export function shortTime(instant: string | null): string {
  return instant === null ? '-' : short.format(new Date(instant)).replace(',', '');
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
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** A size in the unit people read it in. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Breaks text at spaces so that each line fits, every line after the first indented. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    const longer = current === '' ? word : `${current} ${word}`;
    const room = width - (lines.length === 0 ? 0 : indent.length);
    if (current !== '' && stringWidth(longer) > room) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  lines.push(current);
  return lines.join(`\n${indent}`);
}
