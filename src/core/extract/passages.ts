import { oneLine } from './tidy.ts';

/** A link inside a text, its address as written. */
export interface Link {
  text: string;
  address: string;
}

/** Running text without markup, with what its markup said: the literals set as code, and the links. */
export interface Inline {
  text: string;
  codes: readonly string[];
  links: readonly Link[];
}

/** A page as a flat run of passages: the same shape whether it came as Markdown or as HTML. */
export type Passage =
  | ({ kind: 'heading'; level: number } & Inline)
  | ({ kind: 'paragraph' | 'entry' | 'quote' } & Inline)
  /** Code and raw markup, kept as written. */
  | { kind: 'code'; text: string }
  | { kind: 'table'; header: readonly Inline[]; rows: readonly (readonly Inline[])[] };

/** A heading with what stands under it up to the next heading of any level. */
export interface Section {
  /** 0 for what stands before the first heading. */
  level: number;
  heading: Inline;
  passages: readonly Passage[];
  /** The headings above it, the outermost first. */
  path: readonly string[];
}

export const EMPTY_INLINE: Inline = { text: '', codes: [], links: [] };

/** Cuts a page into its sections; what stands before the first heading comes first, at level 0. */
export function sectionsOf(passages: readonly Passage[]): readonly Section[] {
  const sections: { level: number; heading: Inline; passages: Passage[]; path: string[] }[] = [];
  let open: { level: number; text: string }[] = [];
  let current = {
    level: 0,
    heading: EMPTY_INLINE,
    passages: [] as Passage[],
    path: [] as string[],
  };
  sections.push(current);
  for (const passage of passages) {
    if (passage.kind !== 'heading') {
      current.passages.push(passage);
      continue;
    }
    open = open.filter((above) => above.level < passage.level);
    current = {
      level: passage.level,
      heading: passage,
      passages: [],
      path: open.map((above) => above.text),
    };
    open.push({ level: passage.level, text: passage.text });
    sections.push(current);
  }
  return sections.filter((section) => section.level > 0 || section.passages.length > 0);
}

/** A table row as one line: its cells between bars. */
export function rowText(cells: readonly Inline[]): string {
  return cells.map((cell) => cell.text).join(' | ');
}

/** One passage as text; a table is a line a row, its header first. */
function passageText(passage: Passage): string {
  if (passage.kind !== 'table') return passage.text;
  return [passage.header, ...passage.rows].map(rowText).join('\n');
}

/** Passages as text for reading and quoting: entries of a list a line each, everything else a paragraph. */
export function plainText(passages: readonly Passage[]): string {
  let text = '';
  let previous: Passage | null = null;
  for (const passage of passages) {
    const part = passageText(passage).trim();
    if (part === '') continue;
    if (previous !== null) {
      text += previous.kind === 'entry' && passage.kind === 'entry' ? '\n' : '\n\n';
    }
    text += part;
    previous = passage;
  }
  return text;
}

export function tablesOf(
  passages: readonly Passage[],
): readonly Extract<Passage, { kind: 'table' }>[] {
  return passages.filter((passage) => passage.kind === 'table');
}

/** The column whose heading fits, by its place; -1 when there is none. */
export function columnOf(header: readonly Inline[], name: RegExp): number {
  return header.findIndex((cell) => name.test(oneLine(cell.text)));
}
