import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Policy } from '../../domain/policy.ts';
import { isReadByModelAlone } from '../../domain/watcher.ts';

/** What is open to some is said plainly too; what is hedged, foretold or reported proves nothing, whoever says it. */
const ASSERTS = new Set<Evidence['force']>(['assert', 'assert_partial']);

/** Whether a piece of evidence is a primary statement by somebody who may confirm this facet. */
export function mayConfirm(
  evidence: Pick<
    Evidence,
    | 'evidentiality'
    | 'extractor'
    | 'force'
    | 'aliasClaimed'
    | 'publisher'
    | 'group'
    | 'publisherClass'
    | 'sourceKind'
  >,
  claim: Pick<Claim, 'facet' | 'qualifiers'>,
  policy: Policy,
): boolean {
  if (evidence.evidentiality !== 'primary_artefact' || evidence.aliasClaimed) return false;
  if (!ASSERTS.has(evidence.force) || isReadByModelAlone(evidence)) return false;
  const byClass = policy.confirms[evidence.publisherClass] ?? [];
  if (byClass.includes(claim.facet)) return true;
  if (isVendor(evidence.publisherClass)) {
    return (policy.alsoConfirms[evidence.sourceKind] ?? []).includes(claim.facet);
  }
  return evidence.publisherClass === 'Q' && isOwnSurface(evidence, claim);
}

function isVendor(publisherClass: Evidence['publisherClass']): boolean {
  return publisherClass === 'P0' || publisherClass === 'P1';
}

/** A partner is an authority on what its own surface or venue offers, and on nothing else. */
function isOwnSurface(
  evidence: Pick<Evidence, 'publisher' | 'group'>,
  claim: Pick<Claim, 'facet' | 'qualifiers'>,
): boolean {
  const place = claim.qualifiers.surface ?? claim.qualifiers.venue;
  const offered = claim.facet === 'product_available' || claim.facet === 'limited_test';
  return offered && (place === evidence.publisher || place === evidence.group);
}
