import type { Happening } from '../core/alerts/compose.ts';
import { tell } from '../core/alerts/decide-alert.ts';
import type { ItemChange } from '../core/alerts/source-changes.ts';
import { relevantTargets, subjectCase } from '../core/verdict/inputs.ts';
import { policyDigest } from '../core/verdict/policy.ts';
import { type Judgement, judgeAgain } from '../core/verdict/transitions.ts';
import type { Alert } from '../domain/alert.ts';
import type { Judged } from '../domain/check-report.ts';
import { asError, Bug, StoreError } from '../domain/errors.ts';
import type { BodyHash, SnapshotId } from '../domain/ids.ts';
import type { Subject } from '../domain/subject.ts';
import type { SubjectCase, SubjectRecord } from '../domain/subject-record.ts';
import { HOUR, type Instant, plus } from '../domain/time.ts';
import type { StoredVerdict } from '../domain/verdict.ts';
import type { Store } from '../store/store.ts';
import type { Line } from './context.ts';

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

/**
 * Judges subjects again inside a write, keeps what moved, and queues what somebody is to be told. A page may speak of a
 * hundred models: they are asked for and written down together.
 */
export async function judgeSubjects(line: Judging, tx: Store, occasion: Occasion): Promise<Judged> {
  const changes = changesBySubject(occasion);
  const concerned = [...new Set([...occasion.subjects, ...changes.keys()])];
  if (concerned.length === 0) return { transitions: [], alerts: [] };
  const subjects: Subject[] = [];
  for (const id of concerned) subjects.push(await subjectNamed(line, tx, id));
  const judged = await judgeAll(line, tx, subjects, occasion);
  await keep(line, tx, judged);
  const alerts: Alert[] = [];
  for (const { heard, at, judgement } of judged) {
    const { subject, record } = heard;
    const { transitions, verdicts } = judgement;
    const evidence = new Map(record.evidence.map((piece) => [piece.id, piece]));
    const happening = { subject, transitions, verdicts, evidence, at };
    const alert = await tellOf(line, tx, {
      ...{ ...happening, changes: changes.get(subject.id) ?? [] },
      ...(occasion.pictures === undefined ? {} : { pictures: occasion.pictures }),
    });
    if (alert !== null) alerts.push(alert);
  }
  return { transitions: judged.flatMap(({ judgement }) => judgement.transitions), alerts };
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

/** A subject as it was judged. */
interface JudgedSubject {
  heard: SubjectCase;
  at: Instant;
  judgement: Judgement;
}

async function judgeAll(
  line: Judging,
  tx: Store,
  subjects: readonly Subject[],
  { at, technical }: Occasion,
): Promise<readonly JudgedSubject[]> {
  const targets = await tx.targets.list();
  const before = bySubject(await tx.claims.verdictsOf(subjects.map(({ id }) => id)));
  const judged: JudgedSubject[] = [];
  for (const [moment, some] of byMoment(subjects, before, at)) {
    const records = await tx.claims.records(
      some.map(({ id }) => id),
      moment,
    );
    const relevant = new Map(some.map((one) => [one.id, relevantTargets(targets, one)]));
    const asked = new Set([...relevant.values()].flat().map(({ id }) => id));
    const checks = await tx.checks.latest([...asked], moment);
    for (const subject of some) {
      const record = records.get(subject.id) as SubjectRecord;
      const heard = subjectCase(subject, record, relevant.get(subject.id) ?? [], checks);
      const last = before.get(subject.id) ?? [];
      const judgement = judgeAgain(heard, last, moment, line.policy, technical);
      judged.push({ heard, at: moment, judgement });
    }
  }
  return judged;
}

function bySubject(
  verdicts: readonly StoredVerdict[],
): ReadonlyMap<string, readonly StoredVerdict[]> {
  const groups = new Map<string, StoredVerdict[]>();
  for (const verdict of verdicts) {
    const known = groups.get(verdict.subject);
    if (known === undefined) groups.set(verdict.subject, [verdict]);
    else known.push(verdict);
  }
  return groups;
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

async function keep(line: Judging, tx: Store, judged: readonly JudgedSubject[]): Promise<void> {
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
  if (stored.length > 0) await tx.claims.keepPolicy(policyDigest(line.policy), line.policy);
  await tx.claims.putVerdicts(stored);
  await tx.claims.addTransitions(judged.flatMap(({ judgement }) => judgement.transitions));
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
