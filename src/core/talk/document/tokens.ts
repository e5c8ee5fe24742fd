const WORD = /[\p{L}\p{N}]+/gu;
/** Adverbs in -ly that are no nouns. */
const LY = /^[a-z]{2,}ly$/;

export function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

export function isAdverb(word: string): boolean {
  return LY.test(word);
}
