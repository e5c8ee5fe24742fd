import type { Interval } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import { foldText } from '../text/fold.ts';

/** A stretch of an item's text. */
export interface Piece {
  text: string;
  start: number;
  end: number;
}

/** Any day: what is read with it gives its year itself. */
const NO_DAY = '2000-01-01';

/** The days a text gives in full, year included, in order. */
export function daysIn(text: string): readonly { start: number; day: Interval }[] {
  return datesIn(foldText(text), NO_DAY)
    .filter(({ hasYear, interval }) => hasYear && interval.precision === 'day')
    .map(({ start, interval }) => ({ start, day: interval }));
}

/** The place of a line or phrase in a text; null when it does not stand there. */
export function pieceAt(text: string, phrase: string, from = 0): Piece | null {
  const start = phrase === '' ? -1 : text.indexOf(phrase, from);
  return start === -1 ? null : { text: phrase, start, end: start + phrase.length };
}
