import type { Interval } from '../../domain/time.ts';
import { datesIn } from '../extract/dates-in-text.ts';
import type { Mention } from '../names/mention.ts';
import { foldText } from '../text/fold.ts';

/** A stretch of an item's text. */
export interface Piece {
  text: string;
  start: number;
  end: number;
}

const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|fig|inc|dr|mr|ms|st)\.$/i;
const SENTENCE_END = /[.!?]["'”’)\]]*(?=\s)|[。！？]["'”’)\]」』]*/g;

/** The sentences of a text with their places; a line always ends one. */
export function sentencesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let line = 0;
  for (const part of text.split('\n')) {
    let start = line;
    for (const match of part.matchAll(SENTENCE_END)) {
      const end = line + match.index + match[0].length;
      const isNext =
        /^\s*[\p{Lu}\p{N}\p{Lo}"'“(`]/u.test(text.slice(end, end + 12)) ||
        end === line + part.length;
      if (!isNext || ABBREVIATION.test(text.slice(Math.max(start, end - 8), end))) continue;
      pieces.push(pieceOf(text, start, end));
      start = end;
    }
    pieces.push(pieceOf(text, start, line + part.length));
    line += part.length + 1;
  }
  return pieces.filter((piece) => piece.text !== '');
}

const CLAUSE_BREAK =
  /\s*[;—]\s*|\s+–\s+|:\s+|,\s+(?:and|but|while|with|though|although)\s+|\s+(?:but|while|whereas|although)\s+|\s+and\s+(?=(?:is|are|was|will|has|have|comes?|it|they|we|in|to|through|via)\s)/g;

/** The clauses of a sentence: a predicate reaches no further than its own. */
export function clausesOf(sentence: Piece): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const match of sentence.text.matchAll(CLAUSE_BREAK)) {
    pieces.push(within(sentence, start, match.index));
    start = match.index + match[0].length;
  }
  pieces.push(within(sentence, start, sentence.text.length));
  return pieces.filter((piece) => piece.text !== '');
}

function within(outer: Piece, from: number, to: number): Piece {
  return { text: outer.text.slice(from, to), start: outer.start + from, end: outer.start + to };
}

function pieceOf(text: string, from: number, to: number): Piece {
  const whole = text.slice(from, to);
  const start = from + (whole.length - whole.trimStart().length);
  const trimmed = whole.trim();
  return { text: trimmed, start, end: start + trimmed.length };
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

/** The mentions that stand inside a piece. */
export function mentionsIn(piece: Piece, mentions: readonly Mention[]): readonly Mention[] {
  return mentions.filter(({ span }) => span[0] >= piece.start && span[1] <= piece.end);
}

/** Stands for a sign of a name where names are blanked out; no text holds it. */
const BLANK = '\uE000';

/** A text with the names in it blanked out, at the same length, so that words inside a name are no cues. */
export function withoutNames(text: string, mentions: readonly Mention[]): string {
  let blanked = '';
  let at = 0;
  for (const { span } of mentions) {
    if (span[0] < at) continue;
    blanked += text.slice(at, span[0]) + BLANK.repeat(span[1] - span[0]);
    at = span[1];
  }
  return blanked + text.slice(at);
}
