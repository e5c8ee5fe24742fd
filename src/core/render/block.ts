import { plain, safeUrl, truncate } from './plain.ts';
import { counted } from './words.ts';

/** A run of text with one look. `url` makes it a link. Always visible, one-line text, and never escaped. */
export interface Span {
  text: string;
  mark?: 'strong' | 'added' | 'removed' | 'code';
  url?: string;
}

/**
 * One paragraph of a message. A `fact` has a label in front, what it says, and below it the `quote` that proves it with its
 * `source`; a `command` has a label and what to type.
 */
export interface Block {
  kind: 'heading' | 'line' | 'bullet' | 'fact' | 'quote' | 'source' | 'command' | 'note';
  spans: readonly Span[];
  label?: string;
}

/** How much of each part is shown; counts and UTF-16 lengths. */
export interface Caps {
  moves: number;
  facts: number;
  proofs: number;
  quote: number;
  changes: number;
  diff: number;
  sentences: number;
  entries: number;
}

export const heading = (text: string): Block => ({ kind: 'heading', spans: [{ text }] });

export const line = (spans: readonly Span[]): Block => ({ kind: 'line', spans });

export const bullet = (text: string): Block => ({ kind: 'bullet', spans: [{ text: plain(text) }] });

export const note = (text: string): Block => ({ kind: 'note', spans: [{ text }] });

export const command = (label: string, text: string): Block => ({
  ...{ kind: 'command', label },
  spans: [{ text: plain(text), mark: 'code' }],
});

/** Who said it, and where: `words` are what the link is called. */
export function link(address: string, words = 'source'): Span {
  const url = safeUrl(address);
  return url === null ? { text: truncate(plain(address), 300) } : { text: plain(words), url };
}

/** A heading with at most `cap` rows below it; nothing where there are none. */
export function section<T>(
  title: string,
  rows: readonly T[],
  cap: number,
  blocks: (row: T) => readonly Block[],
): readonly Block[] {
  if (rows.length === 0) return [];
  const rest = rows.length - cap;
  const more = rest > 0 ? [note(`and ${counted(rest, 'more entry', 'more entries')}`)] : [];
  return [heading(title), ...rows.slice(0, cap).flatMap((row) => blocks(row)), ...more];
}

/** Blocks that belong together: each but a quote and its source begins a group of its own. */
export function grouped(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last !== undefined && (block.kind === 'quote' || block.kind === 'source')) last.push(block);
    else groups.push([block]);
  }
  return groups;
}
