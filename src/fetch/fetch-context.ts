import type { Clock } from '../domain/clock.ts';
import type { Connector } from './connect.ts';
import type { Guard } from './guard.ts';
import type { FetchLimits } from './limits.ts';
import type { Robots } from './robots.ts';
import type { Throttle } from './throttle.ts';

/** What every way of fetching a page goes through: who we are, what may be reached, how fast and how much. */
export interface FetchContext {
  clock: Clock;
  /** The User-Agent, and the name that robots.txt knows us by. */
  agent: string;
  limits: FetchLimits;
  guard: Guard;
  connector: Connector;
  throttle: Throttle;
  robots: Robots;
  /** The pause after a request to this address's host, in milliseconds. */
  gapOf(url: URL, crawlDelay: number | null): number;
  /** The headers a person set for this address's host. */
  headersOf(url: URL): Readonly<Record<string, string>>;
  close(): Promise<void>;
}
