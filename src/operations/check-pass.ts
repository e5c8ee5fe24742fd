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
import { closing } from '../domain/closing.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import type { Target } from '../domain/target.ts';
import type { Day } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import type { Store } from '../store/store.ts';
import type { Span } from '../tracing.ts';

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
  return closing(await telemetryOf(config, command.environment ?? {}), (telemetry) =>
    tracedPass(config, store, command, telemetry.trace),
  );
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
      await markAtRest(store, before, clock.now());
    }
    return { ...summary, deliveries, packages };
  } finally {
    await fetcher.close();
    await closeChannels(channels);
  }
}

/** What the newest version of a published package types, as the database has it. */
export interface PackageReport {
  package: string;
  version: string;
  /** The day in the package's own change log. */
  day: Day | null;
  integrity: string | null;
  models: readonly string[];
  /** Of the models, those that no catalogue held: the package itself revealed them. */
  discovered: readonly string[];
  /** This check found it changed. */
  isNew: boolean;
}

/** The packages among what was just checked well. */
async function packageReport(
  { store, reader, watchers }: Pick<PipelineContext, 'store' | 'reader' | 'watchers'>,
  reports: readonly CheckReport[],
): Promise<readonly PackageReport[]> {
  const found: PackageReport[] = [];
  for (const { target, error, changes } of reports) {
    const watcher = watchers.get(target.watcher);
    if (error !== null || watcher?.via !== 'npm') continue;
    const items = await lastRead(store, target, watcher);
    const version = items.find(({ fields }) => fields['version'] !== undefined);
    if (version === undefined) continue;
    const models = items.flatMap((item) => fieldOf(item, 'id') ?? []).sort();
    found.push({
      package: version.key.replace(/@[^@]*$/, ''),
      version: fieldOf(version, 'version') ?? '',
      day: version.published?.from.slice(0, 10) ?? null,
      integrity: fieldOf(version, 'integrity'),
      models,
      discovered: models.filter((id) => reader.subject(id)?.discovered != null),
      isNew: changes.length > 0,
    });
  }
  return found;
}

/** What the last answer holds; the database keeps what rolled off as it was last seen, so it is read from the bytes. */
async function lastRead(
  { snapshots }: Pick<Store, 'snapshots'>,
  { id, url }: Target,
  watcher: Watcher,
): Promise<readonly Item[]> {
  const kept = await snapshots.list(id);
  const last = kept.findLast(({ capture }) => capture.url === url);
  const body = last === undefined ? null : await snapshots.body(last.capture.bodyHash);
  if (last === undefined || body === null) return [];
  return watcher.extract({ ...last.capture, body });
}

function fieldOf({ fields }: Item, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}
