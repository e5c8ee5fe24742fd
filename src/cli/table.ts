import { dim, terminal, widthOf } from './print.ts';

/** Of a column of which no more is to be said there is the title alone. */
export type Columns = readonly (Column | string)[];

export interface Column {
  title: string;
  /** Gives way first when the terminal is too narrow. */
  flexible?: boolean;
  /** Left out when no row has anything in it. */
  optional?: boolean;
  color?(text: string): (text: string) => string;
}

export interface Row {
  cells: readonly string[];
  /** What stands under the row on lines of its own. */
  below?: string;
}

/** Writes a table as wide as the terminal at the most. */
export function printTable(columns: Columns, rows: Parameters<typeof table>[1]): void {
  terminal.line(table(columns, rows, terminal.width));
}

const GAP = 2;
const NARROWEST = 8;
const BELOW = ' '.repeat(4);

/** A table that never is wider than the terminal: what does not fit goes on in the next line, and no word is cut. */
export function table(
  columns: Columns,
  rows: readonly (Row | readonly string[])[],
  width: number,
): string {
  const all = rows.map((row): Row => ('cells' in row ? row : { cells: row }));
  const shown = columns
    .map((column, index) => ({
      column: typeof column === 'string' ? { title: column } : column,
      cells: all.map(({ cells }) => cleaned(cells[index] ?? '')),
    }))
    .filter(({ column, cells }) => column.optional !== true || cells.some((cell) => cell !== ''));
  const widths = fitted(shown, width);
  const joined = (texts: readonly string[]) => texts.join(' '.repeat(GAP)).trimEnd();
  const head = inLines(shown.map(({ column }, at) => broken(column.title, widths[at] ?? 0)));
  const body = all.flatMap(({ below = '' }, row) => {
    const cells = shown.map(({ cells: texts }, at) => broken(texts[row] ?? '', widths[at] ?? 0));
    const lines = inLines(cells).map((texts) =>
      joined(texts.map((text, at) => padded(text, widths[at], colored(shown[at], row, text)))),
    );
    const under = below === '' ? [] : broken(cleaned(below), width - BELOW.length);
    return [...lines, ...under.map((text) => dim(`${BELOW}${text}`))];
  });
  const titles = head.map((texts) =>
    dim(joined(texts.map((text, at) => padded(text, widths[at])))),
  );
  return [...titles, ...body].join('\n');
}

/** Cells side by side, line by line. */
function inLines(cells: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => cells.map((lines) => lines[at] ?? ''));
}

function colored(shown: Shown | undefined, row: number, text: string): string {
  const color = shown?.column.color;
  return color === undefined || text === '' ? text : color(shown?.cells[row] ?? '')(text);
}

interface Shown {
  column: Column;
  cells: readonly string[];
}

/** Takes from the widest that may give, then from the widest of all. */
function fitted(columns: readonly Shown[], width: number): number[] {
  const widths = columns.map(({ column, cells }) =>
    Math.max(widthOf(column.title), ...cells.map((cell) => widthOf(cell))),
  );
  const room = width - GAP * (columns.length - 1);
  const isFlexible = (at: number) => columns[at]?.column.flexible === true;
  while (sum(widths) > room) {
    const at = widest(widths, (index) => isFlexible(index) && (widths[index] ?? 0) > NARROWEST);
    const taken = at ?? widest(widths, (index) => (widths[index] ?? 0) > 1);
    if (taken === null) break;
    widths[taken] = (widths[taken] ?? 0) - 1;
  }
  return widths;
}

function widest(widths: readonly number[], may: (at: number) => boolean): number | null {
  let found: number | null = null;
  for (const [at, one] of widths.entries()) {
    if (may(at) && (found === null || one >= (widths[found] ?? 0))) found = at;
  }
  return found;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, one) => total + one, 0);
}

/** Blanks stand behind the colour, where the end of a line can lose them. */
function padded(text: string, width = 0, shown = text): string {
  return shown + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Breaks a text between words; what is longer than a line alone, as an address may be, behind its marks. */
function broken(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of text.split(/(?<= )/).flatMap((word) => pieces(word, width))) {
    if (current !== '' && widthOf((current + piece).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...lines, current.trimEnd()];
}

function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word.trimEnd()) <= width) return [word];
  return word.split(/(?<=[/?&=_.,:@-])/).flatMap((part) => {
    if (widthOf(part.trimEnd()) <= width) return [part];
    const characters = [...part];
    const runs: string[] = [''];
    for (const character of characters) {
      const last = runs.at(-1) ?? '';
      if (last !== '' && widthOf(last + character) > width) runs.push(character);
      else runs[runs.length - 1] = last + character;
    }
    return runs;
  });
}

function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
