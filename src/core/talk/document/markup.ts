import { foldText } from '../../text/characters.ts';

/** What Markdown adds to the words: the address behind a link's text, bare addresses, marks for emphasis and code. */
const LINK = /!?\[([^[\]]{0,400})\]\(([^()\s]{0,2000})\)/g;
const ADDRESS = /\bhttps?:\/\/[^\s<>"')\]]+/g;
const MARKS = /\*+|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

/** A link of a text: where its words stand, and where it leads. */
export interface TextLink {
  start: number;
  end: number;
  address: string;
}

/** A text without its markup, at the same length: every sign keeps its place, markup becomes spaces. */
export interface Masked {
  /** Original letters. */
  text: string;
  /** Folded, in lower case. */
  folded: string;
  links: readonly TextLink[];
}

export function maskMarkup(text: string): Masked {
  const links: TextLink[] = [];
  const words = text
    .replaceAll(LINK, (whole, label: string, address: string, at: number) => {
      const start = at + whole.indexOf('[') + 1;
      links.push({ start, end: start + label.length, address });
      const before = ' '.repeat(start - at);
      return before + label + ' '.repeat(whole.length - before.length - label.length);
    })
    .replaceAll(ADDRESS, (whole) => ' '.repeat(whole.length))
    .replaceAll(MARKS, (whole) => ' '.repeat(whole.length));
  return { text: words, folded: foldText(words), links };
}

/** A stretch of a text that is read as one: offsets leave out its mark (`# `, `- `, `| `). */
export interface Block {
  kind: 'heading' | 'paragraph' | 'item' | 'quote' | 'row';
  level: number;
  start: number;
  end: number;
  /** The headings it stands under, the innermost last. */
  under: readonly string[];
}

const HEADING = /^(#{1,6})\s+/;
const ITEM = /^\s*(?:[-*+•◦]|\d{1,3}[.)])\s+/;
const QUOTE = /^\s*>\s?/;
const ROW = /^\s*\|/;

interface Cutting {
  text: string;
  blocks: Block[];
  open: Block | null;
  headings: { level: number; text: string }[];
}

/** Cuts light Markdown into its blocks. Lines of one paragraph stay together. */
export function blocksOf(text: string): readonly Block[] {
  const cutting: Cutting = { text, blocks: [], open: null, headings: [] };
  let at = 0;
  while (at <= text.length) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    cutLine(cutting, at, end);
    at = end + 1;
  }
  close(cutting);
  return cutting.blocks;
}

function cutLine(cutting: Cutting, start: number, end: number): void {
  const line = cutting.text.slice(start, end);
  if (line.trim() === '') {
    close(cutting);
    return;
  }
  const heading = HEADING.exec(line);
  if (heading !== null) {
    openHeading(cutting, start, end, heading);
    return;
  }
  const mark = markOf(line);
  if (mark !== null) {
    close(cutting);
    open(cutting, mark.kind, start + mark.width, end);
    if (mark.kind === 'row') close(cutting);
    return;
  }
  if (cutting.open === null) open(cutting, 'paragraph', start, end);
  else cutting.open.end = end;
}

function markOf(line: string): { kind: Block['kind']; width: number } | null {
  if (ROW.test(line)) return { kind: 'row', width: 0 };
  for (const [kind, pattern] of [
    ['item', ITEM],
    ['quote', QUOTE],
  ] as const) {
    const match = pattern.exec(line);
    if (match !== null) return { kind, width: match[0].length };
  }
  return null;
}

function open(cutting: Cutting, kind: Block['kind'], start: number, end: number): void {
  const under = cutting.headings.map(({ text }) => text);
  cutting.open = { kind, level: 0, start, end, under };
}

function openHeading(cutting: Cutting, start: number, end: number, mark: RegExpExecArray): void {
  close(cutting);
  const level = mark[1]?.length ?? 1;
  cutting.headings = cutting.headings.filter((above) => above.level < level);
  open(cutting, 'heading', start + mark[0].length, end);
  if (cutting.open !== null) cutting.open.level = level;
  close(cutting);
  cutting.headings.push({ level, text: cutting.text.slice(start + mark[0].length, end).trim() });
}

function close(cutting: Cutting): void {
  if (cutting.open !== null) cutting.blocks.push(cutting.open);
  cutting.open = null;
}
