/** What can be claimed of a subject. `released` is the headline, derived from the others. */
export const FACETS = [
  'released',
  'exists',
  'announced',
  'documented',
  'api_listed',
  'product_available',
  'limited_test',
  'sdk_typed',
  'priced',
  'deprecated',
  'retired',
  'capability',
  'identity',
  'date',
] as const;

export type Facet = (typeof FACETS)[number];

export function isFacet(text: string): text is Facet {
  return (FACETS as readonly string[]).includes(text);
}
