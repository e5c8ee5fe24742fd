import type { Config } from '../config/config.ts';
import { parseDuration } from '../core/schedule/duration.ts';
import type { Clock } from '../domain/clock.ts';
import { type OpenFetcher, openFetcher } from '../fetch/compose.ts';
import type { ThrottleOptions } from '../fetch/throttle.ts';
import { version } from './version.ts';

/** The fetcher a config asks for; a demo plays weeks in seconds and cannot wait for hosts that ask for quiet. */
export function fetcherOf(
  { fetch, openai }: Config,
  clock: Clock,
  throttle: ThrottleOptions = {},
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
    ...(total === null ? {} : { limits: { total } }),
    openai: { key: openai.apiKey ?? null, baseUrl: openai.baseUrl },
  });
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
