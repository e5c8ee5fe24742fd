import { oneLine } from './tidy.ts';

/** One figure of a price, with what it is for: `input`, `cached input`, `output`, `per image`. */
export interface Figure {
  unit: string;
  amount: string;
}

const AMOUNT = /[$€£¥]\s?(\d[\d,]*(?:\.\d+)?)|^\s*(\d[\d,]*(?:\.\d+)?)(?![\d.,]*\s*%)/;
/** What rows drawn without headings give, by how many figures there are. */
const USUAL_UNITS: Readonly<Record<number, readonly string[]>> = {
  1: ['price'],
  2: ['input', 'output'],
  3: ['input', 'cached input', 'output'],
};

/** The figure that a cell gives; null for a dash, a word, or a share of something. */
export function figureIn(unit: string, cell: string): Figure | null {
  const [, signed, plain] = AMOUNT.exec(cell) ?? [];
  const digits = (signed ?? plain)?.replaceAll(',', '');
  if (digits === undefined) return null;
  return { unit: oneLine(unit).toLowerCase() || 'price', amount: amountOf(digits) };
}

/** `5`, `5.0` and `5.00` are one price. */
function amountOf(digits: string): string {
  const [whole = '0', part = ''] = digits.split('.');
  return `${Number(whole)}.${part.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** The figures of a row without headings, by the order in which prices are given. */
export function figuresWithoutHeadings(cells: readonly string[]): readonly Figure[] {
  const units = USUAL_UNITS[cells.length] ?? cells.map((_, index) => `price ${index + 1}`);
  return cells.flatMap((cell, index) => figureIn(units[index] ?? '', cell) ?? []);
}

/** Figures as one value, in an order of its own: it changes when a figure does, and not when a column moves. */
export function priceValue(figures: readonly Figure[]): string | null {
  const lines = figures.map(({ unit, amount }) => `${unit} ${amount}`);
  return lines.length === 0 ? null : [...new Set(lines)].sort().join(', ');
}
