import type { Config } from '../config/config.ts';
import { millisecondsIn, parseDuration } from '../core/schedule/duration.ts';
import type { Clock } from '../domain/clock.ts';
import { type FetcherOptions, type OpenFetcher, openFetcher } from '../fetch/open-fetcher.ts';
import type { RobotsMemory } from '../fetch/robots.ts';
import type { ThrottleOptions } from '../fetch/throttle.ts';
import { version } from '../package-root.ts';
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
