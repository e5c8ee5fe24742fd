import type { Capture } from '../../domain/capture.ts';
import { unreadable } from './failure.ts';
import { isHtml, one, openPage, readHtml } from './html.ts';
import { readMarkdown } from './markdown.ts';
import type { Passage } from './passages.ts';
import { textOf } from './text.ts';

/** Where the text of a documentation page stands, the surest place first. */
const MAIN = ['main article', 'article', 'main', '[role="main"]', '.article-content', 'body'];

/**
 * A documentation page as passages, whether it came as its Markdown twin or as HTML: what a watcher reads out of the
 * one it reads out of the other. Throws an `ExtractError` when the body is empty or has no text.
 */
export function readPassages(
  capture: Pick<Capture, 'body' | 'contentType'>,
  selectors: readonly string[] = MAIN,
): readonly Passage[] {
  const text = textOf(capture.body, capture.contentType);
  if (text.trim() === '') throw unreadable('empty', 'The page is empty.');
  const passages = isHtml(capture.contentType, text)
    ? readHtml(one(openPage(text), 'main text', ...selectors))
    : readMarkdown(text);
  if (passages.length === 0) {
    throw unreadable(
      'no-match',
      'The page holds no text: it may be a shell that a script fills in.',
    );
  }
  return passages;
}
