import type { DiffPart } from '../../domain/alert.ts';
import type { Block, Span } from './block.ts';
import { plain, truncate } from './plain.ts';

/** A word diff as spans, of at most `cap` characters. */
function diffSpans(parts: readonly DiffPart[], cap: number): Span[] {
  const spans: Span[] = [];
  let room = cap;
  for (const part of parts) {
    if (room <= 0) break;
    const text = truncate(spaced(part.text), room);
    room -= text.length;
    if (text === '') continue;
    spans.push(part.kind === 'same' ? { text } : { text, mark: part.kind });
  }
  return spans;
}

/** A page that changed, with what changed in it below where anything is to show. */
export function withDiff(head: Block, parts: readonly DiffPart[], cap: number): readonly Block[] {
  const spans = diffSpans(parts, cap);
  return spans.length === 0 ? [head] : [head, { kind: 'quote', spans }];
}

/** Words of a diff keep the space between them, which `plain` would take from their ends. */
function spaced(text: string): string {
  const inner = plain(text);
  const before = /^\s/.test(text) ? ' ' : '';
  const after = inner !== '' && /\s$/.test(text) ? ' ' : '';
  return `${before}${inner}${after}`;
}
