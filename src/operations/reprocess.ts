import { openPipeline } from '../app/build-pipeline.ts';
import type { AppOptions } from '../app/options.ts';
import { systemClock } from '../domain/clock.ts';
import { closing } from '../domain/closing.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { TargetId } from '../domain/ids.ts';
import type { TargetState } from '../domain/target.ts';
import { HOUR, plus } from '../domain/time.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { type Reprocessed, reprocessTarget } from '../pipeline/reprocess.ts';

export interface ReprocessCommand {
  /** All of them when null. */
  watcher: string | null;
  signal: AbortSignal;
  onReread(reread: ReprocessedTarget): void;
}

export interface ReprocessedTarget extends Omit<Reprocessed, 'transitions' | 'unreadable'> {
  target: TargetId;
  transitions: number;
  /** Why nothing was changed: today's watcher cannot read the last good answer, or another process is at it. */
  left: string | null;
}

/** Reads the stored answers again with the watchers of today. Nobody is told. Throws `NotFoundError` for a watcher that is not there. */
export async function reprocessAll(
  options: AppOptions,
  { watcher, signal, onReread }: ReprocessCommand,
): Promise<readonly ReprocessedTarget[]> {
  return closing(await openPipeline(options), async (open) => {
    const context = { ...open.context, clock: systemClock };
    const { watchers } = context;
    if (watcher !== null && !watchers.has(watcher)) {
      const near = [...watchers.keys()].filter((id) => id.includes(watcher));
      throw new NotFoundError(`There is no watcher ${watcher}.`, near);
    }
    const reread: ReprocessedTarget[] = [];
    for (const target of await open.store.targets.list()) {
      const reader = watchers.get(target.watcher);
      if (reader === undefined || (watcher !== null && watcher !== target.watcher)) continue;
      if (signal.aborted) break;
      const one = await rereadOne(context, target, reader);
      reread.push(one);
      onReread(one);
    }
    return reread;
  });
}

/** The target is leased meanwhile, so that no check comes between. */
async function rereadOne(
  context: Omit<PipelineContext, 'fetcher'>,
  { id }: TargetState,
  watcher: Watcher,
): Promise<ReprocessedTarget> {
  const { targets } = context.store;
  const now = context.clock.now();
  const lease = await targets.lease(id, now, plus(now, HOUR), context.owner);
  if (lease === null) return { ...NOTHING, target: id, left: 'another process is at it' };
  const { target, owner } = lease;
  const found = await reprocessTarget(context, target, watcher).catch(async (thrown: unknown) => {
    await targets.release(id, owner);
    throw thrown;
  });
  const { transitions, unreadable, ...counts } = found;
  const isRead = unreadable === null && counts.snapshots > 0;
  if (isRead) {
    const readBy = extractorOf(watcher);
    await targets.settle(id, owner, { readBy, itemCount: counts.items, awaitsRepeat: true });
  } else await targets.release(id, owner);
  return {
    ...counts,
    target: id,
    transitions: transitions.length,
    left: unreadable?.message ?? null,
  };
}

const NOTHING = { snapshots: 0, items: 0, changes: 0, added: 0, superseded: 0, transitions: 0 };
