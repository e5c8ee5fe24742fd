import { type Capture, isGone } from '../domain/capture.ts';
import type { SnapshotId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import { extractorOf } from '../domain/watcher.ts';
import type { CheckRun, Failed, Unchanged } from './check-run.ts';
import type { PipelineContext } from './context.ts';
import type { Fetched, Kept } from './fetch-target.ts';
import { doubtGone } from './gone-page.ts';

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
