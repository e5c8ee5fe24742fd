import { channelsOf } from '../app/build-channels.ts';
import { fetcherOf } from '../app/build-fetcher.ts';
import { livePipeline, type OpenPipeline, pipelineOver } from '../app/build-pipeline.ts';
import { type Limits, limitsOf } from '../app/limits.ts';
import { databaseOver } from '../app/open-database.ts';
import { type AppOptions, configFor } from '../app/options.ts';
import { followedIn, watchlistOf } from '../app/watchlist.ts';
import type { OpenChannel } from '../deliver/pass.ts';
import { closeChannels } from '../deliver/registry.ts';
import type { Clock } from '../domain/clock.ts';
import type { TargetId } from '../domain/ids.ts';
import type { OpenFetcher } from '../fetch/open-fetcher.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { learnStoredSubjects } from '../pipeline/judge-subjects.ts';
import { registerTargets } from '../pipeline/targets.ts';
import type { Store } from '../store/store.ts';

/** One reading of the config, with everything that was built from it; a reload makes the next one. */
export interface Runtime {
  open: OpenPipeline;
  context: PipelineContext;
  fetcher: OpenFetcher;
  channels: ReadonlyMap<string, OpenChannel>;
  limits: Limits;
  /** What is to be read, as it was last registered. */
  wanted: ReadonlySet<TargetId>;
  /** How many subjects were known by then. */
  subjects: number;
}

export interface Runtimes {
  now(): Runtime;
  /** Runs work on the runtime of the moment, which is closed after its last work. */
  use<T>(work: (runtime: Runtime) => Promise<T>): Promise<T>;
  /** Reads the config again. Throws `ConfigError`, and goes on as before, when it cannot be used. */
  reload(): Promise<void>;
  /** Closes the last runtime when its work has ended. */
  close(): Promise<void>;
}

export async function openRuntimes(
  options: AppOptions,
  store: Store,
  clock: Clock,
): Promise<Runtimes> {
  const uses = new Map<Runtime, number>();
  const build = async () => {
    const built = await buildRuntime(options, store, clock);
    uses.set(built, 1);
    return built;
  };
  let current = await build();

  async function letGo(runtime: Runtime): Promise<void> {
    const left = (uses.get(runtime) ?? 1) - 1;
    uses.set(runtime, left);
    if (left > 0) return;
    uses.delete(runtime);
    await closeChannels(runtime.channels);
    await runtime.fetcher.close();
  }

  return {
    now: () => current,
    async use(work) {
      const runtime = current;
      uses.set(runtime, (uses.get(runtime) ?? 0) + 1);
      try {
        return await work(runtime);
      } finally {
        await letGo(runtime);
      }
    },
    async reload() {
      const before = current;
      current = await build();
      await letGo(before);
    },
    close: () => letGo(current),
  };
}

async function buildRuntime(options: AppOptions, store: Store, clock: Clock): Promise<Runtime> {
  const open = await pipelineOver(await databaseOver(await configFor(options), store));
  const channels = channelsOf(open.config);
  const fetcher = fetcherOf(open.config, clock, { robots: store.robotsFiles });
  const runtime: Runtime = {
    ...{ open, fetcher, channels, limits: limitsOf(open.config) },
    context: livePipeline(open, fetcher, clock),
    wanted: new Set(),
    subjects: 0,
  };
  await refresh(runtime);
  return runtime;
}

/** Brings a runtime up to date with the database: who is followed, what others found, what is to be read. */
export async function refresh(runtime: Runtime): Promise<void> {
  const { context, open } = runtime;
  const mended = await context.store.maintenance.repairClockSkew(context.clock.now());
  if (mended > 0) context.log.warn({ rows: mended }, 'times mended that a wrong clock had set');
  await learnStoredSubjects(context);
  const followed = await followedIn(open.config, context.store, open.names.names());
  open.watchlist = watchlistOf(open.config, followed);
  const { wanted } = await registerTargets(context, open.watchlist);
  runtime.wanted = wanted;
  runtime.subjects = context.reader.subjects().length;
}
