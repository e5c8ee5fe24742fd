/**
 * A document as a reader sees it: what is hidden, struck out or commented out is not in it, and neither are footnote
 * marks. Parsers (`core/document/html.ts`, `core/document/markdown.ts`) make `Block`s; a layout
 * (`core/document/layout.ts`) sets blocks as one text, which an item keeps and evidence quotes.
 *
 *     text   "Shutdown date | Model\n2027-05-12 | gpt-image-1"
 *     blocks cell 0,0 [0,13) head   cell 0,1 [16,21) head
 *            cell 1,0 [22,32)       cell 1,1 [35,46) columnHeaders ["Model"], rowHeaders ["2027-05-12"] if that is a <th>
 */
export interface Document {
  /** What is quoted. */
  text: string;
  /**
   * The text for reading, at the same length: every mark of the layout (`# `, `- `, ` | `, the address of a link) is
   * spaces, so that an offset in one is an offset in the other.
   */
  prose: string;
  /** In the order of the text; no two overlap, and what lies between them is layout. */
  blocks: readonly PlacedBlock[];
}

/** A stretch of a text in UTF-16 units, the end exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** A link, its address as the document gives it. */
export interface DocumentLink extends Stretch {
  address: string;
}

export type BlockKind =
  | 'heading'
  | 'paragraph'
  /** An entry of a list, without the lists below it. */
  | 'item'
  | 'quote'
  /** The meaning of a term, `term` before it. */
  | 'definition'
  /** A sample, kept as written. */
  | 'code'
  /** One cell of a table. The cells of a table follow one another, row by row. */
  | 'cell';

/** A part of a document that is read as one. Stretches are those of its own text. */
export interface Block {
  kind: BlockKind;
  /** White space is single and at no end; a line break the author set is `\n`. */
  text: string;
  /** 1 to 6 for a heading, the depth of nesting from 1 for an item, else 0. */
  level: number;
  /** The headings it stands under, the outermost first; those of a heading are the ones above it. */
  path: readonly string[];
  /** What is set as code, in order. */
  codes: readonly Stretch[];
  links: readonly DocumentLink[];
  /** Only of a cell. */
  cell: CellPlace | null;
  /** Only of a definition. */
  term: string | null;
}

/** Where a cell stands, and what its table says of it. */
export interface CellPlace {
  /** The number of its table in the document, from 0. */
  table: number;
  /** What the table is called: its caption or title row, or the name a component gives it. */
  caption: string;
  /** From 0; header rows count. */
  row: number;
  column: number;
  /** How many columns it stands in; one over several rows is a block in each of them. */
  columns: number;
  /** It names its column or its row and states nothing by itself. */
  isHeader: boolean;
  /** What its column is called, the widest heading first: `["Text tokens", "Input"]`. */
  columnHeaders: readonly string[];
  /** What its row is called: a heading over a group of rows, then the cells set as the head of the row. */
  rowHeaders: readonly string[];
}

/** A block with its place in the text of a document: `text.slice(start, end)` shows the block. */
export interface PlacedBlock extends Block, Stretch {}
