import type { Config } from '../config/config.ts';
import { parseDuration } from '../core/schedule/next-check.ts';
import type { Clock } from '../domain/clock.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { httpFetcher } from '../fetch/http.ts';
import { openAccess } from '../fetch/open-access.ts';
import type { ThrottleOptions } from '../fetch/throttle.ts';
import { version } from './version.ts';

/** The fetcher a config asks for; a demo plays weeks in seconds and cannot wait for hosts that ask for quiet. */
export function openFetcher(
  { fetch }: Config,
  clock: Clock,
  throttle: ThrottleOptions = {},
): Fetcher {
  const { contact, hosts, allow, headers, gap, timeout } = fetch;
  const total = parseDuration(timeout);
  return httpFetcher(
    openAccess({
      clock,
      agent: { version: version(), contact },
      hosts,
      allow,
      headers,
      gap: parseDuration(gap) ?? 0,
      throttle,
      ...(total === null ? {} : { limits: { total } }),
    }),
  );
}
