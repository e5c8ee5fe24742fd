import type { Config } from '../config/config.ts';
import { millisecondsIn, parseDuration } from '../core/schedule/timetable.ts';
import type { Clock } from '../domain/clock.ts';
import { elapsed, MINUTE, plus } from '../domain/time.ts';
import { type FetcherOptions, type OpenFetcher, openFetcher } from '../fetch/open-fetcher.ts';
import type { RobotsMemory } from '../fetch/robots.ts';
import type { SharedTurns, ThrottleOptions } from '../fetch/throttle.ts';
import { version } from '../package-root.ts';
import type { Store } from '../store/store.ts';
import type { TrustedClock } from './trusted-clock.ts';

/** The fetcher a config asks for; a demo plays weeks in seconds and cannot wait for hosts that ask for quiet. */
export function fetcherOf(
  { fetch, openai }: Config,
  clock: Clock & Partial<TrustedClock>,
  { robots, ...throttle }: ThrottleOptions & { robots?: RobotsMemory } = {},
): OpenFetcher {
  const { contact, hosts, allow, headers, gap, timeout } = fetch;
  const total = parseDuration(timeout);
  return openFetcher({
    clock,
    agent: { version: version(), contact },
    hosts,
    allow,
    headers: given(headers),
    gap: parseDuration(gap) ?? 0,
    throttle,
    ...(robots === undefined ? {} : { robots }),
    ...(clock.heard === undefined ? {} : { heard: clock.heard }),
    ...(total === null ? {} : { limits: { total } }),
    modelList: { key: openai.apiKey ?? null, baseUrl: openai.baseUrl },
    ...modelOf(openai),
  });
}

/** The client wants some key, and a server of one's own that asks for none ignores it. */
const NO_KEY = 'none';

function modelOf(openai: Config['openai']): Pick<FetcherOptions, 'model'> {
  const { reading, baseUrl } = openai;
  if (reading === undefined) return {};
  const timeout = millisecondsIn(reading.timeout);
  return { model: { key: readingKey(openai), baseUrl: reading.baseUrl ?? baseUrl, timeout } };
}

/** The key a model is asked with: that of one server goes to no other. Null when it is not set. */
export function readingKey({ reading, apiKey }: Config['openai']): string | null {
  const usual = reading?.baseUrl === undefined ? (apiKey ?? null) : NO_KEY;
  return reading?.apiKey ?? usual;
}

/** Without the headers whose variable is not set. */
function given(
  headers: Config['fetch']['headers'],
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.entries(headers).map(([host, named]) => [
      host.toLowerCase(),
      Object.fromEntries(
        Object.entries(named).filter((one): one is [string, string] => one[1] !== undefined),
      ),
    ]),
  );
}

/** A turn whose owner is gone ends after this, in milliseconds: longer than one request may take. */
const LONGEST_TURN = MINUTE;

/**
 * The turns at hosts that all who work on a database share; none where a process works alone. `error` is how far the
 * clock may be from theirs, in milliseconds: a pause lasts longer by it, so that it is kept by whichever clock.
 */
export function sharedTurnsOf(
  { isShared, hostTurns }: Pick<Store, 'isShared' | 'hostTurns'>,
  clock: Clock,
  owner: string,
  error: () => number = () => 0,
): { shared?: SharedTurns } {
  if (!isShared) return {};
  return {
    shared: {
      async take(host, visit) {
        const now = plus(clock.now(), -error());
        const turn = { now, until: plus(now, LONGEST_TURN), goesOn: visit === 'goes-on' };
        const refusal = await hostTurns.take(host, owner, turn);
        if (refusal === null) return null;
        return { isPause: refusal.isPause, wait: Math.max(1, elapsed(now, refusal.until)) };
      },
      giveBack: (host, pause) =>
        hostTurns.giveBack(host, owner, plus(clock.now(), pause + error())),
    },
  };
}
