import type { Block, BlockKind } from '../../domain/document.ts';
import { withoutInvisible } from '../text/characters.ts';
import { attributeOf, type PageNode } from './node.ts';
import {
  breakLine,
  joinLines,
  newRunningText,
  type RunningText,
  stretchSince,
  write,
} from './running-text.ts';
import { cellsOf, isLayoutTable } from './table.ts';
import { isMark, isUnseen, raisedText } from './visibility.ts';

export interface HtmlReading {
  /** Elements that are no part of the text, beside those nobody sees. */
  skips?: (node: PageNode) => boolean;
}

const INLINE = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark output q ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const CODE = new Set(['code', 'kbd', 'tt', 'samp']);
const UNSHOWN = new Set(['comment', 'directive', 'cdata']);
const LISTS = new Set(['ul', 'ol', 'menu', 'dir']);
/** Nesting deeper than this is an accident or an attack; nobody's text stands there. */
const DEEPEST = 400;

interface Opened {
  kind: BlockKind;
  level: number;
}

/** What is being written: the blocks so far, the running text, and the elements that are open around it. */
interface Writing {
  blocks: (Block & { links: Block['links'][number][] })[];
  running: RunningText;
  opened: Opened[];
  lists: number;
  tables: number;
  headings: { level: number; text: string }[];
  path: readonly string[];
  term: string | null;
  skips: (node: PageNode) => boolean;
}

interface Step {
  node: PageNode;
  depth: number;
  leave: ((writing: Writing) => void) | null;
}

/** The blocks below some nodes of a parsed page. Takes time by their number, whatever their nesting. */
export function blocksOfHtml(
  roots: readonly PageNode[],
  reading: HtmlReading = {},
): readonly Block[] {
  return readRoots(roots, reading).blocks;
}

function readRoots(roots: readonly PageNode[], { skips = () => false }: HtmlReading): Writing {
  const writing: Writing = {
    ...{ blocks: [], running: newRunningText(), opened: [], lists: 0, tables: 0 },
    ...{ headings: [], path: [], term: null },
    skips: (node) => isUnseen(node) || skips(node) || isMark(node),
  };
  const steps: Step[] = [];
  pushAll(steps, roots, 0);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step.leave !== null) step.leave(writing);
    else enter(step, writing, steps);
  }
  flush(writing);
  return writing;
}

/** A stretch of a page, read for itself. */
export interface PagePart {
  blocks: readonly Block[];
  /** How many tables it holds. */
  tables: number;
}

/** Null for a part that ends within an entry of a list of terms: what it means stands in the next. */
export function pagePart(roots: readonly PageNode[]): PagePart | null {
  const { blocks, tables, term } = readRoots(roots, {});
  return term === null ? { blocks, tables } : null;
}

/** The blocks of a page of several parts, each below the headings of those before it. */
export function joinedParts(parts: readonly PagePart[]): readonly Block[] {
  const whole: Pick<Writing, 'blocks' | 'headings' | 'path'> = {
    ...{ blocks: [], headings: [], path: [] },
  };
  let before = 0;
  for (const { blocks, tables } of parts) {
    for (const block of blocks) {
      const { cell } = block;
      const moved =
        cell === null ? block : { ...block, cell: { ...cell, table: cell.table + before } };
      add(whole, moved);
    }
    before += tables;
  }
  return whole.blocks;
}

function pushAll(steps: Step[], nodes: readonly PageNode[], depth: number): void {
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (node !== undefined) steps.push({ node, depth, leave: null });
  }
}

function enter(step: Step, writing: Writing, steps: Step[]): void {
  const { node, depth } = step;
  if (node.type === 'text') write(writing.running, node.data ?? '');
  else if (!UNSHOWN.has(node.type) && depth <= DEEPEST && !writing.skips(node)) {
    enterElement(step, writing, steps);
  }
}

function enterElement({ node, depth }: Step, writing: Writing, steps: Step[]): void {
  const name = node.name ?? '';
  if (name === 'br') breakLine(writing.running);
  else if (name === 'hr') flush(writing);
  else if (name === 'sup') write(writing.running, raisedText(node, writing.running.tail));
  else if (name === 'pre') addSample(writing, node);
  else if (name === 'table' && !isLayoutTable(node, writing.skips)) addTable(writing, node);
  else {
    const leave = opening(node, name, writing);
    if (leave !== null) steps.push({ node, depth, leave });
    pushAll(steps, node.children ?? [], depth + 1);
  }
}

/** What entering an element does at once, and what leaving it will do. */
function opening(node: PageNode, name: string, writing: Writing): Step['leave'] {
  if (INLINE.has(name)) return openingInline(node, name, writing);
  if (node.type === 'root') return null;
  flush(writing);
  const opened = openedBy(name, writing);
  if (opened !== null) writing.opened.push(opened);
  if (LISTS.has(name)) writing.lists += 1;
  return (held) => {
    if (name === 'dt') holdTerm(held);
    else flush(held);
    if (LISTS.has(name)) held.lists -= 1;
    if (opened !== null) held.opened.pop();
  };
}

function openingInline(node: PageNode, name: string, writing: Writing): Step['leave'] {
  const { running } = writing;
  const place = running.text.length;
  if (CODE.has(name)) {
    return (held) => {
      const code = held.running === running ? stretchSince(running, place) : null;
      if (code !== null) running.codes.push(code);
    };
  }
  if (name === 'q') {
    write(running, '“');
    return (held) => write(held.running, '”');
  }
  return name === 'a' ? linking(node, place, writing) : null;
}

/** A link around a whole card holds blocks of its own: it belongs to the first of them. */
function linking(node: PageNode, place: number, { running, blocks }: Writing): Step['leave'] {
  const address = attributeOf(node, 'href').trim();
  const before = blocks.length;
  if (address === '') return null;
  return (held) => {
    const first = held.blocks[before];
    const link = first === undefined ? stretchSince(running, place) : null;
    if (link !== null) running.links.push({ ...link, address });
    else if (first !== undefined && first.kind !== 'cell')
      first.links.push({ start: 0, end: first.text.length, address });
  };
}

function openedBy(name: string, { opened, lists }: Writing): Opened | null {
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) };
  if (name === 'li') return { kind: 'item', level: Math.max(1, lists) };
  if (name === 'dd' || name === 'dt') return { kind: 'definition', level: 0 };
  if (name === 'blockquote') return { kind: 'quote', level: 0 };
  // A block within a heading is the heading still, and one within an entry is the entry.
  return opened.at(-1) ?? null;
}

/** Ends the running text and makes it a block. */
function flush(writing: Writing): void {
  const { running } = writing;
  writing.running = newRunningText();
  if (running.text === '') return;
  const { kind, level } = writing.opened.at(-1) ?? { kind: 'paragraph', level: 0 };
  const isDefinition = kind === 'definition';
  add(writing, {
    ...plain(running),
    ...{ kind, level, term: isDefinition ? writing.term : null },
  });
  if (isDefinition) writing.term = null;
}

function plain({ text, codes, links }: Pick<Block, 'text' | 'codes' | 'links'>) {
  return { text, codes, links, cell: null, term: null };
}

/** A term stands before its meaning; one without a meaning is an entry of its own. */
function holdTerm(writing: Writing): void {
  const { text } = writing.running;
  if (text === '') return;
  if (writing.term === null) {
    writing.running = newRunningText();
    writing.term = text;
    return;
  }
  const waiting = writing.term;
  writing.term = text;
  writing.running = newRunningText();
  add(writing, { ...plain({ text: waiting, codes: [], links: [] }), kind: 'item', level: 1 });
}

function add(
  writing: Pick<Writing, 'blocks' | 'headings' | 'path'>,
  block: Omit<Block, 'path'>,
): void {
  if (block.kind === 'heading') {
    writing.headings = writing.headings.filter(({ level }) => level < block.level);
    writing.path = writing.headings.map(({ text }) => text);
  }
  writing.blocks.push({ ...block, links: [...block.links], path: writing.path });
  if (block.kind !== 'heading') return;
  writing.headings.push({ level: block.level, text: block.text });
  writing.path = writing.headings.map(({ text }) => text);
}

/** A sample keeps its lines. */
function addSample(writing: Writing, node: PageNode): void {
  flush(writing);
  const text = withoutInvisible(sourceText(node, writing.skips)).replace(/^\n+|\s+$/g, '');
  if (text.trim() !== '')
    add(writing, { ...plain({ text, codes: [], links: [] }), kind: 'code', level: 0 });
}

/** All text below a node that is seen, as it stands in the source. */
function sourceText(node: PageNode, skips: (node: PageNode) => boolean): string {
  const parts: string[] = [];
  const nodes: PageNode[] = [node];
  for (let next = nodes.pop(); next !== undefined; next = nodes.pop()) {
    if (next.type === 'text') parts.push(next.data ?? '');
    else if (next.name === 'br') parts.push('\n');
    else if (next === node || !skips(next)) pushNodes(nodes, next.children ?? []);
  }
  return parts.join('');
}

function pushNodes(nodes: PageNode[], more: readonly PageNode[]): void {
  for (let at = more.length - 1; at >= 0; at -= 1) {
    const node = more[at];
    if (node !== undefined) nodes.push(node);
  }
}

function addTable(writing: Writing, table: PageNode): void {
  flush(writing);
  const number = writing.tables;
  writing.tables += 1;
  const inline = (node: PageNode) =>
    joinLines(blocksOfHtml(node.children ?? [], { skips: writing.skips }));
  for (const { text, codes, links, ...cell } of cellsOf(table, inline, writing.skips)) {
    add(writing, {
      ...plain({ text, codes, links }),
      ...{ kind: 'cell', level: 0, cell: { table: number, ...cell } },
    });
  }
}
