import { foldText } from '../text/characters.ts';

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
export function isUnspaced(words: readonly string[]): boolean {
  let unspaced = 0;
  let spaced = 0;
  for (const word of words) {
    if (word.length === 1 && UNSPACED.test(word)) unspaced += 1;
    else if (word !== BREAK) spaced += 1;
  }
  return unspaced > spaced;
}
