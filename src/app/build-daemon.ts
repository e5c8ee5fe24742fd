import type { Config } from '../config/config.ts';
import { type Daemon, startDaemon } from '../daemon/daemon.ts';
import type { ListenAddress } from '../daemon/health-server.ts';
import type { Runtime } from '../daemon/runtime.ts';
import { type Clock, systemClock } from '../domain/clock.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { channelsOf } from './build-channels.ts';
import { fetcherOf, sharedTurnsOf } from './build-fetcher.ts';
import { livePipeline, pipelineOver } from './build-pipeline.ts';
import { telemetryOf } from './build-telemetry.ts';
import { databaseOver, followedIn, watchlistOf } from './open-database.ts';
import { type AppOptions, configFor, limitsOf, storePlaces, storeUrl } from './options.ts';
import { type DatabaseClock, databaseClock, trustedClock } from './trusted-clock.ts';

/** What the command line may say beside the config. */
export interface DaemonOptions extends AppOptions {
  /** Answers /healthz, /readyz and /metrics here instead of where the config says. */
  port?: number;
  host?: string;
}

/** The daemon over the database of a config. Throws `ConfigError`, or `StoreError` when the database cannot be opened. */
export async function openDaemon(
  options: DaemonOptions,
  wallClock: Clock = systemClock,
): Promise<Daemon> {
  const config = await configFor(options);
  const store = await openStore({ ...storePlaces(options, config), integrity: 'full' });
  const common = await databaseClock(store, wallClock);
  const clock = trustedClock(common);
  const telemetry = await telemetryOf(config, options.environment);
  return startDaemon({
    ...{ store, clock, wallClock, alignClock: common.align, telemetry },
    readRuntime: () =>
      buildRuntime(options, { store, clock: { ...clock, error: common.error }, telemetry }),
    listenAddress: (read) => listenAddressOf(options, read),
    databaseUrl: (read) => storeUrl(options, read),
  });
}

interface Lasting {
  store: Store;
  clock: Clock & Pick<DatabaseClock, 'error'>;
  telemetry: Telemetry;
}

async function buildRuntime(
  options: AppOptions,
  { store, clock, telemetry }: Lasting,
): Promise<Runtime> {
  const database = await databaseOver(await configFor(options), store);
  const open = await pipelineOver(database, telemetry.trace);
  const { config } = open;
  const channels = channelsOf(config);
  const turns = sharedTurnsOf(store, clock, open.context.owner, clock.error);
  const fetcher = fetcherOf(config, clock, { robots: store.robotsFiles, ...turns });
  return {
    ...{ config, fetcher, channels, limits: limitsOf(config) },
    context: livePipeline(open, fetcher, clock),
    async readWatchlist() {
      const followed = await followedIn(config, store, open.names.names());
      open.watchlist = watchlistOf(config, followed);
      return open.watchlist;
    },
    wanted: new Set(),
    subjects: 0,
  };
}

/** Where others may look; the command line is asked before the config. Null for nowhere. */
function listenAddressOf({ port, host }: DaemonOptions, { daemon }: Config): ListenAddress | null {
  const asked = port ?? daemon.port;
  if (asked === undefined) return null;
  return { port: asked, host: host ?? daemon.host, isAsked: port !== undefined };
}
