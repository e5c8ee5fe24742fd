import { isElsewhere } from './boilerplate.ts';
import { absoluteLink } from './page-links.ts';
import { attributeOf, type PageNode, plainText } from './page-node.ts';

/** One block of a page's text as light Markdown, its mark included. */
export interface TextBlock {
  kind: 'heading' | 'paragraph' | 'item' | 'quote' | 'row';
  /** 1 to 6 for headings, else 0. */
  level: number;
  text: string;
  /** How much of the text is link text, 0 to 1. */
  linked: number;
}

interface Writing {
  blocks: TextBlock[];
  text: string;
  linkLetters: number;
  kind: TextBlock['kind'];
  level: number;
  /** The term of a definition list that waits for its meaning. */
  term: string;
  base: string;
  skips: (node: PageNode) => boolean;
}

const HEADING = /^h([1-6])$/;
const BLOCKS = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const DEEPEST = 250;
/** A cell with more text than this is part of a layout. */
const LONGEST_CELL = 500;

/** The blocks below a node, in order, without what `skips` names. Lists of links to other pages of the site are left out. */
export function blocksBelow(
  root: PageNode,
  base: string,
  skips: (node: PageNode) => boolean,
): readonly TextBlock[] {
  const writing: Writing = {
    blocks: [],
    text: '',
    linkLetters: 0,
    kind: 'paragraph',
    level: 0,
    term: '',
    base,
    skips,
  };
  for (const child of root.children ?? []) write(child, writing, 0);
  flush(writing);
  return withoutElsewhere(writing.blocks);
}

function write(node: PageNode, writing: Writing, depth: number): void {
  if (node.type === 'text') {
    writing.text += (node.data ?? '').replaceAll(/\s+/g, ' ');
    return;
  }
  if (depth > DEEPEST || writing.skips(node)) return;
  const name = node.name ?? '';
  if (name === 'br') writing.text += '\n';
  else if (name === 'a') writeLink(node, writing);
  else if (name === 'tr') writeRow(node, writing, depth);
  else if (BLOCKS.has(name)) writeBlock(node, name, writing, depth);
  else writeChildren(node, writing, depth);
}

function writeChildren(node: PageNode, writing: Writing, depth: number): void {
  for (const child of node.children ?? []) write(child, writing, depth + 1);
}

function writeBlock(node: PageNode, name: string, writing: Writing, depth: number): void {
  flush(writing);
  const before = { kind: writing.kind, level: writing.level };
  const kind = kindOf(name, before.kind);
  writing.kind = kind;
  writing.level = kind === 'heading' ? Number(HEADING.exec(name)?.[1] ?? 2) : 0;
  writeChildren(node, writing, depth);
  if (name === 'dt') holdTerm(writing);
  else flush(writing);
  writing.kind = before.kind;
  writing.level = before.level;
}

function kindOf(name: string, outer: TextBlock['kind']): TextBlock['kind'] {
  if (HEADING.test(name)) return 'heading';
  if (name === 'li' || name === 'dd' || name === 'dt') return 'item';
  if (name === 'blockquote') return 'quote';
  return outer === 'heading' ? 'paragraph' : outer;
}

/** A term stands before its meaning, as a label. */
function holdTerm(writing: Writing): void {
  const term = tidy(writing.text);
  writing.text = '';
  writing.linkLetters = 0;
  if (writing.term !== '') push(writing, writing.term, 0);
  writing.term = term;
}

function writeLink(node: PageNode, writing: Writing): void {
  const text = plainText(node, writing.skips);
  if (text === '') return;
  const target = absoluteLink(attributeOf(node, 'href'), writing.base);
  writing.linkLetters += text.length;
  writing.text += target === null ? text : `[${text.replaceAll(/[[\]]/g, ' ')}](${target})`;
}

/** A row of a table, or what stands in it where the table only lays the page out. */
function writeRow(row: PageNode, writing: Writing, depth: number): void {
  flush(writing);
  const cells = (row.children ?? [])
    .filter((cell) => cell.name === 'td' || cell.name === 'th')
    .map((cell) => plainText(cell, writing.skips).replaceAll('|', '/'));
  if (cells.some((cell) => cell.length > LONGEST_CELL)) {
    writeChildren(row, writing, depth);
    flush(writing);
  } else if (cells.some((cell) => cell !== '')) {
    writing.blocks.push({ kind: 'row', level: 0, text: `| ${cells.join(' | ')} |`, linked: 0 });
  }
}

function flush(writing: Writing): void {
  const text = tidy(writing.text);
  const { linkLetters } = writing;
  writing.text = '';
  writing.linkLetters = 0;
  if (text === '') return;
  const term = writing.term;
  writing.term = '';
  push(writing, term === '' ? text : `${term}: ${text}`, linkLetters);
}

function push(writing: Writing, text: string, linkLetters: number): void {
  const { kind, level } = writing;
  const linked = Math.min(
    1,
    linkLetters / Math.max(1, text.replaceAll(/\]\(\S{1,2000}?\)/g, '').length),
  );
  writing.blocks.push({ kind, level, text, linked });
}

/** Invisible signs go, white space is single, a line break stays one. */
export function tidy(text: string): string {
  return text
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

/** Drops headings over other pages with the links below them. */
function withoutElsewhere(blocks: readonly TextBlock[]): readonly TextBlock[] {
  const kept: TextBlock[] = [];
  let index = 0;
  while (index < blocks.length) {
    const block = blocks[index];
    if (block === undefined) break;
    const end = sectionEnd(blocks, index);
    if (
      block.kind === 'heading' &&
      isElsewhere(block.text) &&
      isLinks(blocks.slice(index + 1, end))
    ) {
      index = end;
    } else {
      kept.push(block);
      index++;
    }
  }
  return kept;
}

function sectionEnd(blocks: readonly TextBlock[], from: number): number {
  let end = from + 1;
  while (end < blocks.length && blocks[end]?.kind !== 'heading') end++;
  return end;
}

/** A section that is nothing but links, or nothing at all. */
function isLinks(blocks: readonly TextBlock[]): boolean {
  return blocks.every(({ linked, text }) => linked > 0.6 || text.length < 40);
}

const MARKS: Readonly<Record<TextBlock['kind'], string>> = {
  heading: '#',
  paragraph: '',
  item: '-',
  quote: '>',
  row: '',
};

/** Blocks as light Markdown; rows and items that follow each other stand on adjoining lines. */
export function asMarkdown(blocks: readonly TextBlock[]): string {
  let text = '';
  let last: TextBlock['kind'] | null = null;
  for (const { kind, level, text: words } of blocks) {
    const mark = kind === 'heading' ? '#'.repeat(level) : MARKS[kind];
    const glue = last === kind && (kind === 'item' || kind === 'row') ? '\n' : '\n\n';
    const line = mark === '' ? words : `${mark} ${words.replaceAll('\n', ' ')}`;
    text += text === '' ? line : glue + line;
    last = kind;
  }
  return text;
}
