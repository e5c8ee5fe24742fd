import type { Cursor } from './chunk.ts';
import type { Token } from './tokens.ts';
import type { Words } from './words.ts';

/** How many tokens from here on tell a day or a moment ("starting July 30", "as of 2026-02-13", "today"). */
export function timeLength({ words, list, tokens }: Cursor, at: number): number {
  const lead = words.phraseAt(list, at, 'time-leads');
  const start = at + lead;
  const moment = words.phraseAt(list, start, 'times');
  let next = start + moment;
  while (next < list.length && isDatePart(tokens, words, next, next > start)) next++;
  return next > start ? next - at : 0;
}

function isDatePart(tokens: readonly Token[], words: Words, at: number, isOpen: boolean): boolean {
  const token = tokens[at] as Token;
  if (token.mention !== null) return false;
  const { word } = token;
  if (words.is(word, 'months', 'weekdays')) return token.capital;
  if (/^(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?$/.test(word)) {
    return isOpen || word.length > 4 || tokens[at + 1]?.pos !== 'NOUN';
  }
  if (!isOpen) return false;
  if (word === ',') return /^(?:19|20)\d\d$/.test(tokens[at + 1]?.word ?? '');
  return /^\d{1,2}(?:st|nd|rd|th)?$/.test(word);
}
