import type { Config } from '../config/config.ts';
import { parseDuration } from '../core/schedule/next-check.ts';
import type { Clock } from '../domain/clock.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { httpFetcher } from '../fetch/http.ts';
import { openAccess } from '../fetch/open-access.ts';
import { version } from './version.ts';

/** The fetcher a config asks for. */
export function openFetcher({ fetch }: Config, clock: Clock): Fetcher {
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
      ...(total === null ? {} : { limits: { total } }),
    }),
  );
}
