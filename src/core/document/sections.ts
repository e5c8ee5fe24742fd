import type { Block } from '../../domain/document.ts';

/** A heading with what stands under it up to the next heading of any level. */
export interface Section {
  /** 0 for what stands before the first heading. */
  level: number;
  /** Null before the first heading. */
  heading: Block | null;
  title: string;
  blocks: readonly Block[];
  /** The headings above it, the outermost first. */
  path: readonly string[];
}

/** Cuts a document into its sections; what stands before the first heading comes first, at level 0. */
export function sectionsOf(blocks: readonly Block[]): readonly Section[] {
  const sections: (Omit<Section, 'blocks'> & { blocks: Block[] })[] = [
    { level: 0, heading: null, title: '', blocks: [], path: [] },
  ];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const { level, text: title, path } = block;
      sections.push({ level, heading: block, title, blocks: [], path });
    } else sections.at(-1)?.blocks.push(block);
  }
  return sections.filter(({ level, blocks: held }) => level > 0 || held.length > 0);
}
