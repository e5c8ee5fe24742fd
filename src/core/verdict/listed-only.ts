import { isGood } from '../../domain/check.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import { plus } from '../../domain/time.ts';
import { isLive } from '../claims/validity.ts';
import { type EvidenceIndex, openPrimary } from './assessment.ts';
import type { Judged, ListingWait } from './derived.ts';

/**
 * Lists leak: names of tests, of customers, of models weeks ahead of their day. A model that only its vendor's list shows
 * waits until another channel of the vendor names it, or until it has been listed for long (docs/verdicts.md).
 */
export function listingWait(index: EvidenceIndex, { assessment, verdict }: Judged): ListingWait {
  const { at, policy, subjectCase } = index;
  const over = (namedBy: Evidence | null): ListingWait => ({ state: 'over', namedBy });
  if (!openPrimary(assessment).every(isOfList) || verdict.since === null) return over(null);
  const until = plus(verdict.since, policy.listingAlone);
  if (at >= until) return over(null);
  const { record, checks, subject } = subjectCase;
  const said = record.evidence.filter(
    (piece) => isVendors(piece) && isLive(piece, record.retractions, at),
  );
  const namedBy = firstOf(said.filter(({ polarity }) => polarity === 'support')) ?? firstOf(said);
  if (namedBy !== undefined) return over(namedBy);
  const isNamed = checks.some(
    ({ kind, lastGood }) =>
      kind !== 'model-list' &&
      lastGood !== null &&
      isGood(lastGood.outcome) &&
      lastGood.shows.includes(subject.id),
  );
  return isNamed ? over(null) : { state: 'waits', until };
}

/** The first that was known, whatever order the records come in. */
function firstOf(pieces: readonly Evidence[]): Evidence | undefined {
  const order = ({ knownAt, id }: Evidence) => `${knownAt} ${id}`;
  return pieces.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))[0];
}

function isOfList({ sourceKind }: Evidence): boolean {
  return sourceKind === 'model-list';
}

/** What another channel of a vendor says of a model, whatever it says, names it. */
function isVendors(piece: Evidence): boolean {
  return isVendorClass(piece.publisherClass) && !isOfList(piece);
}
