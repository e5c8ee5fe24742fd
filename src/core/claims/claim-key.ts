import type { Claim } from '../../domain/claim.ts';
import { type ClaimKey, canonicalJson, sha256Hex } from '../../domain/ids.ts';
import { criterionOf } from './criterion.ts';

/** A claim is the same claim whoever makes it: its key is the hash of what is claimed. */
function claimKey(claim: Pick<Claim, 'subject' | 'facet' | 'qualifiers' | 'value'>): ClaimKey {
  const { subject, facet, qualifiers, value } = claim;
  return sha256Hex(canonicalJson({ subject, facet, qualifiers, value })) as ClaimKey;
}

/** A claim with its key and the words for what would prove it. */
export function makeClaim(claim: Pick<Claim, 'subject' | 'facet' | 'qualifiers' | 'value'>): Claim {
  const { subject, facet, qualifiers, value } = claim;
  return { key: claimKey(claim), subject, facet, qualifiers, value, criterion: criterionOf(facet) };
}
