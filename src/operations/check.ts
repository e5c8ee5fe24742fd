import { channelsOf } from '../app/build-channels.ts';
import { fetcherOf } from '../app/build-fetcher.ts';
import { livePipeline, openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { limitsOf } from '../app/options.ts';
import { trustedClock } from '../app/trusted-clock.ts';
import { type RunSummary, runOnce } from '../daemon/check-once.ts';
import { deliverDue } from '../daemon/deliver-due.ts';
import { logCheck } from '../daemon/log-check.ts';
import type { DispatchCounts } from '../deliver/dispatch.ts';
import { closeChannels } from '../deliver/registry.ts';
import type { CheckReport } from '../domain/check-report.ts';
import { systemClock } from '../domain/clock.ts';
import { NotFoundError } from '../domain/errors.ts';
import { type PackageReport, packageReport } from './package-report.ts';

export interface CheckCommand {
  watchers: readonly string[];
  due: boolean;
  signal: AbortSignal;
  /** Told of each check instead of the log. */
  onChecked?(report: CheckReport): void;
}

export interface CheckSummary extends RunSummary {
  deliveries: DispatchCounts;
  packages: readonly PackageReport[];
}

/** One pass on the live web with the deliveries it led to: what cron, a timer or a CI schedule calls. */
export async function runCheck(options: AppOptions, command: CheckCommand): Promise<CheckSummary> {
  const open = await openPipeline(options);
  try {
    for (const id of command.watchers) {
      if (open.context.watchers.has(id)) continue;
      throw new NotFoundError(
        `There is no watcher ${id}.`,
        [...open.context.watchers.keys()].filter((known) => known.includes(id)),
      );
    }
    const channels = channelsOf(open.config);
    const clock = trustedClock(systemClock);
    const fetcher = fetcherOf(open.config, clock, { robots: open.store.robotsFiles });
    try {
      const { concurrency, deadline } = limitsOf(open.config);
      const { onChecked = (report) => logCheck(open.log, report) } = command;
      const options = { ...command, concurrency, deadline, onChecked };
      const context = livePipeline(open, fetcher, clock);
      const summary = await runOnce(context, open.watchlist, options);
      const packages = await packageReport(context, summary.reports);
      const deliveries = await deliverDue(open.context, channels, clock, command.signal);
      return { ...summary, deliveries, packages };
    } finally {
      await fetcher.close();
      await closeChannels(channels);
    }
  } finally {
    await open.close();
  }
}
