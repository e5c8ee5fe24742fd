import type { Block, CellPlace } from '../../domain/document.ts';
import { attributeOf, elementsBelow, nodeText, type PageNode } from './node.ts';

type Inline = Pick<Block, 'text' | 'codes' | 'links'>;

/** A cell as it is written once, and where it stands. */
export type TableCell = Inline & Omit<CellPlace, 'table'>;

/** A cell that claims to span more columns or rows than this lies. */
const MOST_COLUMNS = 60;
const MOST_ROWS = 1000;
/** A table with more cells than this is no table anybody reads. */
const MOST_CELLS = 20_000;
/** Text longer than this stands in a table that only lays the page out. */
const LONGEST_CELL = 500;
const LONGEST_HEADER = 60;

interface GridCell {
  inline: Inline;
  node: PageNode;
  column: number;
  columns: number;
  isHead: boolean;
  isBold: boolean;
}

interface GridRow {
  cells: readonly GridCell[];
  part: 'head' | 'body' | 'foot';
}

type Skips = (node: PageNode) => boolean;

/** Whether a table holds other tables or whole texts, and no headings: then it places the parts of a page. */
export function isLayoutTable(table: PageNode, skips: Skips): boolean {
  const role = attributeOf(table, 'role');
  if (role === 'presentation' || role === 'none') return true;
  let isLong = false;
  for (const node of elementsBelow(table.children ?? [], skips)) {
    if (node.name === 'table') return true;
    if (node.name === 'th' || node.name === 'thead' || node.name === 'caption') return false;
    if (node.name === 'td') isLong ||= nodeText(node, skips).length > LONGEST_CELL;
  }
  return isLong;
}

/** The cells of a table in reading order, each with the names of its column and row. */
export function cellsOf(
  table: PageNode,
  inlineOf: (node: PageNode) => Inline,
  skips: Skips,
): readonly TableCell[] {
  const rows = gridOf(table, inlineOf, skips).filter(({ cells }) => cells.length > 0);
  const width = Math.max(1, ...rows.map(({ cells }) => widthOf(cells)));
  const heads = headRows(rows, width);
  const named = captionOf(table, skips);
  const title = rows.find((row, at) => heads.has(at) && isSpanning(row, width));
  const caption =
    named || (title?.cells.find(({ inline }) => inline.text !== '')?.inline.text ?? '');
  const reading: Reading = { width, caption, headers: [], isOpen: true, group: '' };
  return rows.flatMap((row, at) => readRow(reading, row, at, heads.has(at)));
}

interface Reading {
  width: number;
  caption: string;
  /** The head rows that name the columns below them. */
  headers: (readonly GridCell[])[];
  /** Head rows that follow one another name the columns together. */
  isOpen: boolean;
  group: string;
}

function readRow(reading: Reading, row: GridRow, at: number, isHead: boolean): TableCell[] {
  const { width, caption } = reading;
  if (isHead && !isSpanning(row, width)) {
    reading.headers = reading.isOpen ? [...reading.headers, row.cells] : [row.cells];
    reading.isOpen = true;
  } else if (!isHead) {
    reading.isOpen = false;
    if (isGroup(row, width)) reading.group = textOf(row);
  }
  const isNaming = isHead || isGroup(row, width);
  const own = isNaming
    ? []
    : row.cells.filter((cell) => isRowHead(cell)).map(({ inline }) => inline.text);
  const rowHeaders = isNaming || reading.group === '' ? own : [reading.group, ...own];
  return row.cells.map((cell) => ({
    ...cell.inline,
    ...{ caption, row: at, column: cell.column, columns: cell.columns },
    isHeader: isNaming || isRowHead(cell),
    columnHeaders: isNaming ? [] : headersOver(reading.headers, cell.column),
    rowHeaders,
  }));
}

function isRowHead({ node, isHead }: GridCell): boolean {
  return isHead && attributeOf(node, 'scope') !== 'col';
}

/** What the head rows call a column, the widest first, each name once. */
function headersOver(headers: readonly (readonly GridCell[])[], column: number): readonly string[] {
  const names: string[] = [];
  for (const cells of headers) {
    const cell = cells.find((one) => one.column <= column && column < one.column + one.columns);
    const name = cell?.inline.text ?? '';
    if (name !== '' && names.at(-1) !== name) names.push(name);
  }
  return names;
}

function textOf({ cells }: GridRow): string {
  return cells.find(({ inline }) => inline.text !== '')?.inline.text ?? '';
}

function filled({ cells }: GridRow): readonly GridCell[] {
  return cells.filter(({ inline }) => inline.text !== '');
}

/** A row with one cell over all columns. */
function isSpanning(row: GridRow, width: number): boolean {
  const [only, more] = filled(row);
  return width > 1 && only !== undefined && more === undefined && only.columns >= width;
}

/** A row that names the rows below it: one cell over all columns, or its first alone and set as a heading. */
function isGroup(row: GridRow, width: number): boolean {
  if (isSpanning(row, width)) return true;
  const [only, more] = filled(row);
  if (width < 2 || only === undefined || more !== undefined || only.column !== 0) return false;
  return only.isHead || only.isBold;
}

/** Which rows name columns: those of a `<thead>`, rows of `<th>` alone, or a first row that stands out. */
function headRows(rows: readonly GridRow[], width: number): ReadonlySet<number> {
  const heads = new Set<number>();
  for (const [at, row] of rows.entries()) {
    const cells = filled(row);
    const isHead = row.part === 'head' || (cells.length > 0 && cells.every((cell) => cell.isHead));
    if (isHead && (row.part === 'head' || cells.length > 1)) heads.add(at);
  }
  takeTitles(rows, width, heads);
  if (heads.size === 0 && standsOut(rows))
    heads.add(rows.findIndex((row) => filled(row).length > 1));
  return heads;
}

/** A row over all columns that stands right above the first head row is the title of the table. */
function takeTitles(rows: readonly GridRow[], width: number, heads: Set<number>): void {
  const first = Math.min(...heads);
  if (!Number.isFinite(first)) return;
  for (let at = first - 1; at >= 0; at -= 1) {
    const row = rows[at];
    if (row === undefined || !isSpanning(row, width)) return;
    heads.add(at);
  }
}

/**
 * A first row of words over rows of figures, dates or code names them though nothing marks it: editors of help centres
 * make tables so.
 */
function standsOut(rows: readonly GridRow[]): boolean {
  const at = rows.findIndex((row) => filled(row).length > 1);
  const first = filled(rows[at] ?? { cells: [], part: 'body' });
  const rest = rows.slice(at + 1);
  if (first.length < 2 || rest.length === 0) return false;
  if (first.every(({ isBold }) => isBold)) return true;
  const isName = ({ inline: { text, codes } }: GridCell) =>
    text.length <= LONGEST_HEADER && codes.length === 0 && !/\d/.test(text);
  if (!first.every(isName)) return false;
  return first.some(({ column }) =>
    rest.every(({ cells }) => {
      const below = cells.find((cell) => cell.column === column);
      return below === undefined || below.inline.codes.length > 0 || /\d/.test(below.inline.text);
    }),
  );
}

function captionOf(table: PageNode, skips: Skips): string {
  const caption = (table.children ?? []).find(({ name }) => name === 'caption');
  if (caption !== undefined && !skips(caption)) return nodeText(caption, skips);
  return attributeOf(table, 'data-caption');
}

function widthOf(cells: readonly GridCell[]): number {
  return cells.reduce((width, { column, columns }) => Math.max(width, column + columns), 0);
}

/** Places the cells by their spans; one that spans rows stands in each of them. */
function gridOf(table: PageNode, inlineOf: (node: PageNode) => Inline, skips: Skips): GridRow[] {
  const spans: { cell: GridCell; left: number }[] = [];
  const rows: GridRow[] = [];
  let count = 0;
  for (const { node, part } of rowsUnder(table, skips)) {
    const cells: GridCell[] = [];
    let column = 0;
    const takeSpans = (): void => {
      for (let span = spans[column]; span !== undefined && span.left > 0; span = spans[column]) {
        span.left -= 1;
        cells.push(span.cell);
        column += span.cell.columns;
      }
    };
    for (const child of node.children ?? []) {
      if ((child.name !== 'td' && child.name !== 'th') || skips(child)) continue;
      takeSpans();
      const cell = gridCell(child, column, inlineOf);
      const left = spanOf(child, 'rowspan', MOST_ROWS) - 1;
      spans[column] = { cell, left };
      cells.push(cell);
      column += cell.columns;
    }
    takeSpans();
    count += cells.length;
    if (count > MOST_CELLS) break;
    rows.push({ cells, part });
  }
  return rows;
}

function gridCell(node: PageNode, column: number, inlineOf: (node: PageNode) => Inline): GridCell {
  const inline = withoutMark(inlineOf(node));
  return {
    ...{ inline, node, column, columns: spanOf(node, 'colspan', MOST_COLUMNS) },
    ...{ isHead: node.name === 'th', isBold: isBold(node, inline.text) },
  };
}

/** A mark behind the text of a cell leads to a note below the table. */
function withoutMark(inline: Inline): Inline {
  const text = inline.text.replace(/(?<=[^\s*†‡§])\s?(?:\*{1,3}|[†‡§]+)$/, '');
  return text === inline.text ? inline : { ...inline, text };
}

function isBold(node: PageNode, text: string): boolean {
  if (text === '') return false;
  for (const inner of elementsBelow(node.children ?? [])) {
    if (inner.name === 'b' || inner.name === 'strong') return nodeText(inner).length >= text.length;
  }
  return false;
}

function spanOf(node: PageNode, name: string, most: number): number {
  const claimed = Number(attributeOf(node, name) || 1);
  return Number.isInteger(claimed) && claimed >= 1 && claimed <= most ? claimed : 1;
}

/** The rows of a table that are seen, without those of tables inside it. */
function rowsUnder(
  table: PageNode,
  skips: Skips,
): readonly { node: PageNode; part: GridRow['part'] }[] {
  const rows: { node: PageNode; part: GridRow['part'] }[] = [];
  const partOf = (name: string | undefined, outer: GridRow['part']): GridRow['part'] => {
    if (name === 'thead') return 'head';
    return name === 'tfoot' ? 'foot' : outer;
  };
  const open = (table.children ?? [])
    .map((node) => ({ node, part: partOf(node.name, 'body') }))
    .reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, part } = next;
    if (node.type === 'text' || skips(node) || node.name === 'table') continue;
    if (node.name === 'tr') rows.push({ node, part });
    else {
      const inner = (node.children ?? []).map((child) => ({
        node: child,
        part: partOf(child.name, part),
      }));
      open.push(...inner.reverse());
    }
  }
  return rows;
}
