import type { Claim, Qualifiers } from '../../domain/claim.ts';

type Claimed = Pick<Claim, 'facet' | 'qualifiers' | 'value'>;

const NARROWING = ['surface', 'venue', 'plan', 'region', 'codename'] as const;

function narrows(narrow: Qualifiers, wide: Qualifiers): boolean {
  return NARROWING.every((name) => wide[name] === undefined || wide[name] === narrow[name]);
}

/**
 * Whether support for one claim supports another: what holds for one plan holds for the surface, and a dated claim
 * carries the bare one. What only a test group sees supports nothing but claims about test groups.
 */
export function supports(said: Claimed, claim: Claimed): boolean {
  return (
    said.facet === claim.facet &&
    said.qualifiers.rollout === claim.qualifiers.rollout &&
    narrows(said.qualifiers, claim.qualifiers) &&
    (claim.value === null || claim.value === said.value)
  );
}

/** Whether a denial of one claim denies another: what is nowhere is not on one surface, and not on one date. */
export function denies(said: Claimed, claim: Claimed): boolean {
  return (
    said.facet === claim.facet &&
    (said.qualifiers.rollout === undefined ||
      said.qualifiers.rollout === claim.qualifiers.rollout) &&
    narrows(claim.qualifiers, said.qualifiers) &&
    (said.value === null || said.value === claim.value)
  );
}
