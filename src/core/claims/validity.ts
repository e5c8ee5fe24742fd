import type { Evidence, Retraction } from '../../domain/evidence.ts';
import type { Instant } from '../../domain/time.ts';

/** Whether a piece of evidence was taken out of judgement: the last word up to the moment counts, of two at once the restoring. */
export function isRetracted(
  evidence: Pick<Evidence, 'id'>,
  retractions: readonly Retraction[],
  at: Instant,
): boolean {
  let last: Retraction | null = null;
  for (const retraction of retractions) {
    if (retraction.evidence !== evidence.id || retraction.at > at) continue;
    const isLater = last === null || retraction.at > last.at;
    if (isLater || (retraction.at === last?.at && retraction.kind === 'restore')) last = retraction;
  }
  return last?.kind === 'retract';
}

/** Whether a piece of evidence speaks at a moment: known, not superseded by a newer version, not retracted. */
export function isLive(
  evidence: Evidence,
  retractions: readonly Retraction[],
  at: Instant,
): boolean {
  return (
    evidence.knownAt <= at &&
    (evidence.supersededAt === null || evidence.supersededAt > at) &&
    !isRetracted(evidence, retractions, at)
  );
}
