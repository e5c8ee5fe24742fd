import { BREAK, isUnspaced } from './tokens.ts';

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
