import type { ClaimStatus } from '../../domain/verdict.ts';

const FACET_WORDS: Readonly<Record<string, string>> = {
  released: 'released',
  exists: 'exists',
  announced: 'announced',
  documented: 'documented',
  api_listed: 'in the API',
  product_available: 'available in a product',
  limited_test: 'in a limited test',
  sdk_typed: 'in the SDK',
  priced: 'priced',
  deprecated: 'deprecated',
  retired: 'retired',
  capability: 'capability',
  identity: 'identity',
  date: 'date',
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

const STATUS_WORDS: Readonly<Record<ClaimStatus, string | null>> = {
  current: null,
  in_effect: 'in effect',
  scheduled: 'scheduled',
  due: 'due',
  withdrawn: null,
  contradicted: null,
  denied: 'only denials',
  never_reported: null,
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
  return STATUS_WORDS[status];
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
