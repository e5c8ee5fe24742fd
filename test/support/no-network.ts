import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { afterEach } from 'vitest';

/**
 * Switches the network off for unit and golden tests: every socket, listener, datagram and name look-up fails at
 * once, and a test that tried fails even when the code under test swallowed the error. TLS, HTTP, global `fetch` and
 * undici all come down to these.
 */
const attempts: string[] = [];

/** The attempts since the last call; a test that means to try takes its own away. */
export function takeAttempts(): readonly string[] {
  return attempts.splice(0);
}

function refuse(what: string): (...details: readonly unknown[]) => never {
  return (...details) => {
    attempts.push(`${what} ${describeAddress(details)}`.trim());
    throw new Error(
      `The network is off in unit and golden tests (${attempts.at(-1)}). A test that needs it belongs in test/contract or test/integration.`,
    );
  };
}

/** The first argument that says where to: a host, a port or an options object; sockets pass theirs in an array. */
function describeAddress(details: readonly unknown[]): string {
  const first = Array.isArray(details[0]) ? details[0][0] : details[0];
  if (typeof first !== 'object' || first === null) return String(first ?? '');
  const { host, port, path } = first as Record<string, unknown>;
  return String(path ?? `${host ?? 'localhost'}:${port ?? ''}`);
}

/** Replaces the functions of `owner` that a pattern names, wherever on its own surface they stand. */
function switchOff(owner: object, label: string, names: RegExp): void {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (!names.test(name)) continue;
    Object.defineProperty(owner, name, { value: refuse(`${label}.${name}`), configurable: true });
  }
}

const LOOKUPS = /^(lookup|resolve|reverse)/;

switchOff(net.Socket.prototype, 'net.Socket', /^connect$/);
switchOff(net.Server.prototype, 'net.Server', /^listen$/);
switchOff(dgram.Socket.prototype, 'dgram.Socket', /^(send|connect|bind)$/);
switchOff(dns, 'dns', LOOKUPS);
switchOff(dns.promises, 'dns.promises', LOOKUPS);
switchOff(dns.Resolver.prototype, 'dns.Resolver', LOOKUPS);
switchOff(Object.getPrototypeOf(dns.Resolver.prototype), 'dns.Resolver', LOOKUPS);
switchOff(dns.promises.Resolver.prototype, 'dns.promises.Resolver', LOOKUPS);
switchOff(Object.getPrototypeOf(dns.promises.Resolver.prototype), 'dns.promises.Resolver', LOOKUPS);
syncBuiltinESMExports();

afterEach(() => {
  const tried = takeAttempts();
  if (tried.length > 0) {
    throw new Error(`This test tried to use the network: ${tried.join(', ')}.`);
  }
});
