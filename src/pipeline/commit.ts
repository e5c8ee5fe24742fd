import type { Loss } from '../core/alerts/system-messages.ts';
import { validatorsOf } from '../domain/capture.ts';
import type { Check } from '../domain/check.ts';
import type { CheckReport, Judged } from '../domain/check-report.ts';
import { type BodyHash, idOf, type SnapshotId } from '../domain/ids.ts';
import type { TargetState } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import { extractorOf } from '../domain/watcher.ts';
import type { TargetUpdate } from '../store/ports/work.ts';
import type { Store } from '../store/store.ts';
import { type CheckRun, reportOf } from './check-run.ts';
import type { PipelineContext } from './context.ts';
import { expeditePrimaries } from './expedite-primaries.ts';
import { followLinks } from './follow-links.ts';
import { joinVoices } from './group-sources.ts';
import { outcomeOf, updateAfterCheck } from './health.ts';
import { discoverHeard } from './heard-subjects.ts';
import type { Findings, Interpreted, Repeated } from './interpret.ts';
import { queueFaultAlerts, queueHealthAlert } from './operator-alerts.ts';

/** What is to be judged again after what was written. */
export interface Moved {
  at: Instant;
  /** Whose verdicts may be others now. */
  subjects: readonly string[];
  /** The screenshot that was kept of the page just read, by its snapshot. */
  screenshots: ReadonlyMap<SnapshotId, BodyHash>;
  /** The channel that was read, with how many entries it holds now. */
  channel: Channel;
}

export type Channel = Omit<Loss, 'subjects'>;

/**
 * Write (b): everything a check found, what judging it came to, and the end of its lease, all or nothing. Throws
 * `StoreError` of kind conflict when the lease has passed to somebody else.
 */
export async function commit(
  context: PipelineContext,
  run: CheckRun,
  findings: Findings,
  judgeIn: (tx: Store, moved: Moved) => Promise<Judged>,
): Promise<CheckReport> {
  const { target, watcher, owner } = run;
  const check = checkRow(context, target, findings);
  if (findings.kind === 'unchanged' && isQuiet(target, findings)) {
    const { dueAt } = updateAfterCheck(context, watcher, target, null);
    const { id, at, outcome } = check;
    const { fullAt = null } = findings;
    await context.store.checks.settleUnchanged({
      id,
      target: target.id,
      watcher: target.watcher,
      at,
      outcome,
      owner,
      dueAt,
      fullAt,
    });
    return reportOf(run, { unchanged: true, outcome });
  }
  const update = updateAfter(context, run, findings);
  if (findings.kind === 'interpreted') context.reader.learn(findings.discovered);
  const judged = await context.store.write(async (tx) => {
    const moved = await writeFindings(context, tx, run, findings, check);
    const { transitions, alerts } = await judgeIn(tx, moved);
    await tx.targets.settle(target.id, owner, update);
    const health = await queueHealthAlert(context, tx, watcher, target, update);
    const faults = findings.kind === 'interpreted' ? findings.faults : [];
    const told = await queueFaultAlerts(context, tx, watcher, target, faults);
    return { transitions, alerts: [...alerts, ...health, ...told] };
  });
  return reportOf(run, { ...judged, ...summaryOf(findings), outcome: check.outcome });
}

/** Nothing was found at a target that was well: there is nothing to judge and nobody to alert. */
function isQuiet({ health, failures }: TargetState, { followed }: Repeated): boolean {
  return followed === null && health?.state === 'ok' && failures === 0;
}

function checkRow(
  { clock }: Pick<PipelineContext, 'clock'>,
  { id, watcher, itemCount }: TargetState,
  findings: Findings,
): Check {
  const at = findings.kind === 'failed' ? clock.now() : findings.at;
  const row = { id: idOf('ck', id, at), target: id, watcher, at };
  switch (findings.kind) {
    case 'failed': {
      const { error, snapshot = null } = findings;
      const failure = { kind: error.kind, message: error.message };
      return { ...row, outcome: outcomeOf(error), snapshot, failure, shows: [] };
    }
    case 'unchanged': {
      const outcome = itemCount === 0 ? 'silent' : 'present';
      return { ...row, outcome, snapshot: null, failure: null, shows: [] };
    }
    case 'interpreted': {
      const { items, snapshot, shows } = findings;
      const outcome = items.length === 0 ? 'silent' : 'present';
      return { ...row, outcome, snapshot, failure: null, shows };
    }
  }
}

/** What the check writes back to its target. */
function updateAfter(
  context: PipelineContext,
  { target, watcher }: CheckRun,
  findings: Findings,
): TargetUpdate & Pick<Required<TargetUpdate>, 'dueAt'> {
  switch (findings.kind) {
    case 'failed': {
      const { error, snapshot, suspect } = findings;
      return {
        ...readingOf(target),
        ...updateAfterCheck(context, watcher, target, error),
        // The next request must not be conditional on an answer that was not read.
        ...(snapshot === undefined ? {} : { validators: null }),
        ...(suspect === undefined ? {} : { suspectHash: suspect }),
      };
    }
    case 'unchanged': {
      const { fullAt, followed } = findings;
      return {
        ...readingOf(target),
        ...updateAfterCheck(context, watcher, target, null),
        ...(fullAt === undefined ? {} : { fullAt }),
        ...(followed === null ? {} : { awaitsRepeat: followed.awaitsRepeat }),
      };
    }
    case 'interpreted':
      return updateAfterReading(context, target, watcher, findings);
  }
}

/** How the last good answer was read, which may have been again at the beginning of this check. */
function readingOf({ readBy, itemCount, awaitsRepeat }: TargetState): TargetUpdate {
  return readBy === null || itemCount === null ? {} : { readBy, itemCount, awaitsRepeat };
}

function updateAfterReading(
  context: PipelineContext,
  target: TargetState,
  watcher: CheckRun['watcher'],
  { capture, items, diff, baseline, awaitsRepeat }: Interpreted,
): TargetUpdate & Pick<Required<TargetUpdate>, 'dueAt'> {
  const now = context.clock.now();
  const changed = diff.changes.length > 0 ? { lastChangeAt: now } : {};
  return {
    ...updateAfterCheck(context, watcher, { ...target, ...changed }, null),
    ...changed,
    ...(baseline ? { baselineAt: now } : {}),
    // Those of a twin belong to another address.
    validators: capture.url === target.url ? validatorsOf(capture.headers) : null,
    fullAt: capture.fetchedAt,
    readBy: extractorOf(watcher),
    bodyHash: capture.bodyHash,
    itemCount: items.length,
    suspectHash: null,
    awaitsRepeat,
  };
}

function channelOf({ target, watcher }: CheckRun, findings: Findings): Channel {
  const entries = findings.kind === 'interpreted' ? findings.items.length : (target.itemCount ?? 0);
  return { watcher: watcher.id, url: target.url, vendor: watcher.vendor, entries };
}

/** Everything a check found but the verdicts. Returns what is to be judged after it. */
async function writeFindings(
  context: PipelineContext,
  tx: Store,
  run: CheckRun,
  findings: Findings,
  check: Check,
): Promise<Moved> {
  const { at } = check;
  const channel = channelOf(run, findings);
  switch (findings.kind) {
    case 'failed': {
      await tx.checks.add(check);
      if (findings.snapshot !== undefined) await tx.snapshots.markRead(findings.snapshot, at);
      return { at, subjects: [], screenshots: new Map(), channel };
    }
    case 'unchanged': {
      await tx.checks.repeat(check);
      const { sightings = [], subjects = [] } = findings.followed ?? {};
      await tx.claims.addSightings(sightings);
      const moved = sightings.length === 0 ? [] : subjects;
      return { at, subjects: moved, screenshots: new Map(), channel };
    }
    case 'interpreted': {
      if (findings.isFirstPass) await tx.targets.recordFirstPass(run.watcher.id, at);
      await tx.checks.add(check);
      await writeInterpretation(tx, findings);
      await followLinks(context, tx, { target: run.target, baseline: findings.baseline }, findings);
      if (!findings.baseline) await expeditePrimaries(context, tx, findings);
      const joined = await joinVoices(context, tx, findings.talk, findings.at);
      await discoverHeard(context, tx, findings.heard, findings.at);
      const subjects = [...new Set([...findings.subjects, ...joined])];
      const screenshots = await keepScreenshot(tx, findings);
      await tx.snapshots.markRead(findings.snapshot, at);
      return { at, subjects, screenshots, channel };
    }
  }
}

/** The items, claims and evidence of an answer. */
async function writeInterpretation(tx: Store, findings: Interpreted): Promise<void> {
  await tx.claims.discover(findings.discovered);
  const { added, ended, changes } = findings.diff;
  await tx.items.apply({ added, ended, changes: changes.map(({ change }) => change) });
  await tx.claims.add(findings.claims, findings.at);
  await tx.claims.addEvidence(findings.evidence);
  await tx.claims.supersede(findings.superseded, findings.at);
  await tx.claims.addSightings(findings.sightings);
}

/** A screenshot is kept of a page of the vendor that changed: it shows what the text alone does not. */
async function keepScreenshot(
  tx: Store,
  { snapshot, screenshot, news }: Interpreted,
): Promise<ReadonlyMap<SnapshotId, BodyHash>> {
  if (screenshot === undefined || news.length === 0) return new Map();
  return new Map([[snapshot, await tx.snapshots.attachScreenshot(snapshot, screenshot)]]);
}

/** What the caller of a check is told of its findings. */
function summaryOf(findings: Findings): Partial<CheckReport> {
  switch (findings.kind) {
    case 'failed':
      return { error: findings.error };
    case 'unchanged':
      return { unchanged: true };
    case 'interpreted': {
      const { items, diff } = findings;
      return { items: items.length, changes: diff.changes.map(({ change }) => change) };
    }
  }
}
