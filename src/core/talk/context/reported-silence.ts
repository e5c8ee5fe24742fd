import type { Polarity } from '../../../domain/evidence.ts';
import type { CueMatch } from '../cues/lexicon.ts';
import type { TextAnalysis } from '../document/document.ts';
import type { Range } from '../document/sentences.ts';

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
