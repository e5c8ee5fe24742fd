import { judgeSubject } from '../core/verdict/judge.ts';
import { isGood } from '../domain/check.ts';
import type { Claim } from '../domain/claim.ts';
import type { Evidence } from '../domain/evidence.ts';
import { type EvidenceId, idOf, type TargetId } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import type { SourceKind } from '../domain/source-kind.ts';
import type { Subject } from '../domain/subject.ts';
import type { SubjectCase, SubjectRecord, TargetChecks } from '../domain/subject-record.ts';
import type { Target } from '../domain/target.ts';
import type { Instant } from '../domain/time.ts';
import type { Transition, Verdict } from '../domain/verdict.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { Store, StoredVerdict } from '../store/store.ts';

/** The channels whose checks a verdict may need, beside those its evidence came from. */
const CHECKED: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'newsroom',
  'changelog',
  'model-page',
  'model-list',
  'help',
]);

export interface CaseSources {
  store: Store;
  watchers: ReadonlyMap<string, Watcher>;
  targets: readonly Target[];
}

/** What was known of a subject at a moment, with the checks of the channels that could have told. */
export async function caseOf(
  { store, watchers, targets }: CaseSources,
  subject: Subject,
  at: Instant,
): Promise<SubjectCase> {
  const record = await store.claims.record(subject.id, at);
  const relevant = new Map<TargetId, Target>();
  for (const target of targets) {
    if (isRelevant(target, watchers.get(target.watcher)?.kind, subject, record)) {
      relevant.set(target.id, target);
    }
  }
  const checks = await store.checks.latest([...relevant.keys()], at);
  const found: TargetChecks[] = [];
  for (const target of relevant.values()) {
    const kind = watchers.get(target.watcher)?.kind;
    const own = checks.filter((check) => check.target === target.id);
    const [latest] = own.sort((a, b) => (a.at > b.at ? -1 : 1));
    if (latest === undefined || kind === undefined) continue;
    const lastGood = own.find(({ outcome }) => isGood(outcome)) ?? null;
    const { id, url, subject: about } = target;
    found.push({ target: id, kind, url, subject: about, latest, lastGood });
  }
  return { subject, record, checks: found };
}

function isRelevant(
  target: Target,
  kind: SourceKind | undefined,
  subject: Subject,
  record: SubjectRecord,
): boolean {
  if (kind === undefined || !CHECKED.has(kind)) return false;
  if (target.subject === null || target.subject === subject.id) return true;
  return (
    subject.controls.includes(target.subject) ||
    record.evidence.some((piece) => piece.target === target.id)
  );
}

export interface Judgement {
  verdicts: readonly Verdict[];
  transitions: readonly Transition[];
  stored: readonly StoredVerdict[];
  /** Claims that were implied and not yet on record: the headline, bare facets. */
  implied: readonly Claim[];
}

/** Judges a subject and compares with what was judged last; technical judgements move quietly. */
export function judgeAgain(
  subjectCase: SubjectCase,
  before: readonly StoredVerdict[],
  at: Instant,
  policy: Policy,
  technical: boolean,
): Judgement {
  const verdicts = judgeSubject(subjectCase, at, policy);
  const known = new Map(before.map((verdict) => [verdict.claim as string, verdict]));
  const evidence = new Map(subjectCase.record.evidence.map((piece) => [piece.id, piece]));
  const transitions: Transition[] = [];
  const stored: StoredVerdict[] = [];
  for (const verdict of verdicts) {
    const last = known.get(verdict.claim.key);
    if (last === undefined && verdict.rule === '7') continue;
    if (last !== undefined && !hasMoved(last, verdict)) continue;
    stored.push(storedFrom(verdict, at));
    const transition = transitionOf(last, verdict, evidence, technical);
    if (transition !== null) transitions.push(transition);
  }
  const onRecord = new Set<string>(subjectCase.record.claims.map(({ key }) => key));
  const implied = verdicts.map(({ claim }) => claim).filter(({ key }) => !onRecord.has(key));
  return { verdicts, transitions, stored, implied };
}

function hasMoved(last: StoredVerdict, now: Verdict): boolean {
  return (
    last.level !== now.level ||
    last.status !== now.status ||
    last.reconsiderAt !== now.reconsiderAt ||
    last.policy !== now.policy ||
    last.rule !== now.rule
  );
}

function storedFrom(verdict: Verdict, at: Instant): StoredVerdict {
  const { claim, level, status, rule, flags, since, reconsiderAt, policy } = verdict;
  const { key, subject } = claim;
  return {
    claim: key,
    subject,
    level,
    status,
    rule,
    flags,
    since,
    reconsiderAt,
    policy,
    judgedAt: at,
  };
}

const UNHEARD = { level: 'unknown', status: 'never_reported' } as const;

function transitionOf(
  last: StoredVerdict | undefined,
  now: Verdict,
  evidence: ReadonlyMap<EvidenceId, Evidence>,
  technical: boolean,
): Transition | null {
  const from = last === undefined ? UNHEARD : { level: last.level, status: last.status };
  const to = { level: now.level, status: now.status };
  if (from.level === to.level && from.status === to.status) return null;
  const { claim, decisive, asOf, rule, policy } = now;
  return {
    id: idOf('tr', claim.key, asOf, to.level, to.status),
    claim: claim.key,
    subject: claim.subject,
    at: asOf,
    from,
    to,
    rule,
    evidence: decisive,
    quiet: technical || restsOnBaseline(from.level, now, evidence),
    policy,
  };
}

/** What the first good answer of a target held is known and told to nobody, then or when a later poll confirms it. */
function restsOnBaseline(
  from: Verdict['level'],
  now: Verdict,
  evidence: ReadonlyMap<EvidenceId, Evidence>,
): boolean {
  // A withdrawal rests on a later check, and a change of status alone on the calendar.
  if (now.level === 'withdrawn' || now.level === from) return false;
  return now.decisive.every((id) => evidence.get(id)?.baseline === true);
}
