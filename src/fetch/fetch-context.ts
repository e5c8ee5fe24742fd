import type { Clock } from '../domain/clock.ts';
import type { Connector, FetchLimits } from './connect.ts';
import type { Guard } from './guard.ts';
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
  /** Takes in what time an answer says it is; false when it must not be stored under the time of this machine. */
  heard(host: string, headers: Readonly<Record<string, string>>): boolean;
  close(): Promise<void>;
}
