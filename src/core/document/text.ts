import type { Block } from '../../domain/document.ts';
import type { Item } from '../../domain/item.ts';
import { type Layout, PLAIN, setBlocks } from './layout.ts';

/** Text that a page does not hold as a block of its own: a title, a line of tags. */
export function lineBlock(text: string, kind: 'heading' | 'paragraph' = 'paragraph'): Block {
  const level = kind === 'heading' ? 1 : 0;
  return { kind, text, level, path: [], codes: [], links: [], cell: null, term: null };
}

/** The text of an item and the document behind it. */
export function itemText(
  blocks: readonly Block[],
  layout: Layout = PLAIN,
): Pick<Item, 'text'> & Required<Pick<Item, 'document'>> {
  const document = setBlocks(blocks, layout);
  return { text: document.text, document };
}

/** Blocks as text for comparing and naming. */
export function plainText(blocks: readonly Block[]): string {
  return setBlocks(blocks).text;
}

/** What is set as code in a block. */
export function codesOf({ text, codes }: Pick<Block, 'text' | 'codes'>): readonly string[] {
  return codes.map(({ start, end }) => text.slice(start, end).replaceAll('\n', ' '));
}

/** The links of a block with their words. */
export function linksOf({
  text,
  links,
}: Pick<Block, 'text' | 'links'>): readonly { text: string; address: string }[] {
  return links.map(({ start, end, address }) => ({ text: text.slice(start, end), address }));
}
