import type { Capture } from '../../domain/capture.ts';
import type { Block } from '../../domain/document.ts';
import { blocksOfMarkdown } from '../document/markdown.ts';
import { unreadable } from './failure.ts';
import { isHtml, one, openPage, readHtml } from './html.ts';
import { textOf } from './text.ts';

/** Where the text of a documentation page stands, the surest place first. */
const MAIN = ['main article', 'article', 'main', '[role="main"]', '.article-content', 'body'];

/**
 * A documentation page as blocks, whether it came as its Markdown twin or as HTML: what a watcher reads out of the
 * one it reads out of the other. Throws an `ExtractError` when the body is empty or has no text.
 */
export function readBlocks(
  capture: Pick<Capture, 'body' | 'contentType'>,
  selectors: readonly string[] = MAIN,
): readonly Block[] {
  const text = textOf(capture.body, capture.contentType);
  if (text.trim() === '') throw unreadable('empty', 'The page is empty.');
  const asHtml = isHtml(capture.contentType, text);
  const blocks = asHtml
    ? readHtml(one(openPage(whole(text)), 'main text', ...selectors))
    : blocksOfMarkdown(wholeLines(text));
  if (asHtml && showsMarkup(blocks)) {
    throw unreadable('malformed', 'The page shows its markup as text: it was spoilt on its way.');
  }
  if (blocks.length === 0) {
    throw unreadable(
      'no-match',
      'The page holds no text: it may be a shell that a script fills in.',
    );
  }
  return blocks;
}

/** A page that is opened and never closed was cut off; what it lost may be the sentence that matters. */
export function whole(html: string): string {
  const isOpened = /<(html|body)[\s>]/i.test(html.slice(0, 20_000));
  if (isOpened && !/<\/(html|body)\s*>/i.test(html.slice(-20_000))) {
    throw unreadable('malformed', 'The page ends in the middle: it was cut off on its way.');
  }
  return html;
}

/**
 * A last line without an end of its own may have been cut off inside a word, or inside an id that then reads as
 * another one (`gpt-5` of `gpt-5.5`): unless it closes like a sentence or a row, it is not read.
 */
function wholeLines(markdown: string): string {
  if (/[\r\n]\s*$/.test(markdown.slice(-200))) return markdown;
  const start = Math.max(markdown.lastIndexOf('\n'), markdown.lastIndexOf('\r')) + 1;
  const line = markdown.slice(start).trimEnd();
  const isClosed = /[|>)`"!?。]$|[^\d]\.$/.test(line) && (line.split('`').length - 1) % 2 === 0;
  return isClosed || start === 0 ? markdown : markdown.slice(0, start);
}

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
function showsMarkup(blocks: readonly Block[]): boolean {
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
