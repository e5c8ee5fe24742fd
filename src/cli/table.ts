import { dim, widthOf } from './print.ts';

export interface Column {
  title: string;
  /** Gives way first when the terminal is too narrow. */
  flexible?: boolean;
  /** Its end tells more than its beginning, as that of an address does. */
  keepsEnd?: boolean;
  /** Left out when no row has anything in it. */
  optional?: boolean;
  color?(text: string): (text: string) => string;
}

export interface Row {
  cells: readonly string[];
  /** What stands under the row on a line of its own, cut to the width. */
  below?: string;
}

const GAP = 2;
const NARROWEST = 8;
const BELOW = ' '.repeat(4);

/** A table that never is wider than the terminal: what does not fit is cut, and an ellipsis says so. */
export function table(
  columns: readonly Column[],
  rows: readonly (Row | readonly string[])[],
  width: number,
): string {
  const all = rows.map((row): Row => ('cells' in row ? row : { cells: row }));
  const shown = columns
    .map((column, index) => ({ column, cells: all.map(({ cells }) => cells[index] ?? '') }))
    .filter(({ column, cells }) => column.optional !== true || cells.some((cell) => cell !== ''));
  const widths = fitted(shown, width);
  const line = (texts: readonly string[]) => texts.join(' '.repeat(GAP)).trimEnd();
  const head = shown.map(({ column }, at) =>
    padded(cut(column.title, widths[at] ?? 0), widths[at]),
  );
  const body = all.flatMap(({ below = '' }, row) => {
    const cells = shown.map(({ column, cells: texts }, at) =>
      colored(column, texts[row] ?? '', widths[at] ?? 0),
    );
    const under = below === '' ? [] : [dim(`${BELOW}${cut(below, width - BELOW.length)}`)];
    return [line(cells), ...under];
  });
  return [dim(line(head)), ...body].join('\n');
}

function colored({ color, keepsEnd = false }: Column, cell: string, width: number): string {
  const text = padded(keepsEnd ? cutStart(cell, width) : cut(cell, width), width);
  return color === undefined ? text : color(cell)(text);
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

function padded(text: string, width = 0): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cuts by what a terminal shows, not by code units; control characters have no place in a table. */
function cut(text: string, width: number): string {
  const clean = cleaned(text);
  if (widthOf(clean) <= width) return clean;
  let kept = '';
  for (const character of clean) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function cutStart(text: string, width: number): string {
  const clean = cleaned(text);
  if (widthOf(clean) <= width) return clean;
  let kept = '';
  for (const character of [...clean].reverse()) {
    if (widthOf(character + kept) > width - 1) break;
    kept = character + kept;
  }
  return `…${kept}`;
}

function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}
