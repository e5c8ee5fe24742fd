import { foldText } from '../text/characters.ts';

/**
 * Shared runs of at least this many words outside quotations tell copies from coincidence: 11 words hit 24.8 % of
 * pairs of articles on one story and 0.017 % of pairs on different ones (1,683 news articles).
 */
const LONG = 11;
const SHORT = 8;
/** A word has about two characters in scripts that write no spaces. */
const CHARACTERS_A_WORD = 2;
/** The shingles by which copies are looked up: this many of a page, however long it is. */
const SAMPLED = 48;

/** The runs of words of a page, as hashes. */
export interface Runs {
  long: ReadonlySet<number>;
  short: ReadonlySet<number>;
  /** The lowest of the short ones: pages that share many runs share some of these. */
  sample: readonly number[];
}

export function runsOf(words: readonly string[]): Runs {
  const unit = isUnspaced(words) ? CHARACTERS_A_WORD : 1;
  const hashes = new Uint32Array(words.length);
  for (let at = 0; at < words.length; at += 1) hashes[at] = hashOf(words[at] ?? BREAK);
  const short = shingles(hashes, SHORT * unit);
  return {
    long: shingles(hashes, LONG * unit),
    short,
    sample: [...Float64Array.from(short).sort().subarray(0, SAMPLED)],
  };
}

/** How much of the shorter page stands in the other one too, 0 to 1. */
export function containment(a: Runs, b: Runs): number {
  const [small, large] = a.short.size <= b.short.size ? [a, b] : [b, a];
  return small.short.size === 0 ? 0 : countShared(small.short, large.short) / small.short.size;
}

export function sharesAny(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  for (const one of small) if (large.has(one)) return true;
  return false;
}

function countShared(small: ReadonlySet<number>, large: ReadonlySet<number>): number {
  let shared = 0;
  for (const one of small) if (large.has(one)) shared += 1;
  return shared;
}

/** FNV-1a over the characters of a word; 0 is kept for a break. */
function hashOf(word: string): number {
  if (word === BREAK) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0 || 1;
}

/** A rolling hash of 52 bits of every run of a length that no break parts. */
function shingles(hashes: Uint32Array, length: number): ReadonlySet<number> {
  const found = new Set<number>();
  const [topA, topB] = [power(BASE_A, length), power(BASE_B, length)];
  let a = 0;
  let b = 0;
  let run = 0;
  for (let at = 0; at < hashes.length; at += 1) {
    const hash = hashes[at] ?? 0;
    if (hash === 0) {
      a = b = run = 0;
      continue;
    }
    a = (Math.imul(a, BASE_A) + hash) | 0;
    b = (Math.imul(b, BASE_B) + hash) | 0;
    run += 1;
    if (run > length) {
      const left = hashes[at - length] ?? 0;
      a = (a - Math.imul(left, topA)) | 0;
      b = (b - Math.imul(left, topB)) | 0;
    }
    if (run >= length) found.add((mixed(a) >>> 6) * 0x4000000 + (mixed(b) >>> 6));
  }
  return found;
}

const BASE_A = 0x01000193;
const BASE_B = 0x5bd1e995;

function power(base: number, exponent: number): number {
  let result = 1;
  for (let step = 0; step < exponent; step += 1) result = Math.imul(result, base);
  return result;
}

/** Spreads what a rolling hash leaves in its low bits over all of them (the finisher of MurmurHash3). */
function mixed(hash: number): number {
  let spread = hash;
  spread = Math.imul(spread ^ (spread >>> 16), 0x85ebca6b);
  spread = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35);
  return (spread ^ (spread >>> 16)) >>> 0;
}

const WORD = /[\p{L}\p{N}]+(?:'\p{L}+)*/gu;

/** Scripts that write without spaces: there each character is a word. */
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u;
const UNSPACED_CHARACTER = new RegExp(`${UNSPACED.source}`, 'gu');

/** What stands in quotation marks is somebody else's; a pair that does not close on its line is no pair. */
const QUOTED = /"[^"\n]{1,600}"|[«‹][^»›\n]{1,600}[»›]|[「『][^」』\n]{1,600}[」』]/g;

/** Stands where words that do not follow each other meet: at a quotation, at the end of a line. */
export const BREAK = '';

/** The words of a text, in lower case; a character each where a script writes no spaces. */
export function wordsOf(text: string): readonly string[] {
  return foldedWords(foldText(text));
}

function foldedWords(folded: string): readonly string[] {
  const spaced = UNSPACED.test(folded) ? folded.replace(UNSPACED_CHARACTER, ' $& ') : folded;
  return spaced.match(WORD) ?? [];
}

/** The words of folded lines without quotations, with a break wherever a run of words ends. */
export function ownWords(lines: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const line of lines) {
    for (const part of line.split('\n')) {
      for (const word of foldedWords(part)) words.push(word);
      words.push(BREAK);
    }
  }
  return words;
}

/** A line folded, with a line break in the place of each quotation. */
export function unquoted(line: string): string {
  const folded = foldText(line);
  return /["«‹「『]/.test(folded) ? folded.replace(QUOTED, '\n') : folded;
}

/** How many words a line has, near enough; two characters a word where a script writes no spaces. */
export function countWords(line: string): number {
  const spaced = line.match(/\S+/g)?.length ?? 0;
  if (!UNSPACED.test(line)) return spaced;
  return spaced + Math.floor((line.match(UNSPACED_CHARACTER)?.length ?? 0) / 2);
}

/** Whether most of some words are characters of a script that writes none. */
function isUnspaced(words: readonly string[]): boolean {
  let unspaced = 0;
  let spaced = 0;
  for (const word of words) {
    if (word.length === 1 && UNSPACED.test(word)) unspaced += 1;
    else if (word !== BREAK) spaced += 1;
  }
  return unspaced > spaced;
}
