import type { Inline, Link } from './passages.ts';
import { oneLine } from './tidy.ts';

/** How far a closing mark is looked for: longer spans are text that only looks like markup, and the reading stays linear. */
const REACH = 2000;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  middot: '·',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

interface Reading {
  source: string;
  at: number;
  text: string;
  codes: string[];
  links: Link[];
}

/** Markdown running text without its markup: code, links and emphasis unwrapped, escapes and entities resolved, tags dropped. */
export function inlineMarkdown(source: string): Inline {
  const reading: Reading = { source, at: 0, text: '', codes: [], links: [] };
  while (reading.at < source.length) {
    const start = reading.at;
    const mark = source.slice(start).search(/[\\`[!<&*_~]/);
    const end = mark === -1 ? source.length : start + mark;
    reading.text += source.slice(start, end);
    reading.at = end;
    if (mark !== -1) readMark(reading);
  }
  return { text: oneLine(reading.text), codes: reading.codes, links: reading.links };
}

function readMark(reading: Reading): void {
  const mark = reading.source[reading.at] ?? '';
  if (mark === '\\') readEscape(reading);
  else if (mark === '`') readCode(reading);
  else if (mark === '[' || mark === '!') readLink(reading, mark);
  else if (mark === '<') readTag(reading);
  else if (mark === '&') readEntity(reading);
  else readEmphasis(reading, mark);
}

function readEscape(reading: Reading): void {
  const next = reading.source[reading.at + 1] ?? '';
  const escapes = /[!-/:-@[-`{-~]/.test(next);
  reading.text += escapes ? next : '\\';
  reading.at += escapes ? 2 : 1;
}

/** A code span ends at a run of as many backticks as opened it. */
function readCode(reading: Reading): void {
  const { source, at } = reading;
  const fence = /^`+/.exec(source.slice(at, at + 20))?.[0] ?? '`';
  const window = source.slice(at + fence.length, at + fence.length + REACH);
  const close = new RegExp(`(?<!\`)${fence}(?!\`)`).exec(window)?.index ?? -1;
  if (close === -1) {
    reading.text += fence;
    reading.at += fence.length;
    return;
  }
  const code = oneLine(window.slice(0, close));
  reading.codes.push(code);
  reading.text += code;
  reading.at += 2 * fence.length + close;
}

function readLink(reading: Reading, mark: string): void {
  const open = mark === '!' ? 2 : 1;
  const window = reading.source.slice(reading.at, reading.at + REACH);
  const link = window.startsWith('![') || mark === '[' ? linkIn(window, open) : null;
  if (link === null) {
    reading.text += mark;
    reading.at += 1;
    return;
  }
  const inner = inlineMarkdown(link.label);
  reading.text += inner.text;
  reading.codes.push(...inner.codes);
  if (mark === '[') reading.links.push({ text: inner.text, address: link.address });
  reading.at += link.length;
}

/** Brackets nested deeper than this are no label; stopping there keeps the reading linear. */
const DEEPEST_LABEL = 4;

/** `[label](address "title")` at the start of a window; labels may hold brackets of their own. */
function linkIn(
  window: string,
  open: number,
): { label: string; address: string; length: number } | null {
  let depth = 1;
  let close = open;
  while (close < window.length && depth > 0 && depth <= DEEPEST_LABEL) {
    const char = window[close];
    if (char === '\\') close += 1;
    else if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
    close += 1;
  }
  if (depth !== 0) return null;
  const target =
    /^\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+["'(][^"')]*["')])?\s*\)/.exec(
      window.slice(close),
    );
  if (target === null) return null;
  return {
    label: window.slice(open, close - 1),
    address: target[1] ?? '',
    length: close + target[0].length,
  };
}

/** Tags are dropped, line breaks become a space; what is no tag stays. */
function readTag(reading: Reading): void {
  const window = reading.source.slice(reading.at, reading.at + REACH);
  const address = /^<(https?:\/\/[^\s<>]+)>/.exec(window);
  if (address?.[1] !== undefined) {
    reading.links.push({ text: address[1], address: address[1] });
    reading.text += address[1];
    reading.at += address[0].length;
    return;
  }
  const tag = /^<(?:!--[\s\S]*?-->|\/?[A-Za-z][^<>]*>)/.exec(window);
  reading.text +=
    tag === null ? '<' : ' '.repeat(/^<(br|\/?(p|div|li|td|tr))\b/i.test(tag[0]) ? 1 : 0);
  reading.at += tag?.[0].length ?? 1;
}

function readEntity(reading: Reading): void {
  const entity = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/i.exec(
    reading.source.slice(reading.at, reading.at + 12),
  );
  const code = Number(entity?.[1] ?? Number.parseInt(entity?.[2] ?? '', 16));
  const named = ENTITIES[entity?.[3] ?? ''];
  const char = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : named;
  reading.text += char ?? '&';
  reading.at += char === undefined ? 1 : (entity?.[0].length ?? 1);
}

/** Emphasis marks go when they stand at the edge of a word; inside one (`snake_case`) they are part of it. */
function readEmphasis(reading: Reading, mark: string): void {
  const { source, at } = reading;
  let end = at;
  while (source[end] === mark) end += 1;
  const inWord = /[\p{L}\p{N}]/u;
  const joins = inWord.test(source[at - 1] ?? ' ') && inWord.test(source[end] ?? ' ');
  const isText =
    (mark === '_' && joins) || (mark === '~' && end - at === 1) || isSpaced(source, at, end);
  if (isText) reading.text += source.slice(at, end);
  reading.at = end;
}

function isSpaced(source: string, at: number, end: number): boolean {
  return /\s/.test(source[at - 1] ?? ' ') && /\s/.test(source[end] ?? ' ');
}
