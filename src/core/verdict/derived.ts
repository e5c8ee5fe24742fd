import { isGood } from '../../domain/check.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { isVendorClass } from '../../domain/publisher.ts';
import { earliest, type Instant, plus } from '../../domain/time.ts';
import type { ConfirmationLevel, Verdict } from '../../domain/verdict.ts';
import { isLive } from '../claims/source-history.ts';
import { voicesOf } from '../provenance/independent-voices.ts';
import { type Assessment, countVoices, type EvidenceIndex, openPrimary } from './assessment.ts';
import { flagsOf } from './flags.ts';

/** Whether a model that its vendor's list shows still waits, and what ended the wait where a statement did. */
type ListingWait = { state: 'waits'; until: Instant } | { state: 'over'; namedBy: Evidence | null };

/** A verdict with what was heard for it. */
export interface Judged {
  assessment: Assessment;
  verdict: Verdict;
}

/** What was proven once outranks talk, and a contradicted part says nothing for the headline. */
const RANK: Record<ConfirmationLevel, number> = {
  contradicted: 0,
  unknown: 0,
  rumor: 1,
  secondary: 2,
  withdrawn: 3,
  confirmed: 4,
};

/**
 * The headline: the best of the listing in the API, general availability in a product, and what pages say of
 * release itself (which counts up to secondary). A limited test, an arena sighting or an A/B test never leads to it,
 * and a denial of a part is none of the headline.
 */
export function deriveReleased(own: Judged, all: readonly Judged[], index: EvidenceIndex): Verdict {
  const parts = all.filter(({ verdict }) => isPart(verdict));
  const best = parts.reduce<Judged>(
    (leader, part) => (RANK[part.verdict.level] > RANK[leader.verdict.level] ? part : leader),
    own,
  );
  if (best === own) return own.verdict;
  const derived = derivedFrom(own, best, all);
  const { claim, level } = best.verdict;
  if (level !== 'confirmed' || claim.facet !== 'api_listed') return derived;
  const wait = listingWait(index, best);
  return wait.state === 'waits'
    ? waitingInList(derived, wait.until)
    : citing(derived, wait.namedBy);
}

/** What ended the wait stands among the evidence: without it the same verdict would not come out again. */
function citing(derived: Verdict, namedBy: Evidence | null): Verdict {
  if (namedBy === null) return derived;
  const side = namedBy.polarity === 'support' ? 'for' : 'against';
  return { ...derived, [side]: [...new Set([...derived[side], namedBy.id])] };
}

/** Listed and not announced: such ids were tests and leaks before. */
function waitingInList(derived: Verdict, until: Instant): Verdict {
  const flags = derived.flags.filter((flag) => flag !== 'stale_denial');
  return {
    ...{ ...derived, level: 'secondary', status: 'current', reconsiderAt: until },
    flags: [...flags, 'listed_only'],
  };
}

function isPart({ claim }: Verdict): boolean {
  const isBare = claim.value === null && Object.keys(claim.qualifiers).length === 0;
  return isBare && (claim.facet === 'api_listed' || claim.facet === 'product_available');
}

function derivedFrom(own: Judged, best: Judged, all: readonly Judged[]): Verdict {
  const { against } = own.assessment;
  const support = [...best.assessment.support, ...own.assessment.support];
  const listing = all.find(
    ({ verdict }) => isPart(verdict) && verdict.claim.facet === 'api_listed',
  );
  const primary = listing?.verdict.primary ?? own.verdict.primary;
  const assessment: Assessment = {
    ...best.assessment,
    claim: own.assessment.claim,
    support,
    against,
    voices: voicesOf(support, against, best.assessment.origins),
  };
  const { level, since, decisive, reconsiderAt, status } = best.verdict;
  return {
    ...own.verdict,
    ...{ level, status, rule: 'derived', since, primary, decisive, reconsiderAt },
    flags: flagsOf({ assessment, level, rule: best.verdict.rule, since, primary, dates: [] }),
    firstSeen: earliest([own.verdict.firstSeen, best.verdict.firstSeen]),
    voices: countVoices(assessment),
    heard: assessment.voices,
    for: [...new Set([...best.verdict.for, ...own.verdict.for])],
    setAside: [...own.verdict.setAside, ...best.verdict.setAside],
    derivedFrom: best.verdict.claim.key,
  };
}

/**
 * Lists leak: names of tests, of customers, of models weeks ahead of their day. A model that only its vendor's list shows
 * waits until another channel of the vendor names it, or until it has been listed for long (docs/verdicts.md).
 */
function listingWait(index: EvidenceIndex, { assessment, verdict }: Judged): ListingWait {
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
