import type { Block } from '../../domain/document.ts';

/** A table as a grid: every row holds one cell a column. */
export interface Table {
  caption: string;
  /** What each column is called, the widest heading first. */
  columns: readonly (readonly string[])[];
  /** The rows that name columns or groups of rows left out. */
  rows: readonly TableRow[];
}

export interface TableRow {
  /** By column; a cell over several columns stands in each of them. */
  cells: readonly Block[];
  /** The row of headings above it, by column; a table may name its columns anew between its rows. */
  head: readonly Block[];
  columns: readonly (readonly string[])[];
}

const NO_CELL: Block = {
  ...{ kind: 'cell', text: '', level: 0, path: [], codes: [], links: [], term: null },
  cell: null,
};

/** The tables among some blocks. */
export function tablesOf(blocks: readonly Block[]): readonly Table[] {
  const tables = new Map<number, Block[]>();
  for (const block of blocks) {
    if (block.cell === null) continue;
    const cells = tables.get(block.cell.table);
    if (cells === undefined) tables.set(block.cell.table, [block]);
    else cells.push(block);
  }
  return [...tables.values()].map(tableOf);
}

function tableOf(cells: readonly Block[]): Table {
  const rows = new Map<number, Block[]>();
  for (const cell of cells) {
    const row = cell.cell?.row ?? 0;
    const held = rows.get(row);
    if (held === undefined) rows.set(row, [cell]);
    else held.push(cell);
  }
  const width = Math.max(0, ...cells.map(({ cell }) => (cell?.column ?? 0) + (cell?.columns ?? 1)));
  const grid: TableRow[] = [];
  let head: readonly Block[] = [];
  for (const row of rows.values()) {
    const isStating = row.some(({ cell }) => cell?.isHeader === false);
    const cells = spread(row, width);
    if (isStating)
      grid.push({ cells, head, columns: cells.map(({ cell }) => cell?.columnHeaders ?? []) });
    else if (row.length > 1) head = cells;
  }
  return { caption: cells[0]?.cell?.caption ?? '', columns: grid[0]?.columns ?? [], rows: grid };
}

function spread(cells: readonly Block[], width: number): readonly Block[] {
  const row: Block[] = Array.from({ length: width }, () => NO_CELL);
  for (const block of cells) {
    const { column = 0, columns = 1 } = block.cell ?? {};
    row.fill(block, column, column + columns);
  }
  return row;
}

/** The column that is called so, by its innermost heading first; -1 when there is none. */
export function columnOf(columns: readonly (readonly string[])[], name: RegExp): number {
  const innermost = columns.findIndex((names) => name.test(names.at(-1) ?? ''));
  return innermost !== -1
    ? innermost
    : columns.findIndex((names) => names.some((one) => name.test(one)));
}

/** A row as one line: its cells between bars, one over several columns once. */
export function rowText(cells: readonly Block[]): string {
  return cells
    .filter((cell, at) => cell === NO_CELL || cell !== cells[at - 1])
    .map(({ text }) => text.replaceAll('\n', ' '))
    .join(' | ');
}
