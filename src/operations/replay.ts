import type { OpenPipeline } from '../app/build-pipeline.ts';
import { loadRecording } from '../config/recording.ts';
import type { Recording } from '../domain/capture.ts';
import type { ReplayEvent } from '../domain/check-report.ts';
import { manualClock } from '../domain/clock.ts';
import type { Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import { recordedSource, replay } from '../pipeline/replay.ts';
import { registerTargets } from '../pipeline/targets.ts';
import { ownerIn } from '../watch/registry.ts';

export interface Replaying {
  until: Instant | null;
  /** Whether what is told is queued for its channels; nobody is told of a replay unless it is asked for. */
  deliver?: boolean;
  onEvent(event: ReplayEvent): Promise<void> | void;
}

/** Runs the line over recordings, one after the other; returns how many captures were taken in. */
export async function replayAll(
  open: OpenPipeline,
  paths: readonly string[],
  { until, deliver = false, onEvent }: Replaying,
): Promise<number> {
  // All are loaded before the first is run: a fault in one leaves nothing half-replayed.
  const recordings: Recording[] = [];
  for (const path of paths) recordings.push(await loadRecording(path));
  let count = 0;
  const alertPolicy = { ...open.context.alertPolicy, isRehearsal: !deliver };
  const context = { ...open.context, alertPolicy };
  for (const recording of recordings) {
    const start = recording.captures[0]?.at;
    if (start === undefined) continue;
    const clock = manualClock(start);
    await registerTargets({ ...context, clock }, open.watchlist);
    count += await replay(context, recording, {
      clock,
      until,
      onEvent,
      source: recordedSource(),
      ownerOf: (url) => ownerIn(open, url),
      subjectOf: (watcher, url) => subjectIn(open, watcher, url),
    });
  }
  // What still waits is of the past, and no later run may tell it.
  if (!deliver) await open.context.store.stories.dropPending();
  return count;
}

/** Reads a recording; throws `ConfigError` with every fault. */
export function loadRecorded(path: string): Promise<Recording> {
  return loadRecording(path);
}

/** The subject an exact-id page is about, among what its watcher would read; null for a page about many. */
export function subjectIn(
  { context }: Pick<OpenPipeline, 'context'>,
  watcher: Watcher,
  url: string,
): string | null {
  const targets = watcher.targets({
    subjects: context.reader.subjects(),
    controls: [],
    vendors: context.reader.vendors(),
    pages: [],
  });
  return targets.find((target) => target.url === url)?.subject ?? null;
}
