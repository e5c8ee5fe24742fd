import { dim, localTime, red, terminal, wrapped } from './print.ts';

/** An address that could not be read. */
export interface Fault {
  /** What people call it: `unreachable`, `blocked`, `off`. */
  state: string;
  host: string;
  why: string;
  since?: string;
}

interface Cause {
  state: string;
  why: string;
  since: string | undefined;
  /** Addresses by host. */
  hosts: Map<string, number>;
}

/** Hosts that are named before the rest is counted. */
const NAMED = 4;

/** What could not be read, by what was wrong: a cable that is pulled out is one line, however many addresses it cuts off. */
export function printTroubles(faults: readonly Fault[], addresses: number): void {
  const causes = new Map<string, Cause>();
  for (const { state, host, why, since } of faults) {
    const key = `${state} ${why.replaceAll(host, '').replace(/ That was tried just now\.$/, '')}`;
    const cause = causes.get(key) ?? { state, why, since, hosts: new Map<string, number>() };
    cause.hosts.set(host, (cause.hosts.get(host) ?? 0) + 1);
    if (since !== undefined && since < (cause.since ?? since)) cause.since = since;
    causes.set(key, cause);
  }
  const sorted = [...causes.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const cause of sorted) printCause(cause, addresses);
}

function sizeOf({ hosts }: Cause): number {
  return [...hosts.values()].reduce((sum, count) => sum + count, 0);
}

function printCause(cause: Cause, addresses: number): void {
  const { state, why, since, hosts } = cause;
  const size = sizeOf(cause);
  const isAll = hosts.size > NAMED && size > addresses / 2 && state !== 'off';
  const from = since === undefined ? '' : ` since ${localTime(since)}`;
  const count = size === 1 ? '' : `${size} addresses of `;
  const names = [...hosts].sort(([, a], [, b]) => b - a).map(([host]) => host);
  const rest = names.length - NAMED;
  const shown = rest > 0 ? [...names.slice(0, NAMED), `${rest} more hosts`] : names;
  const where =
    shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown[0];
  const head = `${state.replace('_', ' ')}${from}: ${count}${where}`;
  const line = wrapped(isAll ? `no network, it seems; ${head}` : head, terminal.width, '  ');
  terminal.line(state === 'off' ? dim(line) : red(line));
  terminal.line(dim(`  ${wrapped(why, terminal.width - 2, '  ')}`));
}
