import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { LARGEST_BODY } from '../domain/capture.ts';
import { proxyFor } from '../proxy.ts';
import type { Guard } from './guard.ts';

/** What one fetch may cost at most. Times in milliseconds, sizes in bytes. */
export interface FetchLimits {
  /** To open a connection, the handshake of TLS included. */
  connect: number;
  /** From the request to the first line of the answer. */
  headers: number;
  /** Between two pieces of a body. */
  idle: number;
  /** The whole exchange, redirects included, the wait for the host's turn not. */
  total: number;
  /** As sent, compressed or not. */
  wireBytes: number;
  /** After decompression. */
  bodyBytes: number;
  /** The head of an answer: policies and cookies of large sites take more than the 16 KB that are usual. */
  headerBytes: number;
  /** Redirects followed. */
  redirects: number;
}

const SECOND = 1000;
const MEGABYTE = 1024 * 1024;

export const USUAL_LIMITS: FetchLimits = {
  connect: 10 * SECOND,
  headers: 20 * SECOND,
  idle: 15 * SECOND,
  total: 60 * SECOND,
  wireBytes: 10 * MEGABYTE,
  bodyBytes: LARGEST_BODY,
  headerBytes: 64 * 1024,
  redirects: 8,
};

/** Where a request really goes, and over what. */
export interface UpstreamRoute {
  origin: string;
  dispatcher: Dispatcher;
  /** The guard of names where the host itself is asked. */
  lookup?: LookupFunction;
  /** A proxy stands between, which reads the answer first. */
  proxied: boolean;
}

/**
 * Decides how an address is reached: a stand-in on this machine for the hosts that have one, a proxy where the
 * environment names one (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), else the host itself under the guard.
 * Always HTTP/1.1: some hosts refuse a program that negotiates HTTP/2 (sources.md 1.0).
 */
export interface Connector {
  route(url: URL): UpstreamRoute;
  /** The local origin that answers for a host; null for the hosts that answer for themselves. */
  localOrigin(url: URL): string | null;
  /** The proxy that the environment names for an address; null for none. */
  proxy(url: URL): URL | null;
  close(): Promise<void>;
}

export interface ConnectorOptions {
  guard: Guard;
  /** Host (with its port, if it has one) -> local origin that takes its place. */
  hosts: Readonly<Record<string, string>>;
  limits: FetchLimits;
}

export function openConnector(options: ConnectorOptions): Connector {
  const { guard, limits } = options;
  const localOrigins = new Map(
    Object.entries(options.hosts).map(([host, to]) => [hostKey(host), new URL(to).origin]),
  );
  const timing = timingOf(limits);
  const connect = { timeout: limits.connect };
  const outward = new Agent({ ...timing, connect: { ...connect, lookup: guard.lookup } });
  const local = new Agent({ ...timing, connect });
  const proxied = new Map<string, ProxyAgent>();

  function through(proxy: URL): ProxyAgent {
    const known = proxied.get(proxy.href);
    const agent = known ?? proxyAgent(proxy, limits);
    proxied.set(proxy.href, agent);
    return agent;
  }

  function localOrigin(url: URL): string | null {
    return localOrigins.get(url.host) ?? null;
  }

  function proxy(url: URL): URL | null {
    if (guard.isAllowed(url.hostname)) return null;
    return proxyFor(url.href);
  }

  function route(url: URL): UpstreamRoute {
    const origin = localOrigin(url);
    if (origin !== null) return { origin, dispatcher: local, proxied: false };
    const via = proxy(url);
    if (via !== null) return { origin: url.origin, dispatcher: through(via), proxied: true };
    return { origin: url.origin, dispatcher: outward, lookup: guard.lookup, proxied: false };
  }

  async function close(): Promise<void> {
    const all: Dispatcher[] = [outward, local, ...proxied.values()];
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  return { localOrigin, proxy, route, close };
}

function timingOf(limits: FetchLimits) {
  return {
    allowH2: false,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headers,
    bodyTimeout: limits.idle,
  };
}

/** A proxy is trusted, often on a private address, and it alone resolves the names: no guard on the way to it. */
function proxyAgent(proxy: URL, limits: FetchLimits): ProxyAgent {
  const tls = { timeout: limits.connect };
  return new ProxyAgent({
    ...timingOf(limits),
    uri: proxy.href,
    proxyTunnel: false,
    proxyTls: tls,
    requestTls: tls,
  });
}

/** A host as addresses write it, whatever its letters: `Bücher.example` is `xn--bcher-kva.example`. */
export function hostKey(host: string): string {
  const address = `https://${host}`;
  return URL.canParse(address) ? new URL(address).host : host.toLowerCase();
}
