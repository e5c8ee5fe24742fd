import type { Clause } from '../document/clause.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

/** A sentence up to this long is quoted whole: a reader sees what was around the words. */
const LONGEST_SENTENCE = 260;
const LONGEST_QUOTE = 380;

/** The words a statement rests on, verbatim, with their place in the item's text. */
export function quoteOf(
  analysis: TextAnalysis,
  { start, end, sentence }: Clause,
): { quote: string; span: readonly [number, number] } {
  const whole = wholeOf(analysis, { start, end }, sentence);
  return quoteRange(analysis, whole.end - whole.start <= LONGEST_SENTENCE ? whole : { start, end });
}

/** The sentence, or the part of it between semicolons: each of those is a sentence of its own. */
function wholeOf(analysis: TextAnalysis, clause: Range, sentence: Range): Range {
  const before = analysis.folded.slice(sentence.start, clause.start).lastIndexOf('; ');
  const behind = analysis.folded.slice(clause.end, sentence.end).indexOf('; ');
  return {
    start: before < 0 ? sentence.start : sentence.start + before + 2,
    end: behind < 0 ? sentence.end : clause.end + behind,
  };
}

export function quoteRange(
  analysis: TextAnalysis,
  { start, end }: Range,
): { quote: string; span: readonly [number, number] } {
  const last = Math.min(end, start + LONGEST_QUOTE);
  return { quote: analysis.item.text.slice(start, last), span: [start, last] };
}
