import { isGood } from '../../domain/check.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { TargetChecks } from '../../domain/subject-record.ts';
import { type Day, dayOf, earliest, type Instant, latest, plus } from '../../domain/time.ts';
import type { ClaimStatus, PrimaryState, Verdict } from '../../domain/verdict.ts';
import { type Assessment, openPrimary } from './assessment.ts';
import type { Finding } from './rules.ts';
import { isDate, lastDayOf } from './values.ts';

interface TimedQuestion {
  assessment: Assessment;
  finding: Finding;
  primary: PrimaryState;
  checks: readonly TargetChecks[];
}

/** A status, and when time alone may change it. */
type Timed = Pick<Verdict, 'status' | 'reconsiderAt'>;

/** What a level has come to by the moment it is asked for: in effect, due, stale, expired. */
export function timedStatus(question: TimedQuestion): Timed {
  const { finding } = question;
  switch (finding.level) {
    case 'confirmed': {
      const { status, from } = timingOf(question);
      return { status, reconsiderAt: status === 'scheduled' ? from : null };
    }
    case 'withdrawn':
    case 'contradicted':
      return { status: finding.level, reconsiderAt: null };
    case 'unknown':
      return { status: finding.rule === '6' ? 'denied' : 'never_reported', reconsiderAt: null };
    default:
      return ageing(question);
  }
}

/** Talk without new support grows stale, then expires; a date long past with silent channels expires it at once. */
function ageing({ assessment, primary }: TimedQuestion): Timed {
  const { at, policy, support } = assessment;
  const newest = latest(support.map(({ observedAt }) => observedAt)) ?? at;
  const staleAt = plus(newest, policy.staleAfter);
  const expiresAt = plus(newest, policy.expiredAfter);
  const overdueAt = overdueFrom(assessment);
  const isOverdue = overdueAt !== null && at >= overdueAt && primary.state === 'silent';
  if (at >= expiresAt || isOverdue) return { status: 'expired', reconsiderAt: null };
  const ahead = [staleAt, expiresAt, overdueAt].filter((moment) => moment !== null && moment > at);
  return { status: at >= staleAt ? 'stale' : 'current', reconsiderAt: earliest(ahead) };
}

/** From when on silent channels make the asserted date too long past; null when no date is asserted. */
function overdueFrom({ claim, support, policy }: Assessment): Instant | null {
  const day = claim.value !== null && isDate(claim.value) ? claim.value : sharedDate(support);
  return day === null ? null : plus(lastDayOf(day), policy.dateOverdue);
}

/** The last date that all who support a claim give for it; null when somebody supports it without one. */
function sharedDate(support: readonly Evidence[]): Day | null {
  const ends = support.flatMap(({ validTime }) =>
    validTime === null ? [] : dayOf(validTime.to ?? validTime.from),
  );
  return ends.length < support.length ? null : latest(ends);
}

interface Timing {
  status: Extract<ClaimStatus, 'in_effect' | 'scheduled' | 'due'>;
  /** The day the fact is to hold from, as its latest primary statement gives it. */
  from: Instant | null;
}

/**
 * Where a confirmed claim stands in time. The calendar moves it from `scheduled` to `due`; only a primary check past
 * the date moves it to `in_effect` (docs/verdicts.md).
 */
function timingOf({ assessment, checks }: TimedQuestion): Timing {
  const { claim, at } = assessment;
  const primary = openPrimary(assessment);
  const day = latestDay(primary);
  if (day === null) return { status: 'in_effect', from: null };
  const from = plus(day, 0);
  if (at < from) return { status: 'scheduled', from };
  const wasScheduled = primary.every((evidence) => evidence.observedAt < from || isPlan(evidence));
  if (!wasScheduled) return { status: 'in_effect', from };
  const happened =
    claim.facet === 'retired'
      ? isMissingFromList(claim.subject, checks, from)
      : isShownPast(primary, checks, from);
  return { status: happened ? 'in_effect' : 'due', from };
}

/** The day that the latest statement with a day gives; of several at one moment the earliest, from which on it holds. */
function latestDay(primary: readonly Evidence[]): string | null {
  const dated = primary.flatMap(({ observedAt, validTime }) =>
    validTime === null ? [] : [{ observedAt, day: validTime.from }],
  );
  const last = latest(dated.map(({ observedAt }) => observedAt));
  return earliest(dated.filter(({ observedAt }) => observedAt === last).map(({ day }) => day));
}

/** A deprecations row names a day; read after that day it is still a plan, and plans slip. */
function isPlan(evidence: Evidence): boolean {
  return evidence.sourceKind === 'deprecations' || evidence.sourceKind === 'model-list';
}

function isMissingFromList(
  subject: string,
  checks: readonly TargetChecks[],
  from: Instant,
): boolean {
  return checks.some(
    ({ kind, lastGood }) =>
      kind === 'model-list' &&
      lastGood?.outcome === 'present' &&
      lastGood.at >= from &&
      !lastGood.shows.includes(subject),
  );
}

function isShownPast(
  primary: readonly Evidence[],
  checks: readonly TargetChecks[],
  from: Instant,
): boolean {
  const targets = new Set<string>(primary.map((evidence) => evidence.target));
  return checks.some(
    ({ target, latest }) => targets.has(target) && isGood(latest.outcome) && latest.at >= from,
  );
}
