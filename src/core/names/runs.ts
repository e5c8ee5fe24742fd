/** A part of a run that is a word or a number of its own: `gpt`, `5.5`, `4o`, `o3`. */
export interface Atom {
  text: string;
  start: number;
  end: number;
}

/** The longest stretch of characters that an id may be made of: what a name must fill from its first character to its last. */
export interface Run {
  start: number;
  end: number;
  /** Whether what stands before it would continue the name backwards (`.`, `_`, `-`, an accented letter). */
  clean: boolean;
}

/** A letter with its number is one name (`o3`, `v2`); longer words and their number are two (`gpt5`). */
const ATOM = /[a-z]\d+(?:\.\d+)*(?![a-z\d])|[a-z]+|\d+(?:\.\d+)*[a-z]*/g;
const ATOM_AT_START = /^(?:[a-z]\d+(?:\.\d+)*(?![a-z\d])|[a-z]+|\d+(?:\.\d+)*[a-z]*)/;
const CONTINUES = /[\p{L}\p{M}\p{N}]/u;
const OWN_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const OUTSIDE = 0;
const EDGE = 1;
const INSIDE = 2;
const SIGN_CLASS = signClasses();

function signClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (const sign of 'abcdefghijklmnopqrstuvwxyz0123456789') classes[sign.charCodeAt(0)] = INSIDE;
  for (const sign of '._-·') classes[sign.charCodeAt(0)] = EDGE;
  return classes;
}

function classAt(folded: string, offset: number): number {
  const code = folded.charCodeAt(offset);
  return code < 256 ? (SIGN_CLASS[code] ?? OUTSIDE) : OUTSIDE;
}

/** The runs of a folded text, first to last. By hand: a page has tens of thousands of them. */
export function runsOf(folded: string): readonly Run[] {
  const runs: Run[] = [];
  let at = 0;
  while (at < folded.length) {
    if (classAt(folded, at) === OUTSIDE) {
      at++;
      continue;
    }
    const from = at;
    while (classAt(folded, at) !== OUTSIDE) at++;
    const run = trimmed(folded, from, at);
    if (run !== null) runs.push(run);
  }
  return runs;
}

function trimmed(folded: string, from: number, to: number): Run | null {
  let start = from;
  let end = to;
  while (start < end && classAt(folded, start) === EDGE) start++;
  while (end > start && classAt(folded, end - 1) === EDGE) end--;
  if (start === end) return null;
  const clean = start === from && !continues(folded, start - 1);
  return { start, end: withoutEnding(folded, start, end), clean };
}

const DOT = 46;

/** `gpt-image-2.md` is the id and a file name's ending. */
function withoutEnding(folded: string, start: number, end: number): number {
  for (let at = start; at < end - 1; at++) {
    if (folded.charCodeAt(at) === DOT && isLetter(folded.charCodeAt(at + 1))) return at;
  }
  return end;
}

/** Whether the sign at an offset would continue a name; scripts without spaces stand beside one freely. */
export function continues(folded: string, offset: number): boolean {
  const code = folded.charCodeAt(offset);
  if (Number.isNaN(code) || code < 128) return false;
  const sign = folded.charAt(offset);
  return CONTINUES.test(sign) && !OWN_SCRIPT.test(sign);
}

/** The first atom of a run, without cutting up the rest: most words of a text are turned away by it. */
export function headOf(folded: string, { start, end }: Run): string {
  let at = start;
  while (at < end && isLetter(folded.charCodeAt(at))) at++;
  // A letter with its number, or a number with its letters, is one atom.
  if (at - start > 1) return folded.slice(start, at);
  return ATOM_AT_START.exec(folded.slice(start, Math.min(end, start + 12)))?.[0] ?? '';
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}

export function atomsOf(folded: string, run: Run): readonly Atom[] {
  const text = folded.slice(run.start, run.end);
  if (text.includes('_')) return [];
  return [...text.matchAll(ATOM)].map((match) => ({
    text: normalNumber(match[0]),
    start: run.start + match.index,
    end: run.start + match.index + match[0].length,
  }));
}

/** `2.0` and `2` name one version. */
function normalNumber(atom: string): string {
  return atom.endsWith('.0') ? atom.replace(/(?:\.0)+$/, '') : atom;
}

export function isNumber(atom: string): boolean {
  return /^\d/.test(atom);
}

/** The atoms of a name as somebody wrote it in the catalogue. */
export function atomsOfName(folded: string): readonly string[] {
  return runsOf(folded).flatMap((run) => atomsOf(folded, run).map((atom) => atom.text));
}
