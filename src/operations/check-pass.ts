import { groundOfPass, markAtRest } from '../app/at-rest.ts';
import { channelsOf } from '../app/build-channels.ts';
import { fetcherOf, sharedTurnsOf } from '../app/build-fetcher.ts';
import { livePipeline, pipelineOver } from '../app/build-pipeline.ts';
import { telemetryOf } from '../app/build-telemetry.ts';
import { databaseOver } from '../app/open-database.ts';
import { limitsOf } from '../app/options.ts';
import { databaseClock, trustedClock } from '../app/trusted-clock.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/secrets.ts';
import { type RunSummary, runOnce } from '../daemon/check-once.ts';
import { logCheck } from '../daemon/check-target.ts';
import { deliverDue } from '../daemon/delivery-loop.ts';
import type { DispatchCounts } from '../deliver/dispatch.ts';
import { closeChannels } from '../deliver/registry.ts';
import type { CheckReport } from '../domain/check-report.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Store } from '../store/store.ts';
import type { Span } from '../tracing.ts';
import { type PackageReport, packageReport } from './package-report.ts';

export interface CheckCommand {
  watchers: readonly string[];
  due: boolean;
  signal: AbortSignal;
  /** Where the usual variables of OpenTelemetry are looked for. */
  environment?: Environment;
  /** Told of each check instead of the log. */
  onChecked?(report: CheckReport): void;
}

export interface CheckSummary extends RunSummary {
  deliveries: DispatchCounts;
  packages: readonly PackageReport[];
}

/** A pass over an open database, which stays open. */
export async function passOver(
  config: Config,
  store: Store,
  command: CheckCommand,
): Promise<CheckSummary> {
  const telemetry = await telemetryOf(config, command.environment ?? {});
  try {
    return await tracedPass(config, store, command, telemetry.trace);
  } finally {
    await telemetry.close();
  }
}

async function tracedPass(
  config: Config,
  store: Store,
  command: CheckCommand,
  trace: Span,
): Promise<CheckSummary> {
  const open = await pipelineOver(await databaseOver(config, store), trace);
  for (const id of command.watchers) {
    if (open.context.watchers.has(id)) continue;
    throw new NotFoundError(
      `There is no watcher ${id}.`,
      [...open.context.watchers.keys()].filter((known) => known.includes(id)),
    );
  }
  const channels = channelsOf(config);
  const common = await databaseClock(store);
  const clock = trustedClock(common);
  const turns = sharedTurnsOf(store, clock, open.context.owner, common.error);
  const fetcher = fetcherOf(config, clock, { robots: store.robotsFiles, ...turns });
  try {
    const { concurrency, deadline } = limitsOf(config);
    const { onChecked = (report) => logCheck(open.log, report), signal } = command;
    const before = await groundOfPass(config, store);
    const summary = await runOnce(livePipeline(open, fetcher, clock), open.watchlist, {
      ...{ ...command, concurrency, deadline, onChecked },
    });
    const packages = await packageReport(open.context, summary.reports);
    const deliveries = await deliverDue(open.context, channels, clock, signal);
    // Only a pass that learned of no subject has registered all that there is to read.
    if (!signal.aborted && (await groundOfPass(config, store)) === before) {
      await markAtRest(store, before);
    }
    return { ...summary, deliveries, packages };
  } finally {
    await fetcher.close();
    await closeChannels(channels);
  }
}
