import { isGood } from '../../domain/check.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import { type Instant, plus } from '../../domain/time.ts';
import { isLive } from '../claims/validity.ts';
import { type EvidenceIndex, openPrimary } from './assessment.ts';
import type { Judged } from './derived.ts';

/**
 * Lists leak: names of tests, of customers, of models weeks ahead of their day. A model that only its vendor's list shows
 * waits until another channel of the vendor names it, or until it has been listed for long (docs/verdicts.md). Gives the end of that wait; null when there is nothing to wait for.
 */
export function listedOnlyUntil(
  index: EvidenceIndex,
  { assessment, verdict }: Judged,
): Instant | null {
  const { at, policy, subjectCase } = index;
  if (!openPrimary(assessment).every(isOfList) || verdict.since === null) return null;
  const until = plus(verdict.since, policy.listingAlone);
  if (at >= until) return null;
  const { record, checks, subject } = subjectCase;
  const isSaid = record.evidence.some(
    (piece) => isVendors(piece) && isLive(piece, record.retractions, at),
  );
  const isNamed = checks.some(
    ({ kind, lastGood }) =>
      kind !== 'model-list' &&
      lastGood !== null &&
      isGood(lastGood.outcome) &&
      lastGood.shows.includes(subject.id),
  );
  return isSaid || isNamed ? null : until;
}

function isOfList({ sourceKind }: Evidence): boolean {
  return sourceKind === 'model-list';
}

/** What another channel of a vendor says of a model, whatever it says, names it. */
function isVendors(piece: Evidence): boolean {
  return isVendorClass(piece.publisherClass) && !isOfList(piece);
}
