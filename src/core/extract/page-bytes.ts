import { ExtractError } from '../../domain/errors.ts';

const SNIFFED = 4096;

/** The text of a body: by its mark, its media type, what it says of itself, else UTF-8. Throws for bytes that are no text. */
export function decoded(body: Uint8Array, contentType: string): string {
  if (/^(?:image|audio|video|font)\/|pdf|zip|octet-stream/i.test(contentType)) throw noText();
  const head = body.subarray(0, SNIFFED);
  const mark = byteOrderMark(head);
  if (mark === null && head.includes(0)) throw noText();
  const opening = new TextDecoder('latin1').decode(head);
  const said =
    mark ?? /charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1] ?? declaredIn(opening) ?? 'utf-8';
  return decoderFor(said).decode(body);
}

function noText(): ExtractError {
  return new ExtractError(
    'binary',
    'The body is no text: a picture, an archive or a document file.',
  );
}

function byteOrderMark(head: Uint8Array): string | null {
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : null;
}

function declaredIn(opening: string): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(opening)?.[1] ?? null;
}

/** A charset nobody knows is read as UTF-8. */
function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}

/** Whether a body is a page's markup: by how it was sent, or how it opens. */
export function isMarkup(source: string, contentType: string): boolean {
  if (/\b(?:x?html)\b/i.test(contentType)) return true;
  if (/markdown/i.test(contentType)) return false;
  return /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|article|main|div|section)[\s>]/i.test(
    source.slice(0, SNIFFED),
  );
}
