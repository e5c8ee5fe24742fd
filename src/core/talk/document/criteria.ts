import { firstFrom } from '../cues/cue-index.ts';
import type { Block } from './blocks.ts';
import type { TextAnalysis } from './document.ts';

/** "Call it released when:", "We will believe it if:": what stands in the list below is supposed, and not said. */
const SUPPOSES = /\b(?:when|if|once|unless|until|only after|as soon as)\b[^.]*:\s*$/;

/** Whether an entry of a list is one of the conditions that the words before the list set up. */
export function isCriterion({ blocks, folded }: TextAnalysis, block: Block): boolean {
  if (block.kind !== 'item') return false;
  let at = firstFrom(blocks, block.start, ({ start }) => start);
  while (blocks[at]?.kind === 'item') at--;
  const lead = blocks[at];
  return lead !== undefined && SUPPOSES.test(folded.slice(lead.start, lead.end));
}
