import type { Happening } from '../core/alerts/compose.ts';
import type { ItemChange } from '../core/alerts/source-changes.ts';
import { tell } from '../core/alerts/tell.ts';
import { relevantTargets, subjectCase } from '../core/verdict/case.ts';
import { policyDigest } from '../core/verdict/policy.ts';
import type { Alert } from '../domain/alert.ts';
import type { Judged } from '../domain/check-report.ts';
import { asError, Bug, StoreError } from '../domain/errors.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { Target } from '../domain/target.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { Transition } from '../domain/verdict.ts';
import type { Store } from '../store/store.ts';
import { judgeAgain } from './judging.ts';
import type { Line } from './line.ts';

/** The line without what fetches: judging needs no network. */
type Judging = Omit<Line, 'fetcher'>;

export interface Occasion {
  /** Whose verdicts may have moved. */
  subjects: readonly string[];
  /** What changed at primary sources. */
  changes: readonly ItemChange[];
  at: Instant;
  technical: boolean;
  /** The picture that was taken of the page just read, by its snapshot. */
  pictures?: ReadonlyMap<SnapshotId, BodyHash>;
}

/** Judges subjects again inside a write, keeps what moved, and queues what somebody is to be told. */
export async function judgeSubjects(line: Judging, tx: Store, occasion: Occasion): Promise<Judged> {
  const transitions: Transition[] = [];
  const alerts: Alert[] = [];
  const changes = changesBySubject(occasion);
  const concerned = new Set([...occasion.subjects, ...changes.keys()]);
  const targets = concerned.size === 0 ? [] : await tx.targets.list();
  for (const id of concerned) {
    const subject = await subjectNamed(line, tx, id);
    const judged = await judgeOne(line, tx, subject, targets, occasion);
    transitions.push(...judged.transitions);
    const happening = { ...judged, changes: changes.get(id) ?? [] };
    const { pictures } = occasion;
    const alert = await tellOf(line, tx, {
      ...happening,
      ...(pictures === undefined ? {} : { pictures }),
    });
    if (alert !== null) alerts.push(alert);
  }
  return { transitions, alerts };
}

/** Another process may have found a subject since this one opened the record. */
async function subjectNamed({ reader }: Judging, tx: Store, id: string): Promise<Subject> {
  if (reader.subject(id) === null) await learnOthers({ reader, store: tx });
  const subject = reader.subject(id);
  if (subject === null) throw new Bug(`Something is said of ${id}, which no catalogue holds.`);
  return subject;
}

/** Makes the subjects known that other processes have found. */
export async function learnOthers({
  reader,
  store,
}: Pick<Line, 'reader' | 'store'>): Promise<void> {
  const found = await store.claims.subjects();
  reader.learn(found.filter(({ id }) => reader.subject(id) === null));
}

/** What was judged once is never judged as of an earlier moment: a capture from the past is heard as of now. */
function latest(moments: readonly [Instant, ...Instant[]]): Instant {
  return moments.reduce((last, one) => (one > last ? one : last));
}

async function judgeOne(
  line: Judging,
  tx: Store,
  subject: Subject,
  targets: readonly Target[],
  occasion: Occasion,
): Promise<Omit<Happening, 'changes'>> {
  const before = await tx.claims.verdicts(subject.id);
  const at = latest([occasion.at, ...before.map(({ judgedAt }) => judgedAt)]);
  const record = await tx.claims.record(subject.id, at);
  const relevant = relevantTargets(targets, subject);
  const checks = await tx.checks.latest(
    relevant.map(({ id }) => id),
    at,
  );
  const heard = subjectCase(subject, record, relevant, checks);
  const judgement = judgeAgain(heard, before, at, line.policy, occasion.technical);
  const { verdicts, transitions, implied, stored } = judgement;
  await tx.claims.add(implied, at);
  // A verdict is derived again under the policy it names, so no verdict is kept without it.
  if (stored.length > 0) await tx.claims.keepPolicy(policyDigest(line.policy), line.policy);
  await tx.claims.putVerdicts(stored);
  await tx.claims.addTransitions(transitions);
  const evidence = new Map(record.evidence.map((piece) => [piece.id, piece]));
  return { subject, transitions, verdicts, evidence, at };
}

/** How many past alerts of a subject decide whether a new one joins their thread, waits or is dropped. */
const REMEMBERED = 20;

/** Queues what somebody is to be told, with its deliveries, in the same write as what it tells of. */
async function tellOf(line: Judging, tx: Store, happening: Happening): Promise<Alert | null> {
  const { subject, transitions, changes, at } = happening;
  if (changes.length === 0 && transitions.every(({ quiet }) => quiet)) return null;
  if (!line.telling.isFollowed(subject.id)) return null;
  const { rows } = await tx.reads.alerts({ subject: subject.id, limit: REMEMBERED });
  const told = tell(happening, rows, { ...line.telling, silences: await tx.outbox.silences(at) });
  if (told === null) return null;
  for (const id of told.cancels)
    await tx.outbox.cancel(id, 'it stopped being true before it was sent');
  if (told.alert === null) return null;
  await tx.outbox.enqueue(told.alert, told.deliveries);
  return told.alert;
}

/**
 * A change is told with every subject whose verdict may have moved and which it names; one that moved nothing is told
 * once, with the first subject it names.
 */
function changesBySubject({
  subjects,
  changes,
}: Occasion): ReadonlyMap<string, readonly ItemChange[]> {
  const moved = new Set(subjects);
  const grouped = new Map<string, ItemChange[]>();
  for (const change of changes) {
    const mentions = (change.after ?? change.before)?.mentions ?? [];
    const named = mentions.filter((id) => moved.has(id));
    for (const id of named.length > 0 ? named : mentions.slice(0, 1)) {
      const known = grouped.get(id);
      if (known === undefined) grouped.set(id, [change]);
      else known.push(change);
    }
  }
  return grouped;
}

/** How far a subject is put off whose judging crashed. */
const AFTER_A_CRASH = HOUR;

/**
 * Judges again whatever time alone may have changed by now: what is due, stale or expired. A subject whose judging
 * crashes is put off before the crash is reported, and holds up no other.
 */
export async function reconsider(line: Line): Promise<Judged> {
  const at = line.clock.now();
  const found: Judged[] = [];
  for (const subject of await line.store.claims.toReconsider(at)) {
    const occasion = { subjects: [subject], changes: [], at, technical: false };
    try {
      found.push(await line.store.write((tx) => judgeSubjects(line, tx, occasion)));
    } catch (thrown) {
      if (thrown instanceof StoreError) throw thrown;
      await putOff(line.store, subject, at);
      line.log.error({ subject, err: asError(thrown) }, 'judging crashed');
    }
  }
  return {
    transitions: found.flatMap(({ transitions }) => transitions),
    alerts: found.flatMap(({ alerts }) => alerts),
  };
}

async function putOff(store: Store, subject: string, at: Instant): Promise<void> {
  const later = plus(at, AFTER_A_CRASH);
  const due = (await store.claims.verdicts(subject)).filter(
    ({ reconsiderAt }) => reconsiderAt !== null && reconsiderAt <= at,
  );
  await store.claims.putVerdicts(due.map((verdict) => ({ ...verdict, reconsiderAt: later })));
}
