import { isGood } from '../../domain/check.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { TargetChecks } from '../../domain/subject-record.ts';
import { type Instant, plus } from '../../domain/time.ts';
import type { ClaimStatus } from '../../domain/verdict.ts';

interface Timing {
  status: Extract<ClaimStatus, 'in_effect' | 'scheduled' | 'due'>;
  /** The day the fact is to hold from, as its latest primary statement gives it. */
  from: Instant | null;
}

/**
 * Where a confirmed claim stands in time. The calendar moves it from `scheduled` to `due`; only a primary check past
 * the date moves it to `in_effect` (docs/verdicts.md).
 */
export function timingOf(
  claim: Pick<Claim, 'facet' | 'subject'>,
  primary: readonly Evidence[],
  checks: readonly TargetChecks[],
  at: Instant,
): Timing {
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
  const last = dated
    .map(({ observedAt }) => observedAt)
    .sort()
    .at(-1);
  const days = dated.filter(({ observedAt }) => observedAt === last).map(({ day }) => day);
  return days.sort()[0] ?? null;
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
      lastGood !== null &&
      lastGood.outcome === 'present' &&
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
