import { valueWords } from '../read/claim-words.ts';
import type { ClaimView } from '../read/views.ts';

const FACETS: Readonly<Record<ClaimView['facet'], string>> = {
  released: 'Released',
  exists: 'Exists',
  announced: 'Announced',
  documented: 'Documented',
  api_listed: 'In the API',
  product_available: 'Available in a product',
  limited_test: 'In a limited test',
  sdk_typed: 'Named in the SDK',
  priced: 'Priced',
  deprecated: 'Deprecated',
  retired: 'Retired',
  capability: 'Capability',
  identity: 'Goes by another name',
  date: 'Date',
};

const PLACES: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT',
  codex: 'Codex',
  api: 'the API',
  sora: 'Sora',
};

/** A claim in words: `Available in ChatGPT for plus`, `Announced on 16 April 2026`. */
export function claimTitle({
  facet,
  qualifiers,
  value,
}: Pick<ClaimView, 'facet' | 'qualifiers' | 'value'>): string {
  const { surface, venue, plan, region, codename, rollout } = qualifiers;
  const head =
    facet === 'product_available' && surface !== undefined
      ? `Available in ${PLACES[surface] ?? surface}`
      : FACETS[facet];
  const place = facet === 'product_available' ? undefined : surface;
  const narrower = [
    ...(place === undefined ? [] : [`in ${PLACES[place] ?? place}`]),
    ...(venue === undefined ? [] : [`at ${venue}`]),
    ...(plan === undefined ? [] : [`for ${plan}`]),
    ...(region === undefined ? [] : [`in ${region}`]),
    ...(codename === undefined ? [] : [`as ${codename}`]),
    ...(rollout === undefined ? [] : [`(${rollout.replaceAll('_', ' ')})`]),
  ];
  const words = [head, ...narrower].join(' ');
  return value === null ? words : `${words}${valueWords(facet, value)}`;
}
