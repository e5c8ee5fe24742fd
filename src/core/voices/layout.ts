import { bylineIn } from './byline.ts';
import { foldTemplateLine, looksLikeTemplate } from './template-lines.ts';
import { countWords, wordsOf } from './words.ts';

/** A page's text taken apart into what its author wrote and what its site puts around it. */
export interface Layout {
  prose: readonly string[];
  /** Headings with the words that open what follows. */
  sections: readonly { title: string; opener: string }[];
  /** Folded, in order. */
  template: readonly string[];
  people: readonly string[];
  /** What the box about the author says. */
  biography: string;
}

/** A layout while it is put together. */
interface Draft {
  prose: string[];
  sections: { title: string; opener: string }[];
  template: string[];
  people: string[];
}

interface Line {
  text: string;
  words: number;
  isProse: boolean;
  /** An entry of a list, which is the author's however short it is. */
  isEntry: boolean;
}

/** A line this long is prose whatever it ends with. */
const PROSE_WORDS = 16;
const SENTENCE_WORDS = 8;
/** Template lines and headings are no longer than this. */
const SHORT_WORDS = 14;
/** A byline after this share of the words heads the box about the author. */
const LATE = 0.6;
const LONGEST_BIOGRAPHY = 90;

const ENTRY = /^(?:[-*•–]|\d{1,2}[.)])\s+/;

export function layoutOf(text: string, title: string): Layout {
  const lines = linesOf(text, title);
  const author = authorBox(lines);
  const first = lines.findIndex(({ isProse }) => isProse);
  const last = author?.at ?? lines.findLastIndex(({ isProse }) => isProse);
  const draft: Draft = { prose: [], sections: [], template: [], people: [] };
  for (const [at, line] of lines.entries()) {
    const isOutside = at < first || at > last || first < 0;
    if (line.isProse || line.isEntry || line.text === author?.biography)
      draft.prose.push(line.text);
    else place(draft, line, lines[at + 1], isOutside);
  }
  return { ...draft, biography: author?.biography ?? '' };
}

/** A short line is a byline, template text, a heading, or the author's. */
function place(draft: Draft, line: Line, next: Line | undefined, isOutside: boolean): void {
  const byline = line.words <= SHORT_WORDS ? bylineIn(line.text) : null;
  if (byline !== null) draft.people.push(...byline.people);
  if (byline !== null || isOutside || looksLikeTemplate(line.text)) {
    const folded = foldTemplateLine(line.text);
    if (folded !== '') draft.template.push(folded);
  } else if (next?.isProse) draft.sections.push({ title: line.text, opener: next.text });
  else draft.prose.push(line.text);
}

function linesOf(text: string, title: string): readonly Line[] {
  const titleWords = new Set(wordsOf(title));
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    // Markdown that was captured as such.
    const marked = raw.replace(/^\s*(?:#{1,6}|>)\s+/, '').trim();
    const line = marked.replace(ENTRY, '');
    if (line === '') continue;
    const words = countWords(line);
    if (words <= 2 * SHORT_WORDS && isTitle(line, titleWords)) continue;
    lines.push({ text: line, words, isProse: isProse(line, words), isEntry: line !== marked });
  }
  return lines;
}

function isProse(line: string, words: number): boolean {
  if (words < 2 * PROSE_WORDS && isTemplateLine(line)) return false;
  return words >= PROSE_WORDS || (words >= SENTENCE_WORDS && /[.!?…。！？][)"'”’]*$/u.test(line));
}

/** The title of the page again, alone or with the name of the site. */
function isTitle(line: string, title: ReadonlySet<string>): boolean {
  if (title.size < 3) return false;
  const words = new Set(wordsOf(line));
  const shared = [...words].filter((word) => title.has(word)).length;
  return shared >= 0.8 * Math.min(title.size, words.size) && shared >= 0.6 * title.size;
}

/** The last byline when it comes late and little follows it, with what it says of the author. */
function authorBox(lines: readonly Line[]): { at: number; biography: string } | null {
  const total = lines.reduce((sum, { words }) => sum + words, 0);
  const at = lines.findLastIndex(
    ({ text, words, isProse }) => !isProse && words <= SHORT_WORDS && bylineIn(text) !== null,
  );
  if (at < 0) return null;
  const before = lines.slice(0, at).reduce((sum, { words }) => sum + words, 0);
  const after = lines.slice(at + 1);
  const following = after.filter(({ isProse }) => isProse);
  const length = following.reduce((sum, { words }) => sum + words, 0);
  if (before < LATE * total || length > LONGEST_BIOGRAPHY) return null;
  const next = after[0];
  const isAbout = next !== undefined && next.words >= 5 && !isTemplateLine(next.text);
  const told = following.length > 0 ? following : after.slice(0, isAbout ? 1 : 0);
  return { at, biography: told.map(({ text }) => text).join(' ') };
}

/** Bears the marks of a template and holds no sentence. */
function isTemplateLine(line: string): boolean {
  return looksLikeTemplate(line) && !/[.!?]\s/.test(line);
}
