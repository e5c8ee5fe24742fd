import type { ItemChange } from '../core/alerts/source-changes.ts';
import type { Loss } from '../core/alerts/system-messages.ts';
import { composeLoss } from '../core/alerts/system-messages.ts';
import type { Assessed } from '../core/stories/family.ts';
import { CHECKED_KINDS, relevantTargets, subjectCase } from '../core/verdict/inputs.ts';
import { judgeSubject } from '../core/verdict/judge.ts';
import { policyDigest } from '../core/verdict/policy.ts';
import type { Judgement } from '../core/verdict/transitions.ts';
import { judgeAgain } from '../core/verdict/transitions.ts';
import type { Alert } from '../domain/alert.ts';
import type { Judged } from '../domain/check-report.ts';
import { groupedBy } from '../domain/groups.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { SubjectCase, SubjectRecord } from '../domain/subject-record.ts';
import type { Instant } from '../domain/time.ts';
import type { StoredVerdict, Verdict } from '../domain/verdict.ts';
import type { Store } from '../store/store.ts';
import type { Channel, Moved } from './commit.ts';
import type { OfflineContext } from './context.ts';
import { knownSubjectsAmong } from './heard-subjects.ts';
import type { Findings } from './interpret.ts';
import { queueOperatorAlert } from './operator-alerts.ts';
import { type Assess, tellDueStories, tellStories } from './tell-stories.ts';

export interface JudgeInput {
  /** Whose verdicts may have moved. */
  subjects: readonly string[];
  /** What changed at primary sources. */
  changes: readonly ItemChange[];
  at: Instant;
  technical: boolean;
  /** The screenshot that was kept of the page just read, by its snapshot. */
  screenshots?: ReadonlyMap<SnapshotId, BodyHash>;
  /** The channel whose check led to it; absent where none did. */
  channel?: Channel;
}

/** Judges again what the findings of a check moved. */
export function judge(
  context: OfflineContext,
  tx: Store,
  findings: Findings,
  moved: Moved,
): Promise<Judged> {
  const changes = findings.kind === 'interpreted' ? findings.news : [];
  return judgeSubjects(context, tx, { ...moved, changes, technical: false });
}

/**
 * Judges subjects again inside a write, keeps what moved, and queues what somebody is to be told. A page may speak of a
 * hundred models: they are asked for and written down together.
 */
export async function judgeSubjects(
  context: OfflineContext,
  tx: Store,
  input: JudgeInput,
): Promise<Judged> {
  const { changes, at, screenshots: pictures } = input;
  if (input.subjects.length === 0 && changes.length === 0) return { transitions: [], alerts: [] };
  // What only one voice of others named is no subject yet.
  const subjects = await knownSubjectsAmong(context, tx, input.subjects);
  const judged = await judgeAll(context, tx, subjects, input);
  await keep(context, tx, judged);
  const lost = lostAtOnce(judged, byMention(changes), input.channel);
  const alerts: Alert[] = [];
  if (lost !== null) alerts.push(await queueOperatorAlert(context, tx, composeLoss(lost, at)));
  const updates = judged
    .filter(({ heard }) => lost?.subjects.includes(heard.subject.id) !== true)
    .map(({ heard, judgement, at: moment }) => ({
      ...assessedOf(heard, judgement.verdicts),
      ...{ at: moment, transitions: judgement.transitions, pictures },
      interest: context.alertPolicy.interestIn(heard.subject.id),
    }));
  if (!input.technical) {
    const told = { at, updates, changes, pictures };
    const judgeAsOf: Assess = (store, ids, then) => assess(context, store, ids, then);
    alerts.push(...(await tellStories(context, tx, told, judgeAsOf)));
  }
  return { transitions: judged.flatMap(({ judgement }) => judgement.transitions), alerts };
}

function byMention(changes: readonly ItemChange[]): ReadonlyMap<string, readonly ItemChange[]> {
  const named = new Map<string, ItemChange[]>();
  for (const change of changes) {
    for (const id of (change.after ?? change.before)?.mentions ?? []) {
      named.set(id, [...(named.get(id) ?? []), change]);
    }
  }
  return named;
}

function assessedOf({ subject, record }: SubjectCase, verdicts: readonly Verdict[]): Assessed {
  const evidence = new Map(record.evidence.map((piece) => [piece.id, piece]));
  return { subject, verdicts, evidence };
}

/** What is known of subjects at a moment; one that no catalogue holds is left out. */
async function assess(
  context: OfflineContext,
  tx: Store,
  ids: readonly string[],
  at: Instant,
): Promise<readonly Assessed[]> {
  const subjects = ids.flatMap((id) => context.reader.subject(id) ?? []);
  const cases = await casesOf(tx, subjects, at);
  return cases.map((heard) => assessedOf(heard, judgeSubject(heard, at, context.policy)));
}

/** Tells what has waited in stories until now. */
export function tellWaiting(context: OfflineContext): Promise<readonly Alert[]> {
  return tellDueStories(context, (tx, ids, at) => assess(context, tx, ids, at));
}

/** A subject as it was judged. */
interface JudgedSubject {
  heard: SubjectCase;
  at: Instant;
  judgement: Judgement;
}

async function judgeAll(
  context: OfflineContext,
  tx: Store,
  subjects: readonly Subject[],
  { at, technical }: JudgeInput,
): Promise<readonly JudgedSubject[]> {
  const verdicts = await tx.claims.verdictsOf(subjects.map(({ id }) => id));
  const before = groupedBy(verdicts, ({ subject }) => subject);
  const judged: JudgedSubject[] = [];
  for (const [moment, some] of byMoment(subjects, before, at)) {
    for (const heard of await casesOf(tx, some, moment)) {
      const last = before.get(heard.subject.id) ?? [];
      const judgement = judgeAgain(heard, last, moment, context.policy, technical);
      judged.push({ heard, at: moment, judgement });
    }
  }
  return judged;
}

/** What the verdicts of subjects are made of, as of a moment. */
async function casesOf(
  tx: Store,
  subjects: readonly Subject[],
  at: Instant,
): Promise<readonly SubjectCase[]> {
  if (subjects.length === 0) return [];
  // Pages of others are many, and their checks prove nothing.
  const targets = await tx.targets.list({ kinds: CHECKED_KINDS });
  const records = await tx.claims.records(
    subjects.map(({ id }) => id),
    at,
  );
  const relevant = new Map(subjects.map((one) => [one.id, relevantTargets(targets, one)]));
  const asked = new Set([...relevant.values()].flat().map(({ id }) => id));
  const checks = await tx.checks.latest([...asked], at);
  return subjects.map((subject) => {
    const record = records.get(subject.id) as SubjectRecord;
    return subjectCase(subject, record, relevant.get(subject.id) ?? [], checks);
  });
}

/** What was judged once is never judged as of an earlier moment: a capture from the past is heard as of then. */
function byMoment(
  subjects: readonly Subject[],
  before: ReadonlyMap<string, readonly StoredVerdict[]>,
  at: Instant,
): ReadonlyMap<Instant, readonly Subject[]> {
  const moments = new Map<Instant, Subject[]>();
  for (const subject of subjects) {
    const last = (before.get(subject.id) ?? []).map(({ judgedAt }) => judgedAt);
    const moment = last.reduce((latest, one) => (one > latest ? one : latest), at);
    const known = moments.get(moment);
    if (known === undefined) moments.set(moment, [subject]);
    else known.push(subject);
  }
  return moments;
}

async function keep(
  context: OfflineContext,
  tx: Store,
  judged: readonly JudgedSubject[],
): Promise<void> {
  const moments = new Set(
    judged.filter(({ judgement }) => judgement.implied.length > 0).map(({ at }) => at),
  );
  for (const moment of moments) {
    const then = judged.filter(({ at }) => at === moment);
    await tx.claims.add(
      then.flatMap(({ judgement }) => judgement.implied),
      moment,
    );
  }
  const stored = judged.flatMap(({ judgement }) => judgement.stored);
  // A verdict is derived again under the policy it names, so no verdict is kept without it.
  if (stored.length > 0) await tx.claims.keepPolicy(policyDigest(context.policy), context.policy);
  await tx.claims.putVerdicts(stored);
  await tx.claims.addTransitions(judged.flatMap(({ judgement }) => judgement.transitions));
}

/** Fewer than these may leave a short list on one day, and each is told. */
const FEWEST = 3;

/**
 * The subjects a channel lost at one check, when they are a third of it or more: that is one event of the channel, and
 * never one alert a model (docs/verdicts.md). Null for anything less.
 */
function lostAtOnce(
  judged: readonly JudgedSubject[],
  changes: ReadonlyMap<string, readonly ItemChange[]>,
  channel: Channel | undefined,
): Loss | null {
  if (channel === undefined) return null;
  const subjects = judged
    .filter((one) => isLost(one, changes.get(one.heard.subject.id) ?? []))
    .map(({ heard }) => heard.subject.id);
  const { entries } = channel;
  if (subjects.length < FEWEST || subjects.length * 3 < subjects.length + entries) return null;
  return { ...channel, subjects };
}

/** Nothing else happened to it than that the channel no longer shows it. */
function isLost({ judgement }: JudgedSubject, changes: readonly ItemChange[]): boolean {
  const moves = judgement.transitions.filter(({ quiet }) => !quiet);
  const isGone = changes.length > 0 && changes.every(({ change }) => change.kind === 'withdrawn');
  // A price or a day that is another one now is gone alone, and not the model with it.
  const valued = new Set<string>(
    judgement.verdicts.filter(({ claim }) => claim.value !== null).map(({ claim }) => claim.key),
  );
  const isWithdrawn = moves.some(({ to, claim }) => to.level === 'withdrawn' && !valued.has(claim));
  const others = moves.filter(({ to }) => to.level !== 'withdrawn');
  return others.length === 0 && (isWithdrawn || (isGone && moves.length === 0));
}
