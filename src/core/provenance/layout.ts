import { bylineIn, looksLikeTemplate } from './boilerplate-lines.ts';
import { countWords, wordsOf } from './shared-runs.ts';

/** A page's text taken apart into what its author wrote and what its site puts around it. */
export interface Layout {
  prose: readonly string[];
  /** Headings with the line that opens what follows. */
  sections: readonly { title: string; opener: string }[];
  template: readonly string[];
  /** What the box about the author says; empty when there is none. */
  biography: string;
}

/** A layout while it is put together. */
interface Draft {
  prose: string[];
  sections: { title: string; opener: string }[];
  template: string[];
}

interface Line {
  text: string;
  words: number;
  kind: 'prose' | 'heading' | 'entry' | 'short';
}

/** A line this long is prose whatever it ends with. */
const PROSE_WORDS = 16;
const SENTENCE_WORDS = 8;
/** Template lines and headings are no longer than this. */
const SHORT_WORDS = 14;
/** A byline after this share of the words heads the box about the author. */
const LATE = 0.6;
const LONGEST_BIOGRAPHY = 90;
const SHORTEST_BIOGRAPHY = 5;

const HEADING = /^#{1,6}\s+/;
const ENTRY = /^(?:[-*•–]|\d{1,2}[.)])\s+/;
/** A quotation or a row of a table: somebody else's words, or figures that anybody copies. */
const NOT_OWN = /^(?:>|\|.*\|$)/;
/** Bounded, so that a text full of brackets takes no longer than any other. */
const LINK = /!?\[([^[\]\n]{0,400})\]\([^()\s]{0,2000}\)/g;

/** Takes a text apart, be it light Markdown (`# ` headings, `- ` entries, `> ` quotes) or lines without any marks. */
export function layoutOf(text: string, title: string): Layout {
  const lines = linesOf(text, title);
  const author = authorBox(lines);
  const isInside = insideOf(lines, author.at);
  const isMarked = lines.some(({ kind }) => kind === 'heading');
  const draft: Draft = { prose: [], sections: [], template: [] };
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (line.kind === 'heading') addSection(draft, line, next);
    else if (line.kind !== 'short' || line.text === author.biography) draft.prose.push(line.text);
    else if (isInside(at) && !isTemplate(line)) addShort(draft, line, next, isMarked);
    else draft.template.push(line.text);
  }
  return { ...draft, biography: author.biography };
}

/** Whether a line stands between the first and the last of the prose, the box about the author apart. */
function insideOf(lines: readonly Line[], authorAt: number): (at: number) => boolean {
  const first = lines.findIndex(({ kind }) => kind === 'prose');
  const last = authorAt >= 0 ? authorAt : lines.findLastIndex(({ kind }) => kind === 'prose');
  return (at) => first >= 0 && at >= first && at <= last;
}

/** Where headings are marked as such, a short line without a mark is none. */
function addShort(draft: Draft, line: Line, next: Line | undefined, isMarked: boolean): void {
  if (!isMarked && next?.kind === 'prose') addSection(draft, line, next);
  else draft.prose.push(line.text);
}

function addSection(draft: Draft, { text }: Line, next: Line | undefined): void {
  if (next !== undefined && next.kind !== 'heading') {
    draft.sections.push({ title: text, opener: next.text });
  }
}

function linesOf(text: string, title: string): readonly Line[] {
  const titleWords = new Set(wordsOf(title));
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    const marked = raw.trim();
    if (NOT_OWN.test(marked)) continue;
    const linked = marked.includes('](') ? marked.replace(LINK, '$1') : marked;
    const line = linked.replace(HEADING, '').replace(ENTRY, '');
    if (line === '') continue;
    const words = countWords(line);
    if (words <= 2 * SHORT_WORDS && isTitle(line, titleWords)) continue;
    lines.push({ text: line, words, kind: kindOf(linked, line, words) });
  }
  return lines;
}

function kindOf(marked: string, line: string, words: number): Line['kind'] {
  if (HEADING.test(marked)) return 'heading';
  if (words < 2 * PROSE_WORDS && isTemplateText(line)) return 'short';
  const isSentence = words >= SENTENCE_WORDS && /[.!?…。！？][)"'”’]*$/u.test(line);
  if (isSentence || words >= PROSE_WORDS) return 'prose';
  return line === marked ? 'short' : 'entry';
}

/** Bears the marks of a template and holds no sentence. */
function isTemplateText(line: string): boolean {
  return looksLikeTemplate(line) && !/[.!?]\s/.test(line);
}

function isTemplate(line: Line): boolean {
  return looksLikeTemplate(line.text) || isByline(line);
}

function isByline({ text, words }: Line): boolean {
  return words <= SHORT_WORDS && bylineIn(text) !== null;
}

/** The title of the page again, alone or with the name of the site. */
function isTitle(line: string, title: ReadonlySet<string>): boolean {
  if (title.size < 3) return false;
  const words = new Set(wordsOf(line));
  const shared = [...words].filter((word) => title.has(word)).length;
  return shared >= 0.8 * Math.min(title.size, words.size) && shared >= 0.6 * title.size;
}

/** The last byline when it comes late and little follows it, with what it says of the author. */
function authorBox(lines: readonly Line[]): { at: number; biography: string } {
  const at = lines.findLastIndex((line) => line.kind === 'short' && isByline(line));
  const none = { at: -1, biography: '' };
  if (at < 0) return none;
  const after = lines.slice(at + 1);
  const following = after.filter(({ kind }) => kind === 'prose');
  const isLate = wordsIn(lines.slice(0, at)) >= LATE * wordsIn(lines);
  if (!isLate || wordsIn(following) > LONGEST_BIOGRAPHY) return none;
  const [next] = after;
  const isAbout =
    next !== undefined && next.words >= SHORTEST_BIOGRAPHY && !isTemplateText(next.text);
  const told = following.length === 0 && isAbout ? [next] : following;
  return { at, biography: told.map(({ text }) => text).join(' ') };
}

function wordsIn(lines: readonly Line[]): number {
  return lines.reduce((sum, { words }) => sum + words, 0);
}
