import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import pTimeout from 'p-timeout';
import { FetchError } from '../domain/errors.ts';

export type Address = LookupAddress;

export type ResolveName = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where names lie that a proxy resolves for itself, as far as that can be told from here. */
export interface Names {
  /** Empty when the name is not known here, or nobody says so in time. */
  addresses(host: string): Promise<readonly Address[]>;
}

/** How long a resolver may take, in milliseconds. */
const TIMEOUT = 3000;
/** How long a name that was not known is not asked for again: where there is no resolver, one wait has to do. */
const ASK_AGAIN = 600_000;
const MOST_KEPT = 1000;

function openNames(resolve: ResolveName): Names {
  const unknown = new Map<string, number>();

  function ask(host: string): Promise<readonly Address[]> {
    return new Promise((resolved) => {
      resolve(host, { all: true }, (error, found = []) => resolved(error ? [] : found));
    });
  }

  return {
    async addresses(host) {
      const asked = unknown.get(host);
      if (asked !== undefined && performance.now() - asked < ASK_AGAIN) return [];
      const found = await pTimeout(ask(host), { milliseconds: TIMEOUT, fallback: () => [] });
      if (found.length > 0) return found;
      if (unknown.size >= MOST_KEPT) unknown.clear();
      unknown.set(host, performance.now());
      return [];
    },
  };
}

/** Keeps requests away from addresses that are not the public internet, whoever names them. */
export interface Guard {
  /**
   * Throws `FetchError` of kind forbidden-address for an address that must not be asked: a private one, or a name that
   * only a network of its own knows. Other names pass: `lookup` sees to them.
   */
  check(url: URL): void;
  /**
   * The same, and where a proxy would resolve the name it is resolved here first: one that lies inside is refused
   * before the proxy is asked. A name that cannot be resolved here passes, for the proxy may know it.
   */
  admit(url: URL, connector: { proxy(url: URL): URL | null }): Promise<void>;
  /** Resolves names for a connector and refuses a name when any of its addresses is forbidden. */
  lookup: LookupFunction;
  /** A person listed this host as one that may be reached wherever it is. */
  isAllowed(hostname: string): boolean;
}

export interface GuardOptions {
  /** Host names, addresses and ranges (`10.0.0.0/8`) that may be reached although they are private. */
  allow: readonly string[];
  resolve?: ResolveName;
}

/** Special addresses that ipaddr.js counts as ordinary ones. */
const SPECIAL: readonly [ReturnType<typeof ipaddr.parseCIDR>, string][] = [
  // IPv4 addresses in the old IPv6 notation `::7f00:1`.
  [ipaddr.parseCIDR('::/96'), 'embedded IPv4'],
  // The address under which a large cloud serves its metadata and its agents.
  [ipaddr.parseCIDR('168.63.129.16/32'), 'cloud metadata'],
];

/** The name of the range that makes an address off limits; null for a public one. */
function forbiddenRange(address: string): string | null {
  if (!ipaddr.isValid(address)) return 'unreadable';
  const parsed = ipaddr.parse(address);
  const special = SPECIAL.find(([range]) => isWithin(parsed, range));
  if (special !== undefined) return special[1];
  const range = parsed.range();
  return range === 'unicast' ? null : range;
}

type IpAddress = ReturnType<typeof ipaddr.parse>;
type Range = ReturnType<typeof ipaddr.parseCIDR>;

function isWithin(address: IpAddress, range: Range): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}

interface AllowList {
  /** A person listed this host by its name or by its address. */
  allows(host: string): boolean;
  allowsName(host: string): boolean;
}

function allowList(entries: readonly string[]): AllowList {
  const names = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (ipaddr.isValid(entry)) ranges.push(wholeAddress(entry));
    else names.add(hostnameKey(entry));
  }
  const inRange = (host: string) => {
    if (!ipaddr.isValid(host)) return false;
    const parsed = ipaddr.parse(host);
    return ranges.some((range) => isWithin(parsed, range));
  };
  return {
    allows: (host) => names.has(host) || inRange(host),
    allowsName: (host) => names.has(host),
  };
}

export function openGuard(options: GuardOptions): Guard {
  const allowed = allowList(options.allow);
  const resolve = options.resolve ?? ((name, how, done) => resolveName(name, how, done));
  const names = openNames(resolve);

  function check(url: URL): void {
    refuseOddAddress(url);
    const host = bareHost(url.hostname);
    if (allowed.allows(host)) return;
    const reason = ipaddr.isValid(host) ? forbiddenRange(host) : localName(host);
    if (reason !== null) throw refusal(host, host, reason);
  }

  /** The refusal of a name when one of its addresses is off limits; one public address beside it does not help. */
  function refusalOf(hostname: string, addresses: readonly Address[]): FetchError | null {
    if (allowed.allowsName(bareHost(hostname))) return null;
    for (const { address } of addresses) {
      const reason = allowed.allows(address) ? null : forbiddenRange(address);
      if (reason !== null) return refusal(hostname, address, reason);
    }
    return null;
  }

  async function admit(url: URL, connector: { proxy(url: URL): URL | null }): Promise<void> {
    check(url);
    const host = bareHost(url.hostname);
    if (ipaddr.isValid(host) || connector.proxy(url) === null) return;
    const refused = refusalOf(host, await names.addresses(host));
    if (refused !== null) throw refused;
  }

  const lookup: LookupFunction = (hostname, wanted, callback) => {
    resolve(hostname, { ...wanted, all: true }, (error, addresses = []) => {
      const refused = error ?? refusalOf(hostname, addresses);
      const [first] = addresses;
      if (refused !== null) callback(refused, []);
      else if (wanted.all || first === undefined) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  return { check, admit, lookup, isAllowed: (hostname) => allowed.allows(bareHost(hostname)) };
}

function refuseOddAddress(url: URL): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError('forbidden-address', `${url.href} is neither http nor https.`);
  }
  if (url.username === '' && url.password === '') return;
  throw new FetchError(
    'forbidden-address',
    `An address with a name or password in it is not fetched (${url.host}).`,
  );
}

/** Endings that no public name has: special use (RFC 6761, 6762, 8375), private use by ICANN, and habit. */
const LOCAL_ENDINGS: ReadonlySet<string> = new Set([
  ...['localhost', 'local', 'internal', 'home.arpa', 'localdomain'],
  ...['lan', 'intranet', 'private', 'corp', 'home'],
]);

/** Why a name is of a network of its own; null for a public one. */
function localName(host: string): string | null {
  const labels = host.split('.');
  if (labels.length === 1) return LOCAL_ENDINGS.has(host) ? 'local name' : 'name without a domain';
  const endings = [labels.at(-1), labels.slice(-2).join('.')];
  return endings.some((ending) => LOCAL_ENDINGS.has(ending ?? '')) ? 'local name' : null;
}

/** An allowed name as addresses write it. */
function hostnameKey(entry: string): string {
  const address = `https://${entry}`;
  return bareHost(URL.canParse(address) ? new URL(address).hostname : entry);
}

/** A host without the brackets of IPv6 and the dot of a full name. */
function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase();
}

function wholeAddress(address: string): Range {
  const parsed = ipaddr.parse(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128] as Range;
}

function refusal(host: string, address: string, range: string): FetchError {
  const where = host === address ? host : `${host} is at ${address}, which`;
  return new FetchError(
    'forbidden-address',
    `${where} is not on the public internet (${range}); if it may be reached, list it under fetch.allow.`,
  );
}
