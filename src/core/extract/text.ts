import { Gunzip } from 'fflate';
import { withoutRawParts } from '../document/source.ts';
import { unreadable } from './failure.ts';

/** How far into a body a charset declaration is looked for, in bytes: browsers read again when one comes late. */
const HEAD = 65_536;
/** How far into a body the signs of a binary file are looked for, in bytes. */
const SAMPLE = 4096;

/** How formats that are not text begin, as Latin-1. */
const MAGIC = [
  '\x89PNG\r\n',
  '\xff\xd8\xff',
  'GIF87a',
  'GIF89a',
  '%PDF-',
  'PK\x03\x04',
  '\x1f\x8b\x08',
  'BZh',
  '7z\xbc\xaf',
  '\xfd7zXZ',
  '\x28\xb5\x2f\xfd',
  'wOFF',
  'wOF2',
  'RIFF',
  'OggS',
  'ID3',
  '\x7fELF',
  'SQLite format 3\0',
];

/** What bytes 0x80 to 0x9F mean in windows-1252, by the Encoding Standard; some runtimes leave them as control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * The text of a body: by its byte order mark, else the charset of the header, else the one the document declares in
 * its head, else UTF-8. A declaration that the bytes contradict is not followed. The same bytes and the same header
 * always give the same text.
 * Throws `ExtractError` of kind `empty` when nothing but white space is there, `binary` when it is no text.
 */
export function textOf(body: Uint8Array, contentType: string): string {
  const text = decode(unzipped(body), contentType);
  if (text.trim() === '') {
    throw unreadable('empty', 'The answer holds nothing but white space.');
  }
  return text;
}

function decode(body: Uint8Array, contentType: string): string {
  const marked = byteOrderMark(body);
  if (marked !== null) return new TextDecoder(marked).decode(body);
  const declared = encodingOf(headerCharset(contentType));
  const isWide = declared?.startsWith('utf-16') === true && body.subarray(0, SAMPLE).includes(0);
  const wide = wideMarkup(body) ?? (isWide ? declared : null);
  if (wide !== null) return new TextDecoder(wide).decode(body);
  refuseBinary(body);
  const narrow = declared?.startsWith('utf-16') ? null : declared;
  return decodeAs(body, narrow ?? declaredInHead(body));
}

function byteOrderMark(body: Uint8Array): string | null {
  const [a, b, c] = body;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}

/** Markup in UTF-16 without a mark: its first character is `<`. */
function wideMarkup(body: Uint8Array): string | null {
  const [a, b, c, d] = body;
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b === 0x3c && c === 0 && d !== 0 ? 'utf-16be' : null;
}

function refuseBinary(body: Uint8Array): void {
  const sample = body.subarray(0, SAMPLE);
  const control = sample.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0);
  const binary =
    MAGIC.some((magic) => [...magic].every((sign, at) => sign.charCodeAt(0) === body[at])) ||
    control * 20 > sample.length;
  if (binary) {
    throw unreadable('binary', 'The answer is a binary file, not text that can be read.');
  }
}

/** Control characters that text does not hold: neither white space nor the escape of terminal output. */
function isControl(byte: number): boolean {
  return (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) || byte === 0x7f;
}

function headerCharset(contentType: string): string | null {
  return /charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType)?.[1] ?? null;
}

/** What `<meta charset>`, `<meta http-equiv content>` or an XML declaration says; a wide encoding cannot be meant there. */
function declaredInHead(body: Uint8Array): string | null {
  const head = headOf(new TextDecoder('latin1').decode(body.subarray(0, HEAD)));
  const label =
    /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w:.-]{1,40})["']/i.exec(head)?.[1] ??
    /<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(head)?.[1] ??
    null;
  const encoding = encodingOf(label);
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}

/** What stands before the body of a page; comments declare nothing. */
function headOf(opening: string): string {
  const end = opening.search(/<body[\s>]/i);
  return withoutRawParts(end === -1 ? opening : opening.slice(0, end));
}

/** The standard name of an encoding by any of its labels; null for none that is known. */
function encodingOf(label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** Bytes that are flawless UTF-8 beyond ASCII are UTF-8, whatever a single-byte label claims: chance does not make that. */
function decodeAs(body: Uint8Array, encoding: string | null): string {
  if (encoding !== null && encoding !== 'utf-8' && !isSingleByte(encoding)) {
    return new TextDecoder(encoding).decode(body);
  }
  const strict = strictUtf8(body);
  if (encoding === null || encoding === 'utf-8') return strict ?? looseUtf8(body);
  if (strict !== null && /[^\0-\x7f]/.test(strict)) return strict;
  return single(body, encoding);
}

function isSingleByte(encoding: string): boolean {
  return /^(windows-|iso-8859-|macintosh|ibm866|koi8-)/.test(encoding);
}

/** The text, without a character that the end of the body cuts in two; null when the bytes are not UTF-8. */
function strictUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true });
  } catch {
    return null;
  }
}

/** UTF-8 with some damage stays UTF-8; where most of what is beyond ASCII is wrong, the page is in the old western charset. */
function looseUtf8(body: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(body);
  const wrong = text.match(/\ufffd/g)?.length ?? 0;
  const right = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0;
  return wrong > right ? single(body, 'windows-1252') : text;
}

function single(body: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding).decode(body);
  if (encoding !== 'windows-1252') return text;
  return text.replace(
    /[\x80-\x9f]/g,
    (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control,
  );
}

/** A file that holds more than this is no sitemap and no page, in bytes. */
const MOST = 64 * 1024 * 1024;
const STEP = 64 * 1024;

/** A body that is a gzip file (`sitemap.xml.gz`) as what it holds; any other body as it is. */
function unzipped(body: Uint8Array): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b || body[2] !== 0x08) return body;
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  const gunzip = new Gunzip((part, isLast) => {
    parts.push(part);
    size += part.length;
    isWhole ||= isLast;
  });
  try {
    // In steps, so that a small file that unpacks to gigabytes is given up in time.
    for (let at = 0; at < body.length && size <= MOST; at += STEP) {
      gunzip.push(body.subarray(at, at + STEP), at + STEP >= body.length);
    }
  } catch (cause) {
    throw unreadable('binary', 'The packed answer is damaged or was cut off.', cause);
  }
  if (size > MOST) throw unreadable('binary', `The packed answer holds more than ${MOST} bytes.`);
  if (!isWhole || size === 0) throw unreadable('binary', 'The packed answer was cut off.');
  return joined(parts, size);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
