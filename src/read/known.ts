import { relevantTargets, subjectCase } from '../core/verdict/inputs.ts';
import { judgeSubject } from '../core/verdict/judge.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { SnapshotId, TargetId } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { Discovery, Subject } from '../domain/subject.ts';
import type { SubjectRecord, TargetChecks } from '../domain/subject-record.ts';
import type { Target } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Store } from '../store/store.ts';

/** What questions are answered from: the database, the catalogue, the policy. */
export interface Known {
  store: Store;
  policy: Policy;
  /** The ids a person follows. */
  follow: readonly string[];
  /** The ids a person does not want to hear of. */
  except: readonly string[];
  subjects(): readonly Subject[];
  subject(id: string): Subject | null;
  /** An id by grammar as a subject, though it is kept among none. */
  unlisted(id: string, discovery: Discovery): Subject;
  /** The id a person means by what they typed. */
  resolve(typed: string): string | null;
  near(typed: string): readonly string[];
  /** What an address of a watcher lacks in the configuration to be read at all; null where it lacks nothing. */
  lackOf(): Promise<(target: Pick<Target, 'watcher' | 'url'>) => string | null>;
  /** The name people know a publisher by. */
  publisherName(domain: string): string;
  /** The name people know a vendor by. */
  vendorName(id: string): string;
}

/** A subject as judged at a moment, with the record it was judged from. */
export interface Answer {
  subject: Subject;
  asOf: Instant;
  record: SubjectRecord;
  verdicts: readonly Verdict[];
  /** How the channels that may speak of it were read. */
  checks: readonly TargetChecks[];
}

/** The subject a person means. Throws `NotFoundError` with near matches when nothing is known under that name. */
export function subjectNamed(known: Known, typed: string): Subject {
  const id = known.resolve(typed);
  const subject = id === null ? null : known.subject(id);
  if (subject !== null) return subject;
  const message = `Nothing is known of "${typed}": it is in no catalogue, and no model of that name was taken from a source.`;
  throw new NotFoundError(message, known.near(typed));
}

/** Judges the subject a person means. Throws `NotFoundError` as `subjectNamed` does. */
export async function answerNamed(known: Known, typed: string, asOf: Instant): Promise<Answer> {
  const subject = (await heardOf(known, typed, asOf)) ?? subjectNamed(known, typed);
  return answerFor(known, subject, asOf, await known.store.targets.list());
}

/** The same of a model nobody has named yet, when its id is one that a vendor would give. */
export async function answerAwaited(known: Known, typed: string, asOf: Instant): Promise<Answer> {
  const id = known.resolve(typed);
  if (id === null || known.subject(id) !== null) return answerNamed(known, typed, asOf);
  const heard = await heardOf(known, typed, asOf);
  const unseen = { at: asOf, target: '' as TargetId, snapshot: '' as SnapshotId, firstHand: false };
  const subject = heard ?? { ...known.unlisted(id, unseen), discovered: null };
  return answerFor(known, subject, asOf, await known.store.targets.list());
}

/** What a single voice of others has named is no subject yet, and whoever asks is told what it says. */
async function heardOf(known: Known, typed: string, asOf: Instant): Promise<Subject | null> {
  const id = known.resolve(typed);
  if (id === null || known.subject(id) !== null) return null;
  const [first] = (await known.store.claims.record(id, asOf)).evidence;
  if (first === undefined) return null;
  const { knownAt, target, snapshot } = first;
  return known.unlisted(id, { at: knownAt, target, snapshot, firstHand: false });
}

/** Judges a subject as of a moment, from what was known by then. */
export async function answerFor(
  known: Known,
  subject: Subject,
  asOf: Instant,
  targets: readonly Target[],
): Promise<Answer> {
  const relevant = relevantTargets(targets, subject);
  const [record, checks] = await Promise.all([
    known.store.claims.record(subject.id, asOf),
    known.store.checks.latest(
      relevant.map(({ id }) => id),
      asOf,
    ),
  ]);
  const heard = subjectCase(subject, record, relevant, checks);
  const verdicts = judgeSubject(heard, asOf, known.policy);
  return { subject, asOf, record, verdicts, checks: heard.checks };
}

/** What a program that runs for long asks: the database may be restored or grow under it. */
export interface LiveKnown {
  /** Answers from the database as it is now. Throws `StoreError` of kind unavailable while it is being restored. */
  ask<T>(question: (known: Known) => Promise<T>): Promise<T>;
  /** Changes with every write to the database, whoever wrote. */
  revision(): string;
  /** How far behind a database is that follows another, in milliseconds; null for one that follows none. */
  lag(): number | null;
}
