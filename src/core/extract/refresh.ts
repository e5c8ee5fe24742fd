import { summarizeHtml } from './html-summary.ts';
import { textOf } from './text.ts';

/** A page with more text than this, in characters, is a page, wherever it leads after a while. */
const THIN = 1500;
/** How much of a page is looked at, in bytes: a refresh stands in its head. */
const LOOK = 64 * 1024;

/**
 * What an HTML page that says next to nothing itself asks for by `<meta http-equiv="refresh">`, or by a `Refresh` header
 * that came with it, as written; null for a page that is to be read.
 */
export function refreshOf(
  body: Uint8Array,
  contentType: string,
  header: string | null,
): string | null {
  const start = body.subarray(0, LOOK);
  const latin1 = new TextDecoder('latin1').decode(start);
  if (latin1.trim() === '') return header;
  if (header === null && !NAMED.test(latin1)) return null;
  const { refresh, visible } = summarizeHtml(textOf(start, contentType));
  return visible.length > THIN ? null : (header ?? refresh);
}

const NAMED = /http-equiv\s*=\s*["']?refresh/i;
