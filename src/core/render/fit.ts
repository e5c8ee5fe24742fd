import type { Block, Span } from './block.ts';
import { truncate } from './plain.ts';

export interface Fit {
  render: (block: Block) => string;
  limit: number;
  /** What the limit counts; UTF-16 units unless told. */
  size?: (text: string) => number;
  /** What stands between two pieces; counted by the limit. */
  separator?: string;
}

/** Said where a message ends early. */
const CUT: Block = {
  kind: 'note',
  spans: [{ text: 'Shortened here; the alert is kept whole.' }],
};

/**
 * Keeps blocks one after the other as far as they fit when rendered, cuts the one that does not, and says so; how to go
 * on stands last and is kept. Cutting happens on the text before it is escaped, so that no escape sequence is ever torn.
 */
export function fitBlocks(blocks: readonly Block[], fit: Fit): readonly Block[] {
  const size = fit.size ?? ((text: string) => text.length);
  const gap = size(fit.separator ?? '\n');
  const sizeOf = (some: readonly Block[]) =>
    some.reduce((sum, block) => sum + size(fit.render(block)) + gap, 0);
  if (sizeOf(blocks) - gap <= fit.limit) return blocks;

  const commands = blocks.findIndex(({ kind }) => kind === 'command');
  const goingOn = commands === -1 ? [] : blocks.slice(commands);
  const footer = sizeOf(goingOn) < fit.limit / 2 ? goingOn : [];
  const end = [CUT, ...footer];
  let room = fit.limit - sizeOf(end);
  const kept: Block[] = [];
  for (const block of blocks.slice(0, blocks.length - footer.length)) {
    const taken = sizeOf([block]);
    if (taken > room) {
      const part = shorten(block, fit.render, room - gap, size);
      if (part !== null) kept.push(part);
      break;
    }
    kept.push(block);
    room -= taken;
  }
  return [...kept, ...end];
}

/**
 * The longest beginning of a block that fits when rendered, or null when too little would be left to be worth it.
 * @internal
 */
export function shorten(
  block: Block,
  render: (block: Block) => string,
  limit: number,
  size: (text: string) => number = (text) => text.length,
): Block | null {
  const length = block.spans.reduce((sum, span) => sum + span.text.length, 0);
  let least = 0;
  let most = length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (size(render(cutTo(block, middle))) <= limit) least = middle;
    else most = middle - 1;
  }
  return least < Math.min(length, 20) ? null : cutTo(block, least);
}

function cutTo(block: Block, length: number): Block {
  const spans: Span[] = [];
  let room = length;
  for (const span of block.spans) {
    if (room <= 0) break;
    spans.push({ ...span, text: truncate(span.text, room) });
    room -= span.text.length;
  }
  return { ...block, spans };
}
