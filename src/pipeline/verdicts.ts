import { relevantTargets, subjectCase } from '../core/verdict/case.ts';
import type { Alert } from '../domain/alert.ts';
import { Bug } from '../domain/errors.ts';
import type { Subject } from '../domain/subject.ts';
import type { Target } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Transition } from '../domain/verdict.ts';
import type { Store } from '../store/store.ts';
import { judgeAgain } from './judging.ts';
import type { Line, News, NewsChange } from './line.ts';

export interface Judged {
  transitions: readonly Transition[];
  alerts: readonly Alert[];
}

export interface Occasion {
  /** Whose verdicts may have moved. */
  subjects: readonly string[];
  /** What changed at primary sources. */
  changes: readonly NewsChange[];
  at: Instant;
  technical: boolean;
}

/** Judges subjects again inside a write, keeps what moved, and queues what somebody is to be told. */
export async function judgeSubjects(line: Line, tx: Store, occasion: Occasion): Promise<Judged> {
  const { at } = occasion;
  const transitions: Transition[] = [];
  const alerts: Alert[] = [];
  const changes = changesBySubject(occasion);
  const concerned = new Set([...occasion.subjects, ...changes.keys()]);
  const targets = concerned.size === 0 ? [] : await tx.targets.list();
  for (const id of concerned) {
    const news = await judgeOne(line, tx, subjectOf(line, id), targets, occasion);
    transitions.push(...news.transitions);
    const told = line.tell({ ...news, at, changes: changes.get(id) ?? [] });
    if (told === null) continue;
    await tx.outbox.enqueue(told.alert, told.deliveries);
    alerts.push(told.alert);
  }
  return { transitions, alerts };
}

function subjectOf(line: Line, id: string): Subject {
  const subject = line.reader.subject(id);
  if (subject === null) throw new Bug(`Something is said of ${id}, which no catalogue holds.`);
  return subject;
}

async function judgeOne(
  line: Line,
  tx: Store,
  subject: Subject,
  targets: readonly Target[],
  { at, technical }: Occasion,
): Promise<Omit<News, 'at' | 'changes'>> {
  const record = await tx.claims.record(subject.id, at);
  const relevant = relevantTargets(targets, subject);
  const checks = await tx.checks.latest(
    relevant.map(({ id }) => id),
    at,
  );
  const heard = subjectCase(subject, record, relevant, checks);
  const before = await tx.claims.verdicts(subject.id);
  const judgement = judgeAgain(heard, before, at, line.policy, technical);
  const { verdicts, transitions, implied, stored } = judgement;
  await tx.claims.add(implied, at);
  await tx.claims.putVerdicts(stored);
  await tx.claims.addTransitions(transitions);
  const evidence = new Map(record.evidence.map((piece) => [piece.id, piece]));
  return { subject, transitions, verdicts, evidence };
}

/**
 * A change is told with every subject whose verdict may have moved and which it names; one that moved nothing is told
 * once, with the first subject it names.
 */
function changesBySubject({
  subjects,
  changes,
}: Occasion): ReadonlyMap<string, readonly NewsChange[]> {
  const moved = new Set(subjects);
  const grouped = new Map<string, NewsChange[]>();
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

/** Judges again whatever time alone may have changed by now: what is due, stale or expired. */
export async function reconsider(line: Line): Promise<Judged> {
  const at = line.clock.now();
  const subjects = await line.store.claims.toReconsider(at);
  if (subjects.length === 0) return { transitions: [], alerts: [] };
  return line.store.write((tx) =>
    judgeSubjects(line, tx, { subjects, changes: [], at, technical: false }),
  );
}
