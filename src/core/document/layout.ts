import type { Block, Document, DocumentLink, PlacedBlock } from '../../domain/document.ts';

/** How blocks are set as text. */
export interface Layout {
  /** What stands before a block. */
  markOf(block: Block): string;
  /** Whether a block follows the one before it on the next line, and not behind a blank one. */
  joins(previous: Block, next: Block): boolean;
  /** What stands before, between and behind the cells of a row. */
  row: { open: string; between: string; close: string };
  /** Where a link leads, to be written behind its words; null to write its words alone. */
  addressOf(link: DocumentLink): string | null;
  /** Keeps the line breaks an author set; otherwise they are spaces. */
  keepsLines: boolean;
}

/** Text without marks: an entry and a row a line each, everything else a paragraph. */
export const PLAIN: Layout = {
  markOf: () => '',
  joins: (previous, next) => isEntry(previous) && isEntry(next),
  row: { open: '', between: ' | ', close: '' },
  addressOf: () => null,
  keepsLines: false,
};

/** As `PLAIN`, with every block on the line below the one before it. */
export const LINES: Layout = { ...PLAIN, joins: () => true };

const MARKS: Partial<Record<Block['kind'], string>> = { item: '- ', definition: '- ', quote: '> ' };

/** Light Markdown: `# `, `- `, `> `, `| … |` and `[words](address)`, addresses made whole by `addressOf`. */
export function lightMarkdown(addressOf: Layout['addressOf']): Layout {
  return {
    markOf: ({ kind, level }) =>
      kind === 'heading' ? `${'#'.repeat(level)} ` : (MARKS[kind] ?? ''),
    joins: (previous, next) => isEntry(previous) && isEntry(next),
    row: { open: '| ', between: ' | ', close: ' |' },
    addressOf,
    keepsLines: true,
  };
}

function isEntry({ kind }: Block): boolean {
  return kind === 'item' || kind === 'definition';
}

interface Setting {
  text: string;
  prose: string;
  blocks: PlacedBlock[];
}

/** Sets blocks as one text. The stretches of each block are moved along when its links are written out. */
export function setBlocks(blocks: readonly Block[], layout: Layout = PLAIN): Document {
  const set: Setting = { text: '', prose: '', blocks: [] };
  let previous: Block | null = null;
  for (const block of blocks) {
    if (block.text === '' && block.cell === null) continue;
    mark(set, before(previous, block, layout));
    place(set, block, layout);
    previous = block;
  }
  if (previous?.cell != null) mark(set, layout.row.close);
  const { length } = set.text.trimEnd();
  return { text: set.text.slice(0, length), prose: set.prose.slice(0, length), blocks: set.blocks };
}

/** What stands between a block and the one before it, the mark of the block included. */
function before(previous: Block | null, block: Block, layout: Layout): string {
  const { row } = layout;
  const opening = block.cell === null ? layout.markOf(block) : row.open;
  if (previous === null) return opening;
  if (previous.cell !== null && block.cell !== null && previous.cell.table === block.cell.table) {
    return previous.cell.row === block.cell.row ? row.between : `${row.close}\n${row.open}`;
  }
  const closing = previous.cell === null ? '' : row.close;
  return `${closing}${layout.joins(previous, block) ? '\n' : '\n\n'}${opening}`;
}

/** Marks of the layout are spaces to a reader of sentences; lines stay lines. */
function mark(set: Setting, text: string): void {
  set.text += text;
  set.prose += text.replace(/[^\n]/g, ' ');
}

function place(set: Setting, block: Block, layout: Layout): void {
  const term = block.term === null ? '' : `${block.term}: `;
  set.text += term;
  set.prose += term;
  const start = set.text.length;
  const shown = shownText(block, layout);
  const shifts: Shift[] = [];
  let at = 0;
  for (const link of block.links) {
    const address = link.start < at ? null : layout.addressOf(link);
    if (address === null) continue;
    words(set, shown.slice(at, link.start));
    mark(set, '[');
    words(set, shown.slice(link.start, link.end).replace(/[[\]]/g, ' '));
    mark(set, `](${address})`);
    const total = (shifts.at(-1)?.total ?? 0) + 1;
    shifts.push({ at: link.start, total }, { at: link.end, total: total + address.length + 3 });
    at = link.end;
  }
  words(set, shown.slice(at));
  set.blocks.push({ ...movedBlock(block, shifts), start, end: set.text.length });
}

function words(set: Setting, text: string): void {
  set.text += text;
  set.prose += text;
}

function shownText({ kind, text, cell }: Block, { keepsLines, row }: Layout): string {
  if (kind === 'code') return text;
  const isLine = !keepsLines || cell !== null || kind === 'heading' || kind === 'item';
  const lines = isLine ? text.replaceAll('\n', ' ') : text;
  return cell !== null && row.open !== '' ? lines.replaceAll('|', '/') : lines;
}

/** A place in a text and how far all that has been set before it moves what stands there. */
interface Shift {
  at: number;
  total: number;
}

/** The stretches of a block, counted in the text as it was set. */
function movedBlock(block: Block, shifts: readonly Shift[]): Block {
  if (shifts.length === 0) return block;
  const moved = <T extends { start: number; end: number }>(stretch: T): T => ({
    ...stretch,
    // What starts with a link starts behind its bracket, and what ends with one ends before its address.
    start: stretch.start + shiftBefore(shifts, stretch.start + 1),
    end: stretch.end + shiftBefore(shifts, stretch.end),
  });
  return { ...block, codes: block.codes.map(moved), links: block.links.map(moved) };
}

/** How far the shifts before a place move it. */
function shiftBefore(shifts: readonly Shift[], place: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.at ?? place) < place) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.total ?? 0;
}
