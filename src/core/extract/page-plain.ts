import { asMarkdown, type TextBlock, tidy } from './page-blocks.ts';
import type { PageHead } from './page-head.ts';

const BULLET = /^\s*(?:[-*+•◦▪–]|\d{1,3}[.)])\s+(?=\S)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const FENCE = /^\s*(?:```|~~~)/;
const RULE = /^\s*(?:[-*_]\s*){3,}$/;
const TABLE_RULE = /^\s*\|?[\s:|-]+\|[\s:|-]*$/;

interface Reading {
  blocks: TextBlock[];
  open: TextBlock | null;
  fenced: boolean;
}

/**
 * Markdown or plain text as blocks. Code is left out; a fence that never closes hides nothing behind it but what it
 * opened. Front matter gives the title.
 */
export function fromPlainText(source: string): { head: PageHead; text: string } {
  const { matter, body } = frontMatter(source.replace(/^\ufeff/, ''));
  const reading: Reading = { blocks: [], open: null, fenced: false };
  for (const line of body.replaceAll(/\r\n?/g, '\n').split('\n')) readLine(line, reading);
  close(reading);
  const title = matter.get('title') ?? titleOf(reading.blocks);
  return {
    head: {
      title,
      byline: matter.get('author') ?? null,
      published: null,
      updated: null,
      language: matter.get('lang') ?? null,
      canonical: matter.get('canonical') ?? null,
    },
    text: asMarkdown(reading.blocks),
  };
}

/** The simple `name: value` lines between two `---` at the very top. */
function frontMatter(source: string): { matter: ReadonlyMap<string, string>; body: string } {
  const match = /^---\n([\s\S]{0,4000}?)\n---\n/.exec(source);
  const matter = new Map<string, string>();
  if (match === null) return { matter, body: source };
  for (const line of (match[1] ?? '').split('\n')) {
    const pair = /^([a-z_]+):\s*["']?(.*?)["']?\s*$/i.exec(line);
    if (pair?.[1] !== undefined && pair[2] !== undefined)
      matter.set(pair[1].toLowerCase(), pair[2]);
  }
  return { matter, body: source.slice(match[0].length) };
}

function readLine(line: string, reading: Reading): void {
  if (FENCE.test(line)) {
    close(reading);
    reading.fenced = !reading.fenced;
  } else if (reading.fenced) return;
  else if (tidy(line) === '' || RULE.test(line)) close(reading);
  else readText(line, reading);
}

function readText(line: string, reading: Reading): void {
  const heading = HEADING.exec(line);
  if (heading !== null) {
    close(reading);
    push(reading, 'heading', heading[1]?.length ?? 1, heading[2] ?? '');
    close(reading);
  } else if (/^\s*\|.*\|\s*$/.test(line)) {
    close(reading);
    if (!TABLE_RULE.test(line)) push(reading, 'row', 0, line.trim());
    close(reading);
  } else if (/^\s*>/.test(line)) append(reading, 'quote', line.replace(/^\s*>\s?/, ''));
  else if (BULLET.test(line)) {
    close(reading);
    push(reading, 'item', 0, line.replace(BULLET, ''));
  } else append(reading, reading.open?.kind ?? 'paragraph', line);
}

function push(reading: Reading, kind: TextBlock['kind'], level: number, text: string): void {
  reading.open = { kind, level, text: tidy(text), linked: 0 };
}

/** A line goes on with the block that is open, or opens one. */
function append(reading: Reading, kind: TextBlock['kind'], line: string): void {
  if (reading.open === null) push(reading, kind, 0, line);
  else reading.open = { ...reading.open, text: `${reading.open.text}\n${tidy(line)}` };
}

function close(reading: Reading): void {
  if (reading.open !== null && reading.open.text !== '') reading.blocks.push(reading.open);
  reading.open = null;
}

/** The first heading, else the first line that is not long. */
function titleOf(blocks: readonly TextBlock[]): string {
  const heading = blocks.find(({ kind }) => kind === 'heading');
  const first = heading ?? blocks.find(({ text }) => text.length > 12 && text.length < 200);
  return (first?.text ?? '').split('\n')[0] ?? '';
}
