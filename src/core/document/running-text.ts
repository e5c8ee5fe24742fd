import type { Block, DocumentLink, Stretch } from '../../domain/document.ts';
import { withoutInvisible } from '../text/characters.ts';

/** Running text while it is written: white space is made single as it comes, so that stretches never shift. */
export interface RunningText {
  text: string;
  /** White space that is due before the next word; none is written at an end. */
  gap: '' | ' ' | '\n';
  /** The last few characters, so that looking back costs nothing. */
  tail: string;
  codes: Stretch[];
  links: DocumentLink[];
}

const TAIL = 12;

/**
 * Marks that lead to a footnote and belong to no word: raised figures and daggers behind a word, `[^1]` without a note.
 * Square metres and powers of ten keep theirs.
 */
const FOOTNOTE_MARKS =
  /\[\^[^\]\s]{1,40}\]|(?<=[\p{L}\p{N})\]"”’.,%])(?<!(?:^|[^\p{L}])(?:[kcm]?m|10))[\u00B9\u00B2\u00B3\u2070\u2074-\u2079]{1,3}(?![\p{L}\p{N}])|(?<=[\p{L}\p{N})\]"”’])[†‡]+/gu;
const HAS_MARKS = /[\u00B9\u00B2\u00B3\u2070\u2074-\u2079†‡]|\[\^/;

export function newRunningText(): RunningText {
  return { text: '', gap: '', tail: '', codes: [], links: [] };
}

/** Adds text as a document holds it, white space and invisible characters included. */
export function write(running: RunningText, raw: string): void {
  const seen = withoutFootnoteMarks(withoutInvisible(raw), running);
  const words = seen.replace(/\s+/g, ' ');
  if (words === '') return;
  if (words.startsWith(' ') && running.gap === '') running.gap = ' ';
  const body = words.trim();
  if (body === '') return;
  append(running, (running.text === '' ? '' : running.gap) + body);
  running.gap = words.endsWith(' ') ? ' ' : '';
}

function withoutFootnoteMarks(raw: string, { tail, gap }: RunningText): string {
  if (!HAS_MARKS.test(raw)) return raw;
  const before = gap === '' ? tail : '';
  return (before + raw).replace(FOOTNOTE_MARKS, '').slice(before.length);
}

function append(running: RunningText, text: string): void {
  running.text += text;
  running.tail = (running.tail + text.slice(-TAIL)).slice(-TAIL);
}

/** Ends the line: what follows stands on another. */
export function breakLine(running: RunningText): void {
  if (running.text !== '') running.gap = '\n';
}

/** What was written since a place, without the white space at its start; null when that is nothing. */
export function stretchSince(running: RunningText, place: number): Stretch | null {
  const end = running.text.length;
  if (place >= end) return null;
  const isGap = place > 0 && /\s/.test(running.text[place] ?? '');
  return { start: isGap ? place + 1 : place, end };
}

type Inline = Pick<Block, 'text' | 'codes' | 'links'>;

/** Several running texts as one, each on a line of its own. */
export function joinLines(parts: readonly Inline[]): Inline {
  const joined = { text: '', codes: [] as Stretch[], links: [] as DocumentLink[] };
  for (const { text, codes, links } of parts) {
    if (text === '') continue;
    const shift = joined.text === '' ? 0 : joined.text.length + 1;
    joined.text += (shift === 0 ? '' : '\n') + text;
    joined.codes.push(...codes.map((code) => moved(code, shift)));
    joined.links.push(...links.map((link) => moved(link, shift)));
  }
  return joined;
}

function moved<T extends Stretch>(stretch: T, shift: number): T {
  return { ...stretch, start: stretch.start + shift, end: stretch.end + shift };
}
