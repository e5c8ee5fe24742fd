import { dayWords, placeWords, predicateOf, priceWords } from '../core/stories/sentences.ts';
import { bareFacet } from '../domain/claim.ts';

const WORDS: Readonly<Record<string, string>> = {
  retired: 'shut down',
  deprecated: 'deprecated',
  identity: 'another name of it',
  capability: 'what it can do',
};

/** The value of a claim behind its name: ` on 16 April 2026`, `: input $5.00`. */
export function valueWords(facet: string, value: string): string {
  if (facet === 'priced') return `: ${priceWords(value)}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? ` on ${dayWords(value)}` : `: ${value}`;
}

/** A facet label (`announced@2026-04-16`, `product_available:chatgpt`) in words. */
export function claimWords(label: string): string {
  const facet = bareFacet(label);
  const [, value] = /@([^:]*)/.exec(label) ?? [];
  const [, place] = /:(.+)$/.exec(label) ?? [];
  const isAt = facet === 'product_available';
  const said = WORDS[facet] ?? predicateOf(isAt ? label : facet, false).replace(/^(is|has) /, '');
  const at = place === undefined || isAt ? '' : ` (${placeWords(place)})`;
  if (value === undefined) return `${said}${at}`;
  if (facet === 'priced') return `at ${priceWords(value)}${at}`;
  return `${said}${valueWords(facet, value)}${at}`;
}
