import type { ClaimStatus } from '../../domain/verdict.ts';

/** Facets whose names are no words. */
const FACET_WORDS: Readonly<Record<string, string>> = {
  api_listed: 'in the API',
  product_available: 'available in a product',
  limited_test: 'in a limited test',
  sdk_typed: 'in the SDK',
};

const CLASS_WORDS: Readonly<Record<string, string>> = {
  P0: "the vendor's own machine-readable source",
  P1: "the vendor's own page",
  P2: "the vendor's own account",
  Q: 'a partner about its own service',
  S1: 'edited press',
  S2: 'a tracker',
  S3: 'a blog or forum',
  S4: 'an interested party',
  X: 'a popularity signal',
};

/** Statuses that say more than the level does. */
const STATUS_WORDS: Readonly<Partial<Record<ClaimStatus, string>>> = {
  in_effect: 'in effect',
  scheduled: 'scheduled',
  due: 'due',
  denied: 'only denials',
  stale: 'stale',
  expired: 'expired',
};

/** A facet label (`announced@2026-04-16`, `product_available:chatgpt`) in words. */
export function facetWords(label: string): string {
  const parts = /^([a-z_]+)(?:@([^:]*))?(?::(.*))?$/.exec(label);
  if (parts === null) return label;
  const [, facet = label, value, qualifier] = parts;
  const words = FACET_WORDS[facet] ?? facet;
  const dated = value === undefined ? words : `${words} (${value})`;
  if (qualifier === undefined) return dated;
  if (facet === 'product_available' && value === undefined) return `available in ${qualifier}`;
  return `${dated}, ${qualifier}`;
}

/** `the vendor's own page (P1)`. */
export function classWords(publisherClass: string): string {
  const words = CLASS_WORDS[publisherClass];
  return words === undefined ? publisherClass : `${words} (${publisherClass})`;
}

/** What a status adds to its level; null when it adds nothing. */
export function statusWords(status: ClaimStatus): string | null {
  return STATUS_WORDS[status] ?? null;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
