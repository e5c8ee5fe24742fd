import type { Clock } from '../domain/clock.ts';
import { type FetchLimits, hostKey, openConnector, USUAL_LIMITS } from './connect.ts';
import type { FetchContext } from './fetch-context.ts';
import { followRedirects } from './follow-redirects.ts';
import type { ResolveName } from './guard.ts';
import { openGuard } from './guard.ts';
import { openRobots, type RobotsMemory } from './robots.ts';
import { openThrottle, type ThrottleOptions } from './throttle.ts';

export interface FetchContextOptions {
  clock: Clock;
  /** Our version and, for the people behind the hosts we ask, an address or page where they reach us. */
  agent: { version: string; contact: string | null };
  /** Host -> local origin that takes its place; the host keeps its name, its scheme and its publisher. */
  hosts?: Readonly<Record<string, string>>;
  /** Host names, addresses and ranges that may be reached although they are private. */
  allow?: readonly string[];
  /** Host -> headers to send there, secrets already filled in. Sent over TLS, to stand-ins and to allowed hosts only. */
  headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  limits?: Partial<FetchLimits>;
  /** The least pause after each request to one host, in milliseconds; none for stand-ins. */
  gap?: number;
  throttle?: ThrottleOptions;
  resolve?: ResolveName;
  /** Where robots.txt files are kept from one process to the next. */
  robots?: RobotsMemory;
  /** Told what time each answer says it is; see `FetchContext`. */
  heard?: FetchContext['heard'];
}

const USUAL_GAP = 1000;
/** A crawl-delay beyond this, in milliseconds, is cut: the interval between checks is longer anyway. */
const LONGEST_CRAWL_DELAY = 60_000;

export function openFetchContext(options: FetchContextOptions): FetchContext {
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const guard = openGuard({
    allow: options.allow ?? [],
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  const connector = openConnector({ guard, limits, hosts: options.hosts ?? {} });
  const gap = options.gap ?? USUAL_GAP;
  const headers = new Map(
    Object.entries(options.headers ?? {}).map(([host, named]) => [hostKey(host), named]),
  );
  const agent = userAgent(options.agent);
  const context: FetchContext = {
    clock: options.clock,
    agent,
    limits,
    guard,
    connector,
    throttle: openThrottle(options.throttle),
    robots: openRobots({
      agent,
      clock: options.clock,
      ...(options.robots === undefined ? {} : { memory: options.robots }),
      ask: (url) =>
        followRedirects(context, url, {
          signal: AbortSignal.timeout(limits.total),
          headers: {},
          obeyRobots: false,
        }),
    }),
    gapOf(url, crawlDelay) {
      if (connector.localOrigin(url) !== null) return 0;
      return Math.max(gap, Math.min(crawlDelay ?? 0, LONGEST_CRAWL_DELAY));
    },
    headersOf(url) {
      const trusted =
        url.protocol === 'https:' ||
        connector.localOrigin(url) !== null ||
        guard.isAllowed(url.hostname);
      return trusted ? (headers.get(url.host) ?? {}) : {};
    },
    heard: options.heard ?? (() => true),
    close: () => connector.close(),
  };
  return context;
}

/** `firsthand/0.1.0 (+contact)`: honest, and a way to reach the people who run it. */
function userAgent(agent: FetchContextOptions['agent']): string {
  const contact = agent.contact === null ? '' : ` (+${agent.contact})`;
  return `firsthand/${agent.version}${contact}`;
}
