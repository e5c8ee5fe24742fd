import type { Capture } from '../domain/capture.ts';
import type { CheckReport } from '../domain/check-report.ts';
import { Bug, ExtractError } from '../domain/errors.ts';
import type { SnapshotId } from '../domain/ids.ts';
import type { TargetState } from '../domain/target.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { Lease } from '../store/store.ts';
import { begin, type Checking, timed } from './check-run.ts';
import { settleFailure, settleReading, settleUnchanged } from './commit.ts';
import type { Line } from './context.ts';
import { absent, ask } from './fetch-target.ts';
import { rereadTarget } from './reprocess.ts';

/**
 * The line from top to bottom, for one leased target: fetch, keep the body, read it, compare, judge, queue what is to
 * be told. Two writes: the snapshot alone, and all that follows from it together with the end of the lease.
 */
export async function check(line: Line, leased: Lease, signal: AbortSignal): Promise<CheckReport> {
  const watcher = watcherOf(line, leased);
  const lease = await upToDate(line, begin(leased), watcher);
  const left = await unreadCapture(line, lease);
  if (left !== null) return read(line, lease, watcher, left.capture, left.snapshot);
  const outcome = await ask(line, lease, watcher, signal);
  switch (outcome.kind) {
    case 'failed':
      return settleFailure(line, lease, watcher, { error: outcome.error });
    case 'not-modified':
      return settleUnchanged(line, lease, watcher);
    case 'gone':
      return missing(line, lease, watcher, outcome.capture);
    case 'fetched':
      return keep(line, lease, watcher, outcome.capture, outcome.screenshot);
  }
}

function watcherOf(line: Line, { target }: Lease): Watcher {
  const watcher = line.watchers.get(target.watcher);
  if (watcher === undefined) throw new Bug(`No watcher ${target.watcher} for ${target.url}.`);
  return watcher;
}

/**
 * What another version of the watcher read is read again first, quietly: what then differs in a new answer has changed
 * at the source, and not in the reading.
 */
async function upToDate(line: Line, lease: Checking, watcher: Watcher): Promise<Checking> {
  const { target } = lease;
  const readBy = extractorOf(watcher);
  if (target.readBy === null || target.readBy === readBy) return lease;
  const again = await timed(lease, 'extract', () => rereadTarget(line, target, watcher));
  const { unreadable, items: itemCount, transitions, ...counts } = again;
  const fields = { target: target.id, was: target.readBy, is: readBy, ...counts };
  line.log.info({ ...fields, transitions: transitions.length }, 'read again');
  if (unreadable !== null) return lease;
  return { ...lease, target: { ...target, readBy, itemCount, awaitsRepeat: true } };
}

/** What a crash left between the two writes: kept, and never read. */
async function unreadCapture(
  { store }: Line,
  { target }: Lease,
): Promise<{ capture: Capture; snapshot: SnapshotId } | null> {
  const [oldest] = await store.snapshots.unread(target.id);
  if (oldest === undefined) return null;
  const body = await store.snapshots.body(oldest.capture.bodyHash);
  return body === null ? null : { capture: { ...oldest.capture, body }, snapshot: oldest.id };
}

function isRepeated(target: TargetState, watcher: Watcher, capture: Capture): boolean {
  return (
    target.bodyHash === capture.bodyHash &&
    target.readBy === extractorOf(watcher) &&
    target.health?.state === 'ok'
  );
}

/** Only a page about one subject says something by its absence; anywhere else a 404 is a failed check. */
function missing(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  capture: Capture,
): Promise<CheckReport> {
  if (lease.target.subject !== null) return keep(line, lease, watcher, capture);
  return settleFailure(line, lease, watcher, { error: absent(capture) });
}

/** Write (a): the snapshot alone, so that an extractor that breaks loses nothing. What was read before is not kept twice. */
async function keep(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  capture: Capture,
  picture?: Uint8Array,
): Promise<CheckReport> {
  if (isRepeated(lease.target, watcher, capture)) {
    return settleUnchanged(line, lease, watcher, { fullAt: capture.fetchedAt });
  }
  const snapshot = await timed(lease, 'write', () =>
    line.store.snapshots.keep(lease.target.id, capture),
  );
  return read(line, lease, watcher, capture, snapshot.id, picture);
}

async function read(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  capture: Capture,
  snapshot: SnapshotId,
  picture?: Uint8Array,
): Promise<CheckReport> {
  const gone = capture.status === 404 || capture.status === 410;
  if (gone) return settleReading(line, lease, watcher, { capture, snapshot, items: [], gone });
  const extraction = await timed(lease, 'extract', () =>
    line.reader.extract(watcher, capture, lease.target),
  );
  if (extraction.kind === 'unreadable') {
    const { error, suspect } = extraction;
    return settleFailure(line, lease, watcher, { error, suspect, snapshot });
  }
  const { items } = extraction;
  const answer = { capture, snapshot, items, gone };
  try {
    const whole = picture === undefined ? answer : { ...answer, picture };
    return await settleReading(line, lease, watcher, whole);
  } catch (thrown) {
    // Its entries were found, and saying what they say takes too long.
    if (!(thrown instanceof ExtractError)) throw thrown;
    return settleFailure(line, lease, watcher, { error: thrown, snapshot });
  }
}
