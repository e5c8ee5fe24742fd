import type { Facet } from '../../domain/facet.ts';

const CRITERIA: Record<Facet, string> = {
  released: "it is in the vendor's API or open to users of a product, by the vendor's own channels",
  exists: 'no channel proves mere existence',
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
  identity: 'the vendor says that the two are one',
  date: 'the vendor gives the date',
};

/** What would prove a claim of this facet, in words that follow "Becomes confirmed if". */
export function criterionOf(facet: Facet): string {
  return CRITERIA[facet];
}
