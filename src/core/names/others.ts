import { atomsOf } from './runs.ts';
import type { Found, Scan } from './scan.ts';

/** The word before a place on the same line, and the one before that when it only adds a genitive ("Google's"). */
const WORD_BEFORE = /([^\s'*(["“]+?)(?:'s)?[ \n*]{1,3}$/;
const FURTHEST = 40;

/**
 * Whether a name in plain words is the rest of somebody else's: of another maker's ("Qwen Image 2.0", "Google's Image
 * 2.0"), or of a longer one that was turned away ("NotGPT Image 2").
 */
export function isOfAnother(scan: Scan, index: number, { alias, start, subject }: Found): boolean {
  if (alias.kind === 'api_id' || alias.kind === 'slug') return false;
  const before = scan.folded.slice(Math.max(0, start - FURTHEST), start);
  const word = WORD_BEFORE.exec(before)?.[1] ?? '';
  return word !== '' && (isMaker(scan, word, subject) || isTurnedAway(scan, index, word));
}

/** Whether a word is the name of somebody else than whose the subject is. */
function isMaker({ table }: Scan, word: string, subject: string): boolean {
  const last = word.split('-').at(-1) ?? word;
  const others = table.grammarOf(subject)?.others;
  return others !== undefined && (others.has(word) || others.has(last));
}

/** A word that ends like the beginning of a longer name of which this one is the rest. */
function isTurnedAway({ folded, runs, table }: Scan, index: number, word: string): boolean {
  const run = runs[index];
  const [first] = run === undefined ? [] : atomsOf(folded, run);
  if (first === undefined) return false;
  for (const [root, node] of table.trie.next) {
    if (word.endsWith(root) && node.next.has(first.text)) return true;
  }
  return false;
}
