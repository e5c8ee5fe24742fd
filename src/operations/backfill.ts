import { fetcherOf } from '../app/build-fetcher.ts';
import { livePipeline, type OpenPipeline, openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { NotFoundError, UsageError } from '../domain/errors.ts';
import { targetId } from '../domain/ids.ts';
import type { Target } from '../domain/target.ts';
import type { Day } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { type Backfill, type BackfillOptions, backfill } from '../pipeline/backfill/backfill.ts';
import type { FirstTyped } from '../pipeline/backfill/plan.ts';

export interface BackfillCommand extends Omit<BackfillOptions, 'since'> {
  watcher: string;
  since: Day;
  /** Where versions come from; the web unless a test brings its own. */
  fetcher?: Fetcher;
}

export interface TypedRow extends FirstTyped {
  /** The day in the package's own change log. */
  day: Day | null;
  /** Of the tarball: what makes the version one artefact. */
  integrity: string | null;
}

export interface BackfillSummary extends Omit<Backfill, 'firsts'> {
  watcher: string;
  since: Day;
  ids: readonly TypedRow[];
}

/** Reads the history that a channel keeps into the database. Throws `NotFoundError` or `UsageError` for a watcher without one. */
export async function runBackfill(
  options: AppOptions,
  command: BackfillCommand,
): Promise<BackfillSummary> {
  return closing(await openPipeline(options), async (open) => {
    const watcher = versionedWatcher(open, command.watcher);
    return closing(command.fetcher ?? fetcherOf(open.config, systemClock), async (fetcher) => {
      const context = livePipeline(open, fetcher);
      const target = targetOf(watcher);
      await context.store.targets.register([target], context.clock.now());
      const { firsts, ...counts } = await backfill(context, watcher, target, command);
      const ids = firsts.map(({ first: { id, version, absentIn, unread, goneAfter }, read }) => ({
        ...{ id, day: read.day, version, integrity: read.integrity, absentIn, unread, goneAfter },
      }));
      return { watcher: watcher.id, since: command.since, ...counts, ids };
    });
  });
}

/** Only packages keep every version they ever published. */
function versionedWatcher({ registry }: OpenPipeline, id: string): Watcher {
  const able = registry.watchers.filter(({ via }) => via === 'npm').map((watcher) => watcher.id);
  const watcher = registry.get(id);
  if (watcher === null) throw new NotFoundError(`There is no watcher ${id}.`, able);
  if (able.includes(id)) return watcher;
  throw new UsageError(`${id} keeps no history that can be read. These do: ${able.join(', ')}.`);
}

function targetOf(watcher: Watcher): Target {
  const [first] = watcher.targets({ subjects: [], controls: [], vendors: [], pages: [] });
  if (first === undefined) throw new UsageError(`${watcher.id} reads no address.`);
  const { id, kind } = watcher;
  return { id: targetId(id, first.url), watcher: id, kind, url: first.url, subject: null };
}
