import { causeOf } from '../domain/target.ts';
import { dim, localTime, red, terminal, wrapped } from './print.ts';

/** An address that could not be read. */
export interface Fault {
  /** What people call it: `unreachable`, `blocked`, `off`. */
  state: string;
  host: string;
  /** How many addresses of the host are read. */
  atHost: number;
  why: string;
  since?: string;
}

/** How many of the addresses of a host a cause cuts off. */
interface HostShare {
  cut: number;
  read: number;
}

interface Cause {
  state: string;
  why: string;
  since: string | undefined;
  hosts: Map<string, HostShare>;
}

/** Hosts that are named before the rest is counted. */
const NAMED = 4;

/** What could not be read, by what was wrong: a cable that is pulled out is one line, however many addresses it cuts off. */
export function printTroubles(faults: readonly Fault[], addresses: number): void {
  const causes = new Map<string, Cause>();
  for (const { state, host, atHost, why, since } of faults) {
    const key = `${state} ${causeOf(why, host)}`;
    const cause = causes.get(key) ?? { state, why, since, hosts: new Map<string, HostShare>() };
    cause.hosts.set(host, { cut: (cause.hosts.get(host)?.cut ?? 0) + 1, read: atHost });
    if (since !== undefined && since < (cause.since ?? since)) cause.since = since;
    causes.set(key, cause);
  }
  const sorted = [...causes.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const cause of sorted) printCause(cause, addresses);
}

function sizeOf({ hosts }: Cause): number {
  return [...hosts.values()].reduce((sum, { cut }) => sum + cut, 0);
}

function printCause(cause: Cause, addresses: number): void {
  const { state, why, since, hosts } = cause;
  const size = sizeOf(cause);
  const isAll = hosts.size > NAMED && size > addresses / 2 && state !== 'off';
  const from = since === undefined ? '' : ` since ${localTime(since)}`;
  const head = `${state.replace('_', ' ')}${from}: ${placesOf(hosts, size)}`;
  const line = wrapped(isAll ? `no network, it seems; ${head}` : head, terminal.width, '  ');
  terminal.line(state === 'off' ? dim(line) : red(line));
  terminal.line(dim(`  ${wrapped(why, terminal.width - 2, '  ')}`));
}

/** A host is named alone only where all of it that is read is cut off. */
function placesOf(hosts: Cause['hosts'], size: number): string {
  const [only] = hosts;
  if (hosts.size === 1 && only !== undefined && only[1].cut < only[1].read) {
    return `${size} of ${only[1].read} addresses at ${only[0]}`;
  }
  const names = [...hosts]
    .sort(([, a], [, b]) => b.cut - a.cut)
    .map(([host, { cut, read }]) => (cut < read ? `${host} (${cut} of ${read})` : host));
  const rest = names.length - NAMED;
  const shown = rest > 0 ? [...names.slice(0, NAMED), `${rest} more hosts`] : names;
  const where =
    shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown[0];
  return size === 1 ? `${where}` : `${size} addresses of ${where}`;
}
