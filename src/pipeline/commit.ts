import type { ItemChange } from '../core/alerts/source-changes.ts';
import type { Alert } from '../domain/alert.ts';
import { type Capture, validatorsOf } from '../domain/capture.ts';
import type { Check, CheckOutcome } from '../domain/check.ts';
import type { CheckReport, Judged } from '../domain/check-report.ts';
import type { ExtractError, FetchError } from '../domain/errors.ts';
import { type BodyHash, idOf, type SnapshotId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { extractorOf, type Watcher } from '../domain/watcher.ts';
import type { Store, TargetUpdate } from '../store/store.ts';
import { type Checking, reportOf, timed, write } from './check-run.ts';
import type { Line } from './context.ts';
import { hastenPrimaries } from './expedite-primaries.ts';
import { followLeads } from './follow-links.ts';
import { joinVoices, talkPages } from './group-sources.ts';
import { outcomeOf, settledAfter } from './health.ts';
import { type FollowedUp, followStanding, type Reading, readItems } from './interpret.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { tellHealth } from './operator-alerts.ts';
import { keepPicture } from './screenshots.ts';

/** Write (b): everything a check found, with the end of its lease, all or nothing. */

export interface Failure {
  error: FetchError | ExtractError;
  /** The answer that could not be read; it stays, and the last good one stands. */
  snapshot?: SnapshotId;
  suspect?: BodyHash | null;
}

/** A check that was not good: counted, backed off, and evidence of nothing. */
export async function settleFailure(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  { error, snapshot, suspect }: Failure,
): Promise<CheckReport> {
  const { target } = lease;
  const update = {
    ...readingOf(target),
    ...settledAfter(line, watcher, target, error),
    // The next request must not be conditional on an answer that was not read.
    ...(snapshot === undefined ? {} : { validators: null }),
    ...(suspect === undefined ? {} : { suspectHash: suspect }),
  };
  const outcome = outcomeOf(error);
  const failure = { kind: error.kind, message: error.message };
  const row = { ...checkRow(line, target, outcome, snapshot ?? null), failure, shows: [] };
  const alerts = await write(line, lease, async (tx) => {
    await tx.checks.add(row);
    if (snapshot !== undefined) await tx.snapshots.markRead(snapshot, row.at);
    await tx.targets.settle(target.id, lease.owner, update);
    return tellHealth(line, tx, watcher, target, update);
  });
  return reportOf(lease, outcome, { error, alerts });
}

/** The last good answer again: one row, unless something listed waits for its repeat. `full` says that the page itself came. */
export async function settleUnchanged(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  full: { fullAt?: Instant } = {},
): Promise<CheckReport> {
  const { target } = lease;
  const outcome = target.itemCount === 0 ? 'silent' : 'present';
  const row = checkRow(line, target, outcome, null);
  const follow = target.awaitsRepeat ? await followStanding(line, target, watcher, row.at) : null;
  const update = {
    ...readingOf(target),
    ...settledAfter(line, watcher, target, null),
    ...full,
    ...(follow === null ? {} : { awaitsRepeat: follow.awaitsRepeat }),
  };
  const judged = await write(line, lease, async (tx) => {
    await tx.checks.repeat(row);
    const found = await judgeFollowed(line, tx, lease, follow, row.at);
    await tx.targets.settle(target.id, lease.owner, update);
    return withAlerts(found, await tellHealth(line, tx, watcher, target, update));
  });
  return reportOf(lease, outcome, { ...judged, unchanged: true });
}

/** How the last good answer was read, which may have been again at the beginning of this check. */
function readingOf({ readBy, itemCount, awaitsRepeat }: TargetState): TargetUpdate {
  return readBy === null || itemCount === null ? {} : { readBy, itemCount, awaitsRepeat };
}

async function judgeFollowed(
  line: Line,
  tx: Store,
  lease: Checking,
  follow: FollowedUp | null,
  at: Instant,
): Promise<Judged> {
  if (follow === null || follow.sightings.length === 0) return { transitions: [], alerts: [] };
  const { sightings, subjects } = follow;
  await tx.claims.addSightings(sightings);
  const occasion = { subjects, changes: [], at, technical: false };
  return timed(lease, 'judge', () => judgeSubjects(line, tx, occasion));
}

function withAlerts(judged: Judged, alerts: readonly Alert[]): Judged {
  return alerts.length === 0 ? judged : { ...judged, alerts: [...judged.alerts, ...alerts] };
}

export interface GoodAnswer {
  capture: Capture;
  snapshot: SnapshotId;
  items: readonly Item[];
  gone: boolean;
  /** What the page looked like, when a browser drew it. */
  picture?: Uint8Array;
}

/**
 * A good answer that differs from the last one, or is the first. Throws `ExtractError`, with nothing written, when what
 * its entries say cannot be read.
 */
export async function settleReading(
  line: Line,
  lease: Checking,
  watcher: Watcher,
  answer: GoodAnswer,
): Promise<CheckReport> {
  const { target } = lease;
  const firstPass = await line.store.targets.firstPassAt(watcher.id);
  const baseline = isBaseline(line, target, firstPass);
  const at = line.clock.now();
  const { items, gone, snapshot } = answer;
  const capture = answer.capture;
  const question = {
    ...{ target, watcher, capture, snapshot, items, gone, baseline },
    ...{ knownAt: at, technical: false },
  };
  const reading = await timed(lease, 'extract', () => readItems(line, question));
  const outcome = items.length === 0 ? 'silent' : 'present';
  const row = { ...checkRow(line, target, outcome, snapshot), failure: null, shows: reading.shows };
  const talk = await timed(lease, 'extract', () => talkPages(line, capture, reading));
  line.reader.learn(reading.discovered);
  const update = updateAfter(line, watcher, target, answer, reading, baseline);
  const judged = await write(line, lease, async (tx) => {
    if (firstPass === null) await tx.targets.recordFirstPass(watcher.id, at);
    await tx.checks.add(row);
    await writeReading(tx, reading);
    const changes = newsOf(target, watcher, reading, baseline);
    await followLeads(line, tx, { target, baseline }, reading);
    if (!baseline) await hastenPrimaries(line, tx, reading);
    const joined = await joinVoices(line, tx, talk, at);
    const subjects = [...new Set([...reading.subjects, ...joined])];
    const pictures = await keepPicture(tx, answer, changes.length > 0);
    const occasion = { subjects, changes, at, technical: false, pictures };
    const found = await timed(lease, 'judge', () => judgeSubjects(line, tx, occasion));
    await tx.snapshots.markRead(snapshot, at);
    await tx.targets.settle(target.id, lease.owner, update);
    return withAlerts(found, await tellHealth(line, tx, watcher, target, update));
  });
  return reportOf(lease, outcome, {
    ...judged,
    items: items.length,
    changes: reading.diff.changes.map(({ change }) => change),
  });
}

/**
 * What was there when a watcher began is known and told to nobody; a page added to it later is news, unless it is about
 * a model that was there before, or about a sibling that nobody follows.
 */
function isBaseline(
  { reader, leads }: Pick<Line, 'reader' | 'leads'>,
  { baselineAt, lead, createdAt, subject }: TargetState,
  firstPass: string | null,
): boolean {
  if (baselineAt !== null) return false;
  if (lead !== undefined) return lead.baseline;
  if (firstPass === null || createdAt <= firstPass) return true;
  if (subject === null) return false;
  const wasThere = reader.subject(subject)?.discovered?.baseline === true;
  return wasThere || leads?.isWatched(subject) === false;
}

/**
 * Changes somebody may be told of: those at the vendor's own channels that are not the first sight of them. Where the
 * last good answer could not be read by a new version of the watcher, what differs may differ by the reading alone.
 */
function newsOf(
  target: TargetState,
  watcher: Watcher,
  reading: Reading,
  baseline: boolean,
): readonly ItemChange[] {
  if (baseline || watcher.vendor === null) return [];
  const isUpToDate = target.readBy === null || target.readBy === extractorOf(watcher);
  return reading.diff.changes
    .filter(({ change }) => change.kind === 'added' || (isUpToDate && !change.technical))
    .map((change) => ({ ...change, target }));
}

/** Everything a reading adds to the record but the verdicts. */
async function writeReading(tx: Store, reading: Reading): Promise<void> {
  await tx.claims.discover(reading.discovered);
  const { added, ended, changes } = reading.diff;
  await tx.items.apply({ added, ended, changes: changes.map(({ change }) => change) });
  await tx.claims.add(reading.claims, reading.at);
  await tx.claims.addEvidence(reading.evidence);
  await tx.claims.supersede(reading.superseded, reading.at);
  await tx.claims.addSightings(reading.sightings);
}

function updateAfter(
  line: Line,
  watcher: Watcher,
  target: TargetState,
  { capture, items }: GoodAnswer,
  reading: Reading,
  baseline: boolean,
): ReturnType<typeof settledAfter> {
  const now = line.clock.now();
  const changed = reading.diff.changes.length > 0 ? { lastChangeAt: now } : {};
  return {
    ...settledAfter(line, watcher, { ...target, ...changed }, null),
    ...changed,
    ...(baseline ? { baselineAt: now } : {}),
    // Those of a twin belong to another address.
    validators: capture.url === target.url ? validatorsOf(capture.headers) : null,
    fullAt: capture.fetchedAt,
    readBy: extractorOf(watcher),
    bodyHash: capture.bodyHash,
    itemCount: items.length,
    suspectHash: null,
    awaitsRepeat: reading.awaitsRepeat,
  };
}

function checkRow(
  line: Line,
  target: TargetState,
  outcome: CheckOutcome,
  snapshot: SnapshotId | null,
): Omit<Check, 'shows' | 'failure'> {
  const at = line.clock.now();
  const { id, watcher } = target;
  return { id: idOf('ck', id, at), target: id, watcher, at, outcome, snapshot };
}
