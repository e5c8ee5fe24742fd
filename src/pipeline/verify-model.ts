import type { Evidence, Statement } from '../domain/evidence.ts';
import type { ItemVersion } from '../domain/item.ts';
import { readersIn } from '../domain/watcher.ts';
import type { PipelineContext } from './context.ts';

/**
 * What is wrong with a piece of evidence that a model had a part in; null when nothing is. Its answer of then is checked
 * against the text again, and must speak of the same subject in the same words. No model is asked.
 */
export async function faultWithModel(
  { reader }: Pick<PipelineContext, 'reader'>,
  { item }: ItemVersion,
  piece: Evidence,
): Promise<string | null> {
  const { model } = readersIn(piece.extractor);
  if (model === null) return null;
  const statements = await reader.proposedBefore({ item, at: piece.observedAt }, model);
  if (statements === null) return `the answer of ${model} that it rests on is not in the record`;
  const isProposed = statements.some((one) => isOn(piece, one));
  return isProposed ? null : `the answer of ${model} says nothing of it`;
}

function isOn(piece: Evidence, { claim, span }: Statement): boolean {
  const overlaps = span[0] < piece.span[1] && piece.span[0] < span[1];
  return overlaps && claim.subject === piece.subject;
}
