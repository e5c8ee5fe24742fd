import { parse } from 'tldts';
import type { Catalog } from '../../domain/catalog.ts';
import { isVendorClass, type Publisher } from '../../domain/publisher.ts';
import type { Vendor } from '../../domain/vendor.ts';

/** Who speaks at an address. */
export interface Publishers {
  /** The publisher of the address that answered, after redirects. Never what a page says of itself. */
  of(finalUrl: string): Publisher;
  /** The publisher a text calls by name (`The Verge`), or null. */
  named(name: string): Publisher | null;
}

/** Shorter names stand in ordinary words. */
const SHORTEST_NAME = 4;

export function compilePublishers(
  catalog: Pick<Catalog, 'publishers' | 'subjects' | 'vendors' | 'anyVendor'>,
): Publishers {
  const { publishers } = catalog;
  const byPlace = new Map(publishers.map((publisher) => [publisher.domain, publisher]));
  const byHost = placesOf(publishers);
  const byName = new Map(publishers.map((publisher) => [nameKey(publisher.name), publisher]));
  const models = luringNames(catalog);
  return {
    of: (finalUrl) => publisherOf(finalUrl, byPlace, byHost, models),
    named: (name) => byName.get(nameKey(name)) ?? null,
  };
}

function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function publisherOf(
  finalUrl: string,
  byPlace: ReadonlyMap<string, Publisher>,
  byHost: Places,
  models: readonly string[],
): Publisher {
  const url = URL.canParse(finalUrl) ? new URL(finalUrl) : null;
  if (url === null) return stranger(finalUrl, 'S3');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    // A version of a package has the publisher of the package.
    const name = url.pathname.replace(/(?<=[^@])@[^@/]*$/, '');
    return byPlace.get(`${url.protocol}${name}`) ?? stranger(url.href, 'S3');
  }
  const found = listed(url, byHost);
  // Without TLS anybody on the way may have written the page: a vendor's word needs its own certificate.
  if (found !== null && !(isVendorClass(found.class) && url.protocol === 'http:')) return found;
  const site = parse(url.hostname, { allowPrivateDomains: true });
  const domain = site.domain ?? url.hostname;
  return stranger(domain, isNamedAfterModel(site.domainWithoutSuffix ?? '', models) ? 'S4' : 'S3');
}

/** What is listed under a host: each with the segments its path must begin with, the most exact first. */
type Places = ReadonlyMap<string, readonly Place[]>;

interface Place {
  segments: readonly string[];
  publisher: Publisher;
}

function placesOf(publishers: readonly Publisher[]): Places {
  const places = new Map<string, Place[]>();
  for (const publisher of publishers) {
    const [host = '', ...segments] = publisher.domain.split('/');
    const known = places.get(host) ?? [];
    places.set(host, [...known, { segments, publisher }]);
  }
  for (const known of places.values()) known.sort((a, b) => exactness(b) - exactness(a));
  return places;
}

/** The longer path is the more exact one; of two, the one with fewer segments left open. */
function exactness({ segments }: Place): number {
  return segments.length * 100 - segments.filter((segment) => segment === '*').length;
}

/** The entry with the longest host and path that the address lies under. */
function listed(url: URL, places: Places): Publisher | null {
  const site = parse(url.hostname, { allowPrivateDomains: true });
  const path = segmentsOf(url.pathname);
  for (const host of hostsUp(url.hostname, site.domain)) {
    const place = places.get(host)?.find(({ segments }) => isUnder(path, segments));
    if (place !== undefined) return place.publisher;
  }
  return null;
}

/** `*` stands for any one segment. */
function isUnder(path: readonly string[], segments: readonly string[]): boolean {
  return segments.every((segment, index) => {
    const there = path[index];
    return there !== undefined && (segment === '*' || segment === there);
  });
}

/** A host and the hosts above it, down to the registrable domain. */
function hostsUp(hostname: string, domain: string | null): readonly string[] {
  const hosts = [hostname];
  let host = hostname;
  while (host !== domain && host.includes('.')) {
    host = host.slice(host.indexOf('.') + 1);
    hosts.push(host);
  }
  return hosts;
}

/** The parts of a path as the catalogue writes them: what is escaped for no reason is the same place. */
function segmentsOf(pathname: string): readonly string[] {
  return pathname
    .split('/')
    .filter((part) => part !== '')
    .map((part) => plainSegment(part).toLowerCase());
}

function plainSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that escapes nothing stands for itself.
    return part;
  }
}

function stranger(domain: string, publisherClass: 'S3' | 'S4'): Publisher {
  return { domain, name: domain, class: publisherClass, group: domain, vendor: null };
}

/** Names that make a look-alike host when a domain carries them, as a domain writes them: without punctuation (`gptimage2`). */
function luringNames({
  subjects,
  vendors,
  anyVendor,
}: Pick<Catalog, 'subjects' | 'vendors' | 'anyVendor'>): readonly string[] {
  const models = subjects
    .filter(({ kind }) => kind === 'model' || kind === 'family')
    .map(({ id }) => plainName(id))
    .filter((name) => name.length >= SHORTEST_NAME && /^[a-z]{3,}/.test(name));
  const main = vendors.filter(({ watched }) => watched).flatMap(mainProduct);
  return [...new Set([...models, ...main, ...anyVendor.lures])];
}

/** The product that a vendor sells plans for: its name alone draws people. */
function mainProduct({ products }: Vendor): readonly string[] {
  return products.filter(({ plans }) => plans.length > 0).map(({ surface }) => plainName(surface));
}

function plainName(name: string): string {
  return name.replaceAll(/[^a-z0-9]/g, '');
}

function isNamedAfterModel(label: string, models: readonly string[]): boolean {
  const plain = plainName(label);
  return models.some((name) => plain.includes(name));
}
