import { parse } from 'tldts';
import { isVendorClass, type Publisher } from '../../domain/publisher.ts';
import type { Subject } from '../../domain/subject.ts';

/** Who speaks at an address. */
export interface Publishers {
  /** The publisher of the address that answered, after redirects. Never what a page says of itself. */
  of(finalUrl: string): Publisher;
  /** The publisher a text calls by name (`The Verge`), or null. */
  named(name: string): Publisher | null;
}

/** Model names that make a look-alike host when a domain carries them, beside those of the catalogue. */
const OTHER_MODELS = ['nanobanana', 'seedream', 'seedance', 'midjourney', 'chatgpt', 'happyhorse'];
/** Shorter names stand in ordinary words. */
const SHORTEST_NAME = 4;

export function compilePublishers(
  publishers: readonly Publisher[],
  subjects: readonly Subject[],
): Publishers {
  const byPlace = new Map(publishers.map((publisher) => [publisher.domain, publisher]));
  const byName = new Map(publishers.map((publisher) => [nameKey(publisher.name), publisher]));
  const models = modelNames(subjects);
  return {
    of: (finalUrl) => publisherOf(finalUrl, byPlace, models),
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
  models: readonly string[],
): Publisher {
  const url = URL.canParse(finalUrl) ? new URL(finalUrl) : null;
  if (url === null) return stranger(finalUrl, 'S3');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    // A version of a package has the publisher of the package.
    const name = url.pathname.replace(/(?<=[^@])@[^@/]*$/, '');
    return byPlace.get(`${url.protocol}${name}`) ?? stranger(url.href, 'S3');
  }
  const found = listed(url, byPlace);
  // Without TLS anybody on the way may have written the page: a vendor's word needs its own certificate.
  if (found !== null && !(isVendorClass(found.class) && url.protocol === 'http:')) return found;
  const site = parse(url.hostname, { allowPrivateDomains: true });
  const domain = site.domain ?? url.hostname;
  return stranger(domain, isNamedAfterModel(site.domainWithoutSuffix ?? '', models) ? 'S4' : 'S3');
}

/** The entry with the longest host and path that the address lies under. */
function listed(url: URL, byPlace: ReadonlyMap<string, Publisher>): Publisher | null {
  const site = parse(url.hostname, { allowPrivateDomains: true });
  for (const host of hostsUp(url.hostname, site.domain)) {
    for (const path of pathsUp(url.pathname.toLowerCase())) {
      const publisher = byPlace.get(`${host}${path}`);
      if (publisher !== undefined) return publisher;
    }
  }
  return null;
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

/** A path and the paths above it, the longest first, the bare host last. */
function pathsUp(pathname: string): readonly string[] {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(0, 6);
  return [...parts.keys(), parts.length]
    .reverse()
    .map((length) => (length === 0 ? '' : `/${parts.slice(0, length).join('/')}`));
}

function stranger(domain: string, publisherClass: 'S3' | 'S4'): Publisher {
  return { domain, name: domain, class: publisherClass, group: domain, vendor: null };
}

/** Names of models as a domain writes them: without signs, with their number (`gptimage2`). */
function modelNames(subjects: readonly Subject[]): readonly string[] {
  const names = subjects
    .filter(({ kind }) => kind === 'model' || kind === 'family')
    .map(({ id }) => id.replaceAll(/[^a-z0-9]/g, ''))
    .filter((name) => name.length >= SHORTEST_NAME && /^[a-z]{3,}/.test(name));
  return [...new Set([...names, ...OTHER_MODELS])];
}

function isNamedAfterModel(label: string, models: readonly string[]): boolean {
  const plain = label.replaceAll(/[^a-z0-9]/g, '');
  return models.some((name) => plain.includes(name));
}
