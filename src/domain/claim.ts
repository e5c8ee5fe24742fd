import type { Facet } from './facet.ts';
import type { ClaimKey } from './ids.ts';

/** Narrows a facet: on which surface, at which venue, for which plan; `rollout` marks what only a test group or an approved few see. */
export interface Qualifiers {
  surface?: string;
  venue?: string;
  plan?: string;
  region?: string;
  codename?: string;
  rollout?: 'ab_test' | 'trusted_access';
}

/** Subject + facet (+ qualifiers, + value), independent of who said it. */
export interface Claim {
  key: ClaimKey;
  subject: string;
  facet: Facet;
  qualifiers: Qualifiers;
  /** A day for `announced`, a codename for `identity`, a figure for `priced`; null for the bare facet. */
  value: string | null;
  /** What would prove it, in words. */
  criterion: string;
}

/** What a claim or a view of one is about, whatever else it holds. */
interface Labelled extends Pick<Claim, 'facet' | 'value'> {
  qualifiers: { readonly [Name in keyof Qualifiers]?: string | undefined };
}

/**
 * `facet[@value][:qualifier]`, the short form people type and read (`product_available:chatgpt`); the same in whatever order
 * the qualifiers lie.
 */
export function facetLabel(claim: Labelled): string {
  const { surface, venue, plan, region, codename, rollout } = claim.qualifiers;
  const parts = [surface, venue, plan, region, codename, rollout].filter(
    (part) => part !== undefined,
  );
  const value = claim.value === null ? '' : `@${claim.value}`;
  return `${claim.facet}${value}${parts.length > 0 ? `:${parts.join('.')}` : ''}`;
}

/** Whether a claim is about its facet as such: with no value and in no place. */
export function isBare({ value, qualifiers }: Pick<Claim, 'qualifiers' | 'value'>): boolean {
  return value === null && Object.keys(qualifiers).length === 0;
}

/** The facet of a label, without its value and place. */
export function bareFacet(label: string): string {
  return label.replace(/[@:].*$/, '');
}
