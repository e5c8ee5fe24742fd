import type { Scene } from './document.ts';

const WORD = /[\p{L}\p{N}]+/gu;
/** Adverbs in -ly that are no nouns. */
const LY = /^[a-z]{2,}ly$/;

export function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
}

export function wordsBetween(scene: Scene, from: number, to: number): number {
  return countWords(scene.folded.slice(from, to));
}

/** Whether every word of a stretch is one of a closed class, an adverb or a number. */
export function isOneOf(text: string, words: ReadonlySet<string>): boolean {
  return wordsIn(text).every((word) => words.has(word) || LY.test(word) || /^\d+$/.test(word));
}

export function isAdverb(word: string): boolean {
  return LY.test(word);
}
