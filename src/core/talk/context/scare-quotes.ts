import type { Block } from '../document/blocks.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

function isOfSource({ cues }: TextAnalysis, sentence: Range, quotation: Range): boolean {
  return [
    { start: sentence.start, end: quotation.start },
    { start: quotation.end, end: sentence.end },
  ].some((outside) => cues.has(outside, 'vendor', 'attribution', 'outlet', 'source'));
}

const QUOTATION = /"([^"]{4,240})"/g;

/**
 * Whether a predicate stands in quotation marks that hold it at a distance: a headline shown as an example, a word
 * somebody else uses. A quotation passed on as somebody's words is theirs.
 */
export function isDistanced(analysis: TextAnalysis, cueMatch: Range, sentence: Range): boolean {
  const text = analysis.folded.slice(sentence.start, sentence.end);
  for (const match of text.matchAll(QUOTATION)) {
    // What a machine answers tells of an account, a name or a day, and no reader can say of which.
    if (IS_ANSWER.test(match[0])) return true;
    const start = sentence.start + match.index;
    const end = start + match[0].length;
    if (cueMatch.start < start || cueMatch.end > end) continue;
    const outside = text.slice(0, match.index) + text.slice(match.index + match[0].length);
    if (analysis.lists['scare-quotes.discredited'].test(outside) || /[?？]"$/.test(match[0]))
      return true;
    if (
      analysis.lists['scare-quotes.shown'].test(outside) &&
      !isOfSource(analysis, sentence, { start, end })
    )
      return true;
    return !analysis.lists['scare-quotes.attributed'].test(outside);
  }
  return false;
}

const IS_ANSWER = /not found|unknown|invalid|does not exist/;

/** A list of what is not so: its entries are examples of falsehoods. */
export function isNoise(block: Block): boolean {
  const heading = block.under.at(-1);
  if (heading === undefined || block.kind === 'heading') return false;
  return /^(?:the )?(?:noise|myths?|hoaxes|false (?:claims?|reports?|rumou?rs?)|fakes?|debunked|misinformation|not true)\W*$/i.test(
    heading,
  );
}
