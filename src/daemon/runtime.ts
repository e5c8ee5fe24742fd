import type { Config } from '../config/config.ts';
import type { OpenChannel } from '../deliver/channel.ts';
import { closeChannels } from '../deliver/registry.ts';
import type { TargetId } from '../domain/ids.ts';
import type { OpenFetcher } from '../fetch/open-fetcher.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { learnStoredSubjects } from '../pipeline/heard-subjects.ts';
import { registerTargets, type Watchlist } from '../pipeline/targets.ts';
import type { CheckLimits } from './check-loop.ts';

/** One reading of the config, with everything that was built from it; a reload makes the next one. */
export interface Runtime {
  config: Config;
  context: PipelineContext;
  fetcher: OpenFetcher;
  channels: ReadonlyMap<string, OpenChannel>;
  /** `drain` is how long what runs may take to end, in milliseconds. */
  limits: CheckLimits & { drain: number };
  /** Who is followed now, by the config and by the command line. */
  readWatchlist(): Promise<Watchlist>;
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

/** `read` builds a runtime from the config as it stands. */
export async function openRuntimes(read: () => Promise<Runtime>): Promise<Runtimes> {
  const uses = new Map<Runtime, number>();
  const build = async () => {
    const built = await read();
    await refresh(built);
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

/** Brings a runtime up to date with the database: who is followed, what others found, what is to be read. */
export async function refresh(runtime: Runtime): Promise<void> {
  const { context } = runtime;
  await mendTimes(context);
  await learnStoredSubjects(context);
  const { wanted } = await registerTargets(context, await runtime.readWatchlist(), runtime.wanted);
  runtime.wanted = wanted;
  runtime.subjects = context.reader.subjects().length;
}

/** Makes due what a clock that was ahead had put off. */
export async function mendTimes({ store, clock, log }: PipelineContext): Promise<void> {
  const mended = await store.maintenance.repairClockSkew(clock.now());
  if (mended > 0) log.warn({ rows: mended }, 'times mended that a wrong clock had set');
}
