import pc from 'picocolors';
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

const LEVEL_COLORS: Readonly<Record<string, (text: string) => string>> = {
  confirmed: pc.green,
  secondary: pc.yellow,
  rumor: pc.magenta,
  unknown: pc.dim,
  withdrawn: pc.red,
  contradicted: pc.red,
};

export function levelColor(level: string): (text: string) => string {
  return LEVEL_COLORS[level] ?? ((text) => text);
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
  hour12: false,
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
  hour12: false,
});

/** A moment for a column of a table, whose title names the zone. */
export function shortTime(instant: string | null): string {
  return instant === null ? '-' : short.format(new Date(instant)).replace(',', '');
}

/** The name of the person's zone, for the titles of columns of times. */
export function zoneName(): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

export interface Column {
  title: string;
  /** May be cut short, the last of them first, when the terminal is too narrow. */
  flexible?: boolean;
  color?(text: string): (text: string) => string;
}

const GAP = 2;
const NARROWEST = 8;

/** A table that fits the terminal: flexible columns give way, and say so with an ellipsis. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const wanted = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  );
  const widths = fitted(columns, wanted, width);
  const head = columns.map(({ title }, index) => padded(title, widths[index] ?? 0)).join('  ');
  const lines = rows.map((row) =>
    columns
      .map((column, index) => {
        const cell = row[index] ?? '';
        const shown = padded(cut(cell, widths[index] ?? 0), widths[index] ?? 0);
        return column.color === undefined ? shown : column.color(cell)(shown);
      })
      .join('  ')
      .trimEnd(),
  );
  return [dim(head.trimEnd()), ...lines].join('\n');
}

function fitted(columns: readonly Column[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, one) => sum + one, 0) + GAP * (columns.length - 1) - width;
  for (let index = columns.length - 1; index >= 0 && over > 0; index -= 1) {
    if (columns[index]?.flexible !== true) continue;
    const given = Math.min(over, Math.max(0, (widths[index] ?? 0) - NARROWEST));
    widths[index] = (widths[index] ?? 0) - given;
    over -= given;
  }
  return widths;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** Cuts by what a terminal shows, not by code units; control characters have no place in a table. */
function cut(text: string, width: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  if (stringWidth(clean) <= width) return clean;
  let shown = '';
  for (const character of clean) {
    if (stringWidth(shown + character) > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
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
