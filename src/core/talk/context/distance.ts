import type { Polarity } from '../../../domain/evidence.ts';
import type { Range } from '../../text/characters.ts';
import { firstFrom } from '../cues/cue-index.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import { type TextAnalysis, textOf } from '../document/document.ts';
import type { Block } from '../document/markup.ts';

const QUOTATION = /"([^"]{4,240})"/g;

/**
 * Whether a predicate stands in quotation marks that hold it at a distance: a headline shown as an example, a word
 * somebody else uses. A quotation passed on as somebody's words is theirs.
 */
export function isDistanced(analysis: TextAnalysis, cueMatch: Range, sentence: Range): boolean {
  const text = textOf(analysis, sentence);
  for (const match of text.matchAll(QUOTATION)) {
    // What a machine answers tells of an account, a name or a day, and no reader can say of which.
    if (IS_ANSWER.test(match[0])) return true;
    const start = sentence.start + match.index;
    const end = start + match[0].length;
    if (cueMatch.start < start || cueMatch.end > end) continue;
    const outside = text.slice(0, match.index) + text.slice(match.index + match[0].length);
    if (analysis.lists['scare-quotes.discredited'].test(outside) || /[?？]"$/.test(match[0]))
      return true;
    return (
      analysis.lists['scare-quotes.shown'].test(outside) ||
      !analysis.lists['scare-quotes.attributed'].test(outside)
    );
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

/** "Call it released when:", "We will believe it if:": what stands in the list below is supposed, and not said. */
const SUPPOSES = /\b(?:when|if|once|unless|until|only after|as soon as)\b[^.]*:\s*$/;

/** Whether an entry of a list is one of the conditions that the words before the list set up. */
export function isCriterion(analysis: TextAnalysis, block: Block): boolean {
  const { blocks } = analysis;
  if (block.kind !== 'item') return false;
  let at = firstFrom(blocks, block.start, ({ start }) => start);
  while (blocks[at]?.kind === 'item') at--;
  const lead = blocks[at];
  return lead !== undefined && SUPPOSES.test(textOf(analysis, lead));
}

function actOf({ family }: CueMatch): string {
  return family.split('.')[0] ?? family;
}

/** What can be looked for at a channel and not found there. */
const SEARCHED = new Set(['announce', 'document', 'api', 'price', 'release', 'access', 'deny']);

/**
 * The vendor's channel that a denial says shows nothing ("no post on openai.com/news"), or null. Such a statement
 * passes on somebody's look at a page that is looked at here anyway.
 */
export function silentChannel(
  analysis: TextAnalysis,
  cueMatch: CueMatch,
  sentence: Range,
  clause: Range,
  polarity: Polarity,
): string | null {
  if (polarity !== 'deny' || !SEARCHED.has(actOf(cueMatch))) return null;
  const channel = analysis.cues.within(clause, 'channel')[0];
  if (channel !== undefined) return nameOf(analysis, channel);
  const nearby = analysis.cues.within(sentence, 'channel');
  const isList = nearby.length > 1 && actOf(cueMatch) === 'document';
  return isList ? nameOf(analysis, cueMatch) : null;
}

function nameOf(analysis: TextAnalysis, { start, end }: Range): string {
  return analysis.masked.text.slice(start, end).trim();
}
