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
 * Renders blocks one after the other as far as they fit, cuts the one that does not, and says so. Cutting happens on
 * the text before it is escaped, so that no escape sequence is ever torn.
 */
export function fitBlocks(blocks: readonly Block[], fit: Fit): readonly string[] {
  const size = fit.size ?? ((text: string) => text.length);
  const gap = size(fit.separator ?? '\n');
  const whole = blocks.map((block) => fit.render(block));
  if (total(whole, size, gap) <= fit.limit) return whole;

  const closing = fit.render(CUT);
  let room = fit.limit - size(closing) - gap;
  const kept: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const piece = whole[index] ?? '';
    if (size(piece) + gap > room) {
      const part = shorten(block, fit.render, room - gap, size);
      if (part !== null) kept.push(part);
      break;
    }
    kept.push(piece);
    room -= size(piece) + gap;
  }
  return [...kept, closing];
}

function total(pieces: readonly string[], size: (text: string) => number, gap: number): number {
  return pieces.reduce((sum, piece) => sum + size(piece) + gap, -gap);
}

/** The longest beginning of a block whose rendering fits, or null when too little would be left to be worth it. */
export function shorten(
  block: Block,
  render: (block: Block) => string,
  limit: number,
  size: (text: string) => number = (text) => text.length,
): string | null {
  const length = block.spans.reduce((sum, span) => sum + span.text.length, 0);
  let least = 0;
  let most = length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (size(render(cutTo(block, middle))) <= limit) least = middle;
    else most = middle - 1;
  }
  return least < Math.min(length, 20) ? null : render(cutTo(block, least));
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
