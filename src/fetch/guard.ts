import { type LookupAddress, type LookupAllOptions, lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { FetchError } from '../domain/errors.ts';

export type ResolveName = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Keeps requests away from addresses that are not the public internet, whoever names them. */
export interface Guard {
  /** Throws `FetchError` of kind forbidden-address for an address that must not be asked. Names pass: `lookup` sees to them. */
  check(url: URL): void;
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

type Address = ReturnType<typeof ipaddr.parse>;
type Range = ReturnType<typeof ipaddr.parseCIDR>;

function isWithin(address: Address, range: Range): boolean {
  return address.kind() === range[0].kind() && address.match(range);
}

export function openGuard(options: GuardOptions): Guard {
  const names = new Set<string>();
  const ranges: Range[] = [];
  for (const entry of options.allow) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (ipaddr.isValid(entry)) ranges.push(wholeAddress(entry));
    else names.add(entry.toLowerCase());
  }
  const resolve = options.resolve ?? ((name, how, done) => resolveName(name, how, done));

  function isAllowedAddress(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.parse(address);
    return ranges.some((range) => isWithin(parsed, range));
  }

  function isAllowed(hostname: string): boolean {
    const bare = bareHost(hostname);
    return names.has(bare) || isAllowedAddress(bare);
  }

  function reasonAgainst(address: string): string | null {
    return isAllowedAddress(address) ? null : forbiddenRange(address);
  }

  function check(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new FetchError('forbidden-address', `${url.href} is neither http nor https.`);
    }
    if (url.username !== '' || url.password !== '') {
      throw new FetchError(
        'forbidden-address',
        `An address with a name or password in it is not fetched (${url.host}).`,
      );
    }
    const host = bareHost(url.hostname);
    const reason = ipaddr.isValid(host) ? reasonAgainst(host) : null;
    if (reason !== null) throw refusal(host, host, reason);
  }

  /** The refusal of a name when one of its addresses is off limits; one public address beside it does not help. */
  function refusalOf(hostname: string, addresses: readonly LookupAddress[]): FetchError | null {
    if (names.has(bareHost(hostname))) return null;
    for (const { address } of addresses) {
      const reason = reasonAgainst(address);
      if (reason !== null) return refusal(hostname, address, reason);
    }
    return null;
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

  return { check, lookup, isAllowed };
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
