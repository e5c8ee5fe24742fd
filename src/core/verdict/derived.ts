import type { Instant } from '../../domain/time.ts';
import type { ConfirmationLevel, Verdict } from '../../domain/verdict.ts';
import { voicesOf } from '../provenance/independent-voices.ts';
import type { Assessment } from './assessment.ts';
import { flagsOf } from './flags.ts';

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

/** Until when a model that only its vendor's list shows waits for another channel of the vendor; null for others. */
export type ListedOnlyUntil = (listing: Judged) => Instant | null;

/**
 * The headline: the best of the listing in the API, general availability in a product, and what pages say of
 * release itself (which counts up to secondary). A limited test, an arena sighting or an A/B test never leads to it,
 * and a denial of a part is none of the headline.
 */
export function deriveReleased(
  own: Judged,
  all: readonly Judged[],
  listedOnlyUntil: ListedOnlyUntil,
): Verdict {
  const parts = all.filter(({ verdict }) => isPart(verdict));
  const best = parts.reduce<Judged>(
    (leader, part) => (RANK[part.verdict.level] > RANK[leader.verdict.level] ? part : leader),
    own,
  );
  if (best === own) return own.verdict;
  const derived = derivedFrom(own, best, all);
  const { claim, level } = best.verdict;
  const until =
    level === 'confirmed' && claim.facet === 'api_listed' ? listedOnlyUntil(best) : null;
  return until === null ? derived : waitingInList(derived, until);
}

/** Listed and not announced: such ids were tests and leaks before. */
function waitingInList(derived: Verdict, until: Instant): Verdict {
  const flags = [
    ...derived.flags.filter((flag) => flag !== 'stale_denial'),
    'listed_only' as const,
  ];
  return { ...derived, level: 'secondary', status: 'current', flags, reconsiderAt: until };
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
  const { level, since, decisive, reconsiderAt, status, voices } = best.verdict;
  return {
    ...own.verdict,
    level,
    status,
    rule: 'derived',
    flags: flagsOf({ assessment, level, rule: best.verdict.rule, since, primary, dates: [] }),
    since,
    firstSeen: earlier(own.verdict.firstSeen, best.verdict.firstSeen),
    voices,
    primary,
    heard: assessment.voices,
    decisive,
    for: [...new Set([...best.verdict.for, ...own.verdict.for])],
    setAside: [...own.verdict.setAside, ...best.verdict.setAside],
    derivedFrom: best.verdict.claim.key,
    reconsiderAt,
  };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
