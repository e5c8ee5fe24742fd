import { inlineMarkdown } from './inline-markdown.ts';
import type { Inline, Passage } from './passages.ts';
import { EMPTY_INLINE } from './passages.ts';

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const ENTRY = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(.*)$/;
const QUOTE = /^ {0,3}>[ \t]?(.*)$/;
const DELIMITER = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const RULE = /^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$/;
/** Lines beyond this are no table rows or headings of a page anybody wrote. */
const LONGEST_LINE = 100_000;

interface Lines {
  readonly lines: readonly string[];
  at: number;
  passages: Passage[];
}

/** Markdown as passages: headings, paragraphs, list entries, quotes, tables and code. Front matter is left out. */
export function readMarkdown(source: string): readonly Passage[] {
  const reading: Lines = { lines: source.split(/\r\n|\n|\r/), at: 0, passages: [] };
  skipFrontMatter(reading);
  while (reading.at < reading.lines.length) readPassage(reading);
  return reading.passages;
}

function lineAt(reading: Lines, at: number): string {
  const line = reading.lines[at] ?? '';
  return line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line;
}

function skipFrontMatter(reading: Lines): void {
  if (lineAt(reading, 0).replace('\uFEFF', '') !== '---') return;
  const end = reading.lines.indexOf('---', 1);
  if (end !== -1 && end < 60) reading.at = end + 1;
}

function readPassage(reading: Lines): void {
  const line = lineAt(reading, reading.at);
  const fence = FENCE.exec(line)?.[1];
  const heading = HEADING.exec(line);
  const quote = QUOTE.exec(line);
  if (line.trim() === '' || RULE.test(line)) reading.at += 1;
  else if (fence !== undefined) readFence(reading, fence);
  else if (heading !== null) readHeading(reading, heading);
  else if (isTable(reading, line)) readTable(reading);
  else if (quote !== null) readRun(reading, 'quote', quote[1] ?? '');
  else {
    const entry = ENTRY.exec(line);
    readRun(reading, entry === null ? 'paragraph' : 'entry', entry?.[1] ?? line);
  }
}

function isTable(reading: Lines, line: string): boolean {
  return line.includes('|') && DELIMITER.test(lineAt(reading, reading.at + 1));
}

function readHeading(reading: Lines, heading: RegExpExecArray): void {
  const level = heading[1]?.length ?? 1;
  reading.passages.push({ kind: 'heading', level, ...inlineMarkdown(heading[2] ?? '') });
  reading.at += 1;
}

function readFence(reading: Lines, fence: string): void {
  const held: string[] = [];
  reading.at += 1;
  const mark = fence.slice(0, 3);
  while (reading.at < reading.lines.length) {
    const line = lineAt(reading, reading.at);
    reading.at += 1;
    if (line.trimStart().startsWith(mark) && /^[`~]{3,}$/.test(line.trim())) break;
    held.push(line);
  }
  reading.passages.push({ kind: 'code', text: held.join('\n') });
}

/** A paragraph, entry or quote goes on until a blank line or the next thing that starts a passage. */
function readRun(reading: Lines, kind: 'paragraph' | 'entry' | 'quote', first: string): void {
  const held = [first];
  reading.at += 1;
  while (reading.at < reading.lines.length) {
    const line = lineAt(reading, reading.at);
    if (line.trim() === '' || startsPassage(reading, line, kind)) break;
    held.push(kind === 'quote' ? (QUOTE.exec(line)?.[1] ?? line) : line);
    reading.at += 1;
  }
  const inline = inlineMarkdown(held.join('\n'));
  if (inline.text !== '') reading.passages.push({ kind, ...inline });
}

function startsPassage(reading: Lines, line: string, kind: string): boolean {
  if (HEADING.test(line) || FENCE.test(line) || ENTRY.test(line)) return true;
  return isTable(reading, line) || (kind !== 'quote' && QUOTE.test(line));
}

function readTable(reading: Lines): void {
  const header = cellsOf(lineAt(reading, reading.at));
  const rows: (readonly Inline[])[] = [];
  reading.at += 2;
  while (reading.at < reading.lines.length) {
    const line = lineAt(reading, reading.at);
    if (line.trim() === '' || !line.includes('|') || HEADING.test(line)) break;
    const cells = cellsOf(line);
    rows.push(header.map((_, column) => cells[column] ?? EMPTY_INLINE));
    reading.at += 1;
  }
  reading.passages.push({ kind: 'table', header, rows });
}

/** Cells stand between bars; a bar behind a backslash belongs to its cell. */
function cellsOf(line: string): readonly Inline[] {
  const cells: string[] = [];
  let cell = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at];
    if (char === '\\' && line[at + 1] === '|') {
      cell += '|';
      at += 1;
    } else if (char === '|') {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  cells.push(cell);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map(inlineMarkdown);
}
