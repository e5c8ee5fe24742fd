import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { type EvidenceId, idOf } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SubjectCase } from '../../domain/subject-record.ts';
import { type Instant, plus } from '../../domain/time.ts';
import type { StoredVerdict, Transition, Verdict } from '../../domain/verdict.ts';
import { judgeSubject } from './judge.ts';
import { ENGINE, verdictDigest } from './policy.ts';

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
  const isOfTheCode = codeMoves(subjectCase, policy);
  const transitions: Transition[] = [];
  const stored: StoredVerdict[] = [];
  for (const verdict of verdicts) {
    const last = known.get(verdict.claim.key);
    if (last === undefined && verdict.rule === '7') continue;
    if (last !== undefined && !hasMoved(last, verdict)) continue;
    stored.push(storedFrom(verdict, at));
    const isQuiet = technical || isOfTheCode(last, verdict) || isWaitOver(last, verdict, policy);
    const transition = transitionOf(last, verdict, evidence, isQuiet);
    if (transition !== null) transitions.push(transition);
  }
  const onRecord = new Set<string>(subjectCase.record.claims.map(({ key }) => key));
  const kept = new Set<string>(stored.map(({ claim }) => claim));
  const implied = verdicts
    .map(({ claim }) => claim)
    .filter(({ key }) => kept.has(key) && !onRecord.has(key));
  return { verdicts, transitions, stored, implied };
}

/** What was told as listed and not announced has been listed for long: time alone has moved it, and nothing happened. */
function isWaitOver(last: StoredVerdict | undefined, now: Verdict, policy: Policy): boolean {
  if (last?.flags.includes('listed_only') !== true || now.since === null) return false;
  return now.level === 'confirmed' && now.asOf >= plus(now.since, policy.listingAlone);
}

/**
 * Tells whether a verdict is other than the last one because another engine or policy judged that: then the same
 * record gives it at that moment too, and nothing has happened that anybody should be told.
 */
function codeMoves(
  { subject, record, checks }: SubjectCase,
  policy: Policy,
): (last: StoredVerdict | undefined, now: Verdict) => boolean {
  const thenAt = new Map<Instant, readonly Verdict[]>();
  function judgedThen(at: Instant): readonly Verdict[] {
    const known = thenAt.get(at);
    if (known !== undefined) return known;
    const seen = checks.filter(({ latest }) => latest.at <= at);
    const verdicts = judgeSubject({ subject, record, checks: seen }, at, policy);
    thenAt.set(at, verdicts);
    return verdicts;
  }
  return (last, now) => {
    if (last === undefined || (last.policy === now.policy && last.engine === ENGINE)) return false;
    const then = judgedThen(last.judgedAt).find(({ claim }) => claim.key === now.claim.key);
    return then?.level === now.level && then.status === now.status;
  };
}

function hasMoved(last: StoredVerdict, now: Verdict): boolean {
  const compared = ['level', 'status', 'reconsiderAt', 'policy', 'rule'] as const;
  return last.engine !== ENGINE || compared.some((part) => last[part] !== now[part]);
}

function storedFrom(verdict: Verdict, at: Instant): StoredVerdict {
  const { claim, level, status, rule, flags, since, reconsiderAt, policy } = verdict;
  const { key, subject } = claim;
  const found = { level, status, rule, flags, since, policy, engine: ENGINE, judgedAt: at };
  const digest = verdictDigest({ ...found, claim: key });
  return { ...found, claim: key, subject, reconsiderAt, digest };
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
    quiet: technical || restsOnBaseline(last, now, evidence),
    policy,
  };
}

/** What the first good answer of a target held is known and alerts nobody, then or when a later poll confirms it. */
function restsOnBaseline(
  last: StoredVerdict | undefined,
  now: Verdict,
  evidence: ReadonlyMap<EvidenceId, Evidence>,
): boolean {
  // A withdrawal rests on a later check.
  if (now.level === 'withdrawn') return false;
  const decisive = now.decisive.flatMap((id) => evidence.get(id) ?? []);
  if (!decisive.every(({ baseline }) => baseline)) return false;
  // A change of status alone rests on the calendar, and is old only when its day had passed at the first sight.
  return now.level !== last?.level || decisive.every(wasPast);
}

function wasPast({ validTime, observedAt }: Evidence): boolean {
  return validTime != null && validTime.from <= observedAt;
}
