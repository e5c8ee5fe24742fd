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
import { learnOthers } from '../pipeline/judge-subjects.ts';
import { registerTargets } from '../pipeline/targets.ts';
import type { Store } from '../store/store.ts';

/** One reading of the config, with everything that was built from it; a reload makes the next one. */
export interface Generation {
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

export interface Generations {
  now(): Generation;
  /** Runs work on the generation of the moment, which is closed after its last work. */
  use<T>(work: (generation: Generation) => Promise<T>): Promise<T>;
  /** Reads the config again. Throws `ConfigError`, and goes on as before, when it cannot be used. */
  renew(): Promise<void>;
  /** Closes the last generation when its work has ended. */
  close(): Promise<void>;
}

export async function openGenerations(
  options: AppOptions,
  store: Store,
  clock: Clock,
): Promise<Generations> {
  const uses = new Map<Generation, number>();
  const build = async () => {
    const built = await generationOf(options, store, clock);
    uses.set(built, 1);
    return built;
  };
  let current = await build();

  async function letGo(generation: Generation): Promise<void> {
    const left = (uses.get(generation) ?? 1) - 1;
    uses.set(generation, left);
    if (left > 0) return;
    uses.delete(generation);
    await closeChannels(generation.channels);
    await generation.fetcher.close();
  }

  return {
    now: () => current,
    async use(work) {
      const generation = current;
      uses.set(generation, (uses.get(generation) ?? 0) + 1);
      try {
        return await work(generation);
      } finally {
        await letGo(generation);
      }
    },
    async renew() {
      const before = current;
      current = await build();
      await letGo(before);
    },
    close: () => letGo(current),
  };
}

async function generationOf(options: AppOptions, store: Store, clock: Clock): Promise<Generation> {
  const open = await pipelineOver(await databaseOver(await configFor(options), store));
  const channels = channelsOf(open.config);
  const fetcher = fetcherOf(open.config, clock);
  const generation: Generation = {
    ...{ open, fetcher, channels, limits: limitsOf(open.config) },
    context: livePipeline(open, fetcher, clock),
    wanted: new Set(),
    subjects: 0,
  };
  await refresh(generation);
  return generation;
}

/** Brings a generation up to date with the record: who is followed, what others found, what is to be read. */
export async function refresh(generation: Generation): Promise<void> {
  const { context, open } = generation;
  const mended = await context.store.upkeep.mendTimes(context.clock.now());
  if (mended > 0) context.log.warn({ rows: mended }, 'times mended that a wrong clock had set');
  await learnOthers(context);
  const followed = await followedIn(open.config, context.store, open.names.names());
  open.watchlist = watchlistOf(open.config, followed);
  const { wanted } = await registerTargets(context, open.watchlist);
  generation.wanted = wanted;
  generation.subjects = context.reader.subjects().length;
}
