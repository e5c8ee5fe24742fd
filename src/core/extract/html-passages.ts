import type { Inline, Link, Passage } from './passages.ts';
import { EMPTY_INLINE } from './passages.ts';
import { oneLine, tidyLines } from './tidy.ts';

/** A node of a parsed page, as far as it is read here. */
export interface PageNode {
  type: string;
  name?: string;
  data?: string;
  attribs?: Readonly<Record<string, string>>;
  children?: readonly PageNode[];
}

/** Elements that hold nothing a reader of the page would read as its text. */
const UNREAD = new Set(
  'script style svg noscript template nav footer aside form button select iframe head object canvas title'.split(
    ' ',
  ),
);

const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Nesting deeper than this is an accident or an attack; nobody's text stands there. */
const DEEPEST = 400;
/** A cell that claims to span more rows than this lies. */
const MOST_ROWS = 200;

type RunKind = { kind: 'heading'; level: number } | { kind: 'paragraph' | 'entry' | 'quote' };

/** What is being written: the passages so far, the running text, and the element kinds that are open around it. */
interface Writing {
  passages: Passage[];
  text: string;
  codes: string[];
  links: Link[];
  kinds: RunKind[];
}

interface Step {
  node: PageNode;
  depth: number;
  leave: ((writing: Writing) => void) | null;
}

/** The passages under some nodes. Walks with a stack of its own, so that no nesting can exhaust the call stack. */
export function passagesUnder(roots: readonly PageNode[]): readonly Passage[] {
  const writing: Writing = { passages: [], text: '', codes: [], links: [], kinds: [] };
  const steps: Step[] = [];
  pushAll(steps, roots, 0);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step.leave !== null) step.leave(writing);
    else enter(step, writing, steps);
  }
  flush(writing);
  return writing.passages;
}

/** All text below a node, as it stands in the source. */
function rawText(node: PageNode): string {
  const parts: string[] = [];
  const nodes: PageNode[] = [node];
  for (let next = nodes.pop(); next !== undefined; next = nodes.pop()) {
    if (next.type === 'text') parts.push(next.data ?? '');
    nodes.push(...[...(next.children ?? [])].reverse());
  }
  return parts.join('');
}

function pushAll(steps: Step[], nodes: readonly PageNode[], depth: number): void {
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (node !== undefined) steps.push({ node, depth, leave: null });
  }
}

function enter({ node, depth }: Step, writing: Writing, steps: Step[]): void {
  const name = node.name ?? '';
  if (node.type === 'text') writing.text += node.data ?? '';
  else if (name === 'br' || name === 'hr') writing.text += '\n';
  else if (name === 'table') closed(writing, tableOf(node));
  else if (name === 'pre') closed(writing, { kind: 'code', text: rawText(node).trim() });
  else if (!UNREAD.has(name) && depth <= DEEPEST && node.type !== 'comment') {
    const leave = opening(node, name, writing);
    if (leave !== null) steps.push({ node, depth, leave });
    pushAll(steps, node.children ?? [], depth + 1);
  }
}

/** Ends the running text and adds a passage that is whole in itself. */
function closed(writing: Writing, passage: Passage): void {
  flush(writing);
  writing.passages.push(passage);
}

/** What entering an element does at once, and what leaving it will do. */
function opening(node: PageNode, name: string, writing: Writing): Step['leave'] {
  const start = writing.text.length;
  if (name === 'code' || name === 'kbd' || name === 'tt') {
    return (held) => held.codes.push(oneLine(held.text.slice(start)));
  }
  if (name === 'a') return linking(node, start, writing.passages.length);
  if (INLINE.has(name) || node.type === 'root') return null;
  flush(writing);
  const kind = kindOf(name);
  if (kind !== null) writing.kinds.push(kind);
  return (held) => {
    flush(held);
    if (kind !== null) held.kinds.pop();
  };
}

/** A link around a whole card holds passages of its own: it belongs to the first of them. */
function linking(node: PageNode, start: number, before: number): Step['leave'] {
  const address = node.attribs?.['href'] ?? '';
  return (held) => {
    const first = held.passages[before];
    if (first === undefined) {
      held.links.push({ text: oneLine(held.text.slice(start)), address });
    } else if ('links' in first) {
      const link = { text: first.text, address };
      held.passages[before] = { ...first, links: [...first.links, link] };
    }
  };
}

function kindOf(name: string): RunKind | null {
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) };
  if (name === 'li' || name === 'dt' || name === 'dd') return { kind: 'entry' };
  return name === 'blockquote' ? { kind: 'quote' } : null;
}

function flush(writing: Writing): void {
  const text = oneLine(writing.text);
  const { codes, links } = writing;
  writing.text = '';
  writing.codes = [];
  writing.links = [];
  if (text === '') return;
  writing.passages.push({ ...(writing.kinds.at(-1) ?? { kind: 'paragraph' }), text, codes, links });
}

function inlineUnder(node: PageNode): Inline {
  const passages = passagesUnder(node.children ?? []);
  const text = passages.map((passage) => ('text' in passage ? passage.text : '')).join('\n');
  const runs = passages.filter((passage) => passage.kind !== 'table' && passage.kind !== 'code');
  return {
    text: oneLine(tidyLines(text)),
    codes: runs.flatMap((run) => run.codes),
    links: runs.flatMap((run) => run.links),
  };
}

/** A table as header and rows; a cell that spans rows stands in each of them. */
function tableOf(table: PageNode): Passage {
  const lines = rowsUnder(table).map((row) =>
    (row.children ?? []).filter((cell) => cell.name === 'td' || cell.name === 'th'),
  );
  const spans: { cell: Inline; left: number }[] = [];
  const rows = lines.map((cells) => spread(cells, spans));
  const isHeader = lines[0]?.every((cell) => cell.name === 'th') ?? false;
  return {
    kind: 'table',
    header: isHeader ? (rows[0] ?? []) : [],
    rows: rows.slice(isHeader ? 1 : 0),
  };
}

function rowsUnder(table: PageNode): readonly PageNode[] {
  const rows: PageNode[] = [];
  const nodes: PageNode[] = [...(table.children ?? [])].reverse();
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (node.name === 'tr') rows.push(node);
    else if (node.name !== 'table') nodes.push(...[...(node.children ?? [])].reverse());
  }
  return rows;
}

function spread(cells: readonly PageNode[], spans: { cell: Inline; left: number }[]): Inline[] {
  const row: Inline[] = [];
  const takeSpan = (): boolean => {
    const span = spans[row.length];
    if (span === undefined || span.left === 0) return false;
    span.left -= 1;
    row.push(span.cell);
    return true;
  };
  for (const node of cells) {
    while (takeSpan());
    const cell = inlineUnder(node);
    const claimed = Number(node.attribs?.['rowspan'] ?? 1);
    spans[row.length] = { cell, left: claimed > 1 && claimed <= MOST_ROWS ? claimed - 1 : 0 };
    row.push(cell);
  }
  while (takeSpan());
  return row.length === 0 ? [EMPTY_INLINE] : row;
}
