import type { Facet } from '../../domain/facet.ts';

const CRITERIA: Record<Facet, string> = {
  released: "it is in the vendor's API or open to users of a product, by the vendor's own channels",
  exists: 'nothing: no channel is an authority for mere existence',
  announced: 'a vendor news or changelog entry names it',
  documented: "the vendor's model page or changelog documents its exact id",
  api_listed:
    "the vendor's model list shows its id in two polls, or its changelog or model page says it is in the API",
  product_available: 'a vendor page says it is available in the product',
  limited_test: 'the venue itself lists it',
  sdk_typed: "a published version of the vendor's SDK types its id",
  priced: "the vendor's pricing or model page gives its price",
  deprecated: "the vendor's deprecations page or changelog says so",
  retired: "the vendor's deprecations page gives the date, and a later check shows that it is gone",
  capability: 'a vendor page describes it',
  identity: 'nothing: no channel is an authority for two names being one',
  date: 'nothing: a date is proved as the value of what happens on it',
};

/** Facets no channel is an authority for: what is said of them stays talk. */
const BEYOND_PROOF = new Set<Facet>(['exists', 'identity', 'date']);

export function isBeyondProof(facet: Facet): boolean {
  return BEYOND_PROOF.has(facet);
}

/** What would prove a claim of this facet, in words. */
export function criterionOf(facet: Facet): string {
  return CRITERIA[facet];
}
