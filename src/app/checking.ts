import { parseDuration } from '../core/schedule/next-check.ts';
import { type DispatchCounts, dispatch } from '../deliver/dispatch.ts';
import { closeChannels } from '../deliver/registry.ts';
import { systemClock } from '../domain/clock.ts';
import { NotFoundError } from '../domain/errors.ts';
import { httpFetcher } from '../fetch/http.ts';
import { openAccess } from '../fetch/open-access.ts';
import type { CheckReport } from '../pipeline/check.ts';
import { channelsOf } from './channels.ts';
import { liveLine, openLine } from './line.ts';
import type { AppOptions } from './options.ts';
import { type PassSummary, runPass } from './pass.ts';
import { version } from './version.ts';

export interface CheckCommand {
  watchers: readonly string[];
  due: boolean;
  signal: AbortSignal;
  onChecked(report: CheckReport): void;
}

export interface CheckSummary extends PassSummary {
  deliveries: DispatchCounts;
}

/** One pass on the live web with the deliveries it led to: what cron, a timer or a CI schedule calls. */
export async function runCheck(options: AppOptions, command: CheckCommand): Promise<CheckSummary> {
  const open = await openLine(options);
  try {
    for (const id of command.watchers) {
      if (open.line.watchers.has(id)) continue;
      throw new NotFoundError(
        `There is no watcher ${id}.`,
        [...open.line.watchers.keys()].filter((known) => known.includes(id)),
      );
    }
    const channels = channelsOf(open.config);
    const { contact, hosts, allow, headers, gap, timeout } = open.config.fetch;
    const fetcher = httpFetcher(
      openAccess({
        clock: systemClock,
        agent: { version: version(), contact },
        hosts,
        allow,
        headers,
        gap: parseDuration(gap) ?? 0,
        limits: { total: parseDuration(timeout) ?? 0 },
      }),
    );
    try {
      const summary = await runPass(liveLine(open, fetcher), open.watchlist, command);
      const { owner, jitter } = open.line;
      const { outbox } = open.store;
      const deliveries = await dispatch(outbox, channels, systemClock, command.signal, {
        owner,
        random: jitter,
      });
      return { ...summary, deliveries };
    } finally {
      await fetcher.close();
      await closeChannels(channels);
    }
  } finally {
    await open.close();
  }
}
