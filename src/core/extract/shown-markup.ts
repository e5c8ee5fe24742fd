import type { Passage } from './passages.ts';

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
export function showsMarkup(passages: readonly Passage[]): boolean {
  let named = 0;
  for (const passage of passages) {
    if (passage.kind === 'table' || passage.kind === 'code') continue;
    let text = passage.text;
    for (const code of passage.codes) text = text.replace(code, ' ');
    if (CERTAIN.test(text)) return true;
    named += text.match(TAG)?.length ?? 0;
  }
  return named > NAMED_AT_MOST;
}
