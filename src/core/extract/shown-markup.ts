import type { Block } from '../../domain/document.ts';

const NAMES = 'a|article|div|h[1-6]|li|main|nav|ol|p|section|span|table|tbody|td|th|tr|ul';
/** A tag with attributes, or one that was packed more than once: nobody writes that into a text. */
const CERTAIN = new RegExp(
  `<(${NAMES})\\s[^<>]*=|&(amp;)*lt;\\/?(${NAMES})\\b|<(${NAMES})\\s[^<>]*$`,
  'i',
);
const TAG = new RegExp(`<\\/?(${NAMES})>`, 'gi');
/** A page about pages may name a tag or two outside of its code. */
const NAMED_AT_MOST = 3;

/**
 * Whether a page shows the markup of its own layout as text: it was packed once too often on its way, and what stood in
 * different parts of it now runs together. What is set as code is a sample and does not count.
 */
export function showsMarkup(blocks: readonly Block[]): boolean {
  let named = 0;
  for (const { kind, text, codes } of blocks) {
    if (kind === 'cell' || kind === 'code') continue;
    const words = withoutCode(text, codes);
    if (CERTAIN.test(words)) return true;
    named += words.match(TAG)?.length ?? 0;
  }
  return named > NAMED_AT_MOST;
}

function withoutCode(text: string, codes: Block['codes']): string {
  let words = '';
  let at = 0;
  for (const { start, end } of codes) {
    if (start < at) continue;
    words += `${text.slice(at, start)} `;
    at = end;
  }
  return words + text.slice(at);
}
