import { type Capture, isGone } from '../domain/capture.ts';
import { ExtractError } from '../domain/errors.ts';
import type { SnapshotId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import { elapsed } from '../domain/time.ts';
import { extractorOf } from '../domain/watcher.ts';
import type { CheckRun, Failed, Unchanged } from './check-run.ts';
import type { PipelineContext } from './context.ts';
import type { Fetched, Kept } from './fetch-target.ts';

/** Write (a): the snapshot alone, so that an extractor that breaks loses nothing. What was read before is not kept twice. */
export async function keepSnapshot(
  { store }: Pick<PipelineContext, 'store'>,
  run: CheckRun,
  fetched: Fetched,
): Promise<Failed | Unchanged | Kept> {
  if (fetched.kind !== 'answer') return fetched;
  const { capture } = fetched;
  if (isRepeated(run, capture)) return { kind: 'unchanged', fullAt: capture.fetchedAt };
  const { id } = await store.snapshots.keep(run.target.id, capture);
  return { ...fetched, kind: 'kept', snapshot: id };
}

function isRepeated({ target, watcher }: CheckRun, { bodyHash }: Capture): boolean {
  return (
    target.bodyHash === bodyHash &&
    target.readBy === extractorOf(watcher) &&
    target.health?.state === 'ok'
  );
}

/** A good answer as items. */
export interface Content {
  kind: 'content';
  capture: Capture;
  snapshot: SnapshotId;
  items: readonly Item[];
  /** The answer was an explicit 404 or 410. */
  gone: boolean;
  /** What the page looked like, when a browser drew it. */
  screenshot?: Uint8Array;
}

/** Reads a kept answer into items, with the watcher's own extractor. A page that says it is gone holds none. */
export async function extractItems(
  context: Pick<PipelineContext, 'reader' | 'store' | 'clock' | 'policy'>,
  run: CheckRun,
  kept: Failed | Unchanged | Kept,
): Promise<Failed | Unchanged | Content> {
  if (kept.kind !== 'kept') return kept;
  const { capture, snapshot } = kept;
  const gone = isGone(capture.status);
  if (gone) {
    const doubt = await doubtGone(context, run);
    if (doubt !== null) return { kind: 'failed', error: doubt, snapshot };
    return { ...kept, kind: 'content', items: [], gone };
  }
  const extraction = await context.reader.extract(run.watcher, capture, run.target);
  if (extraction.kind === 'items') {
    return { ...kept, kind: 'content', items: extraction.items, gone };
  }
  const { error, suspect } = extraction;
  return { kind: 'failed', error, suspect, snapshot };
}

/** So many pages of a channel may go at once before the channel itself is doubted, or a third of them if that is more. */
const MOST_AT_ONCE = 1;

/**
 * Whether a page that stood and now answers "gone" may be believed. A site at fault answers so for every page: its own
 * siblings must be seen well about the same time, and no third of them may be gone with it (docs/verdicts.md).
 * Returns the reason for doubt; null for a page that never stood, whose absence is nothing new.
 */
async function doubtGone(
  { store, clock, policy }: Pick<PipelineContext, 'store' | 'clock' | 'policy'>,
  { target, watcher }: CheckRun,
): Promise<ExtractError | null> {
  const isNews = (target.itemCount ?? 0) > 0 || target.awaitsRepeat;
  if (!isNews) return null;
  const all = await store.targets.list();
  const siblings = all.filter(
    (one) => one.watcher === watcher.id && one.id !== target.id && one.subject !== null,
  );
  const now = clock.now();
  const ids = siblings.map(({ id }) => id);
  const checks = await store.checks.latest(ids, now);
  const byAge = [...checks].sort((a, b) => (a.at < b.at ? -1 : 1));
  const latest = new Map(byAge.map((check) => [check.target, check]));
  // Those looked at since this page was last looked at: what they answered before its loss says nothing of it.
  const since = target.lastCheckAt ?? '';
  const fresh = [...latest.values()].filter(
    ({ at }) => at > since && elapsed(at, now) <= policy.siblingWindow,
  );
  const well = fresh.filter(({ outcome }) => outcome === 'present').length;
  // A page that went long ago, or never was, is no loss of today.
  const waiting = new Set(siblings.filter((one) => one.awaitsRepeat).map(({ id }) => id));
  const lost = fresh.filter(
    ({ outcome, target: id }) =>
      outcome === 'control_failed' || (outcome === 'silent' && waiting.has(id)),
  ).length;
  if (well > 0 && lost < Math.max(MOST_AT_ONCE, (well + lost + 1) / 3)) return null;
  const seen =
    well === 0 ? 'no page of a sibling was seen well' : `${lost} of its siblings are lost`;
  return new ExtractError(
    'shrunk',
    `${target.url} is gone, and ${seen} about the same time: the site itself may be at fault. Nothing is taken as withdrawn.`,
  );
}
