import type { Evidence } from '../../domain/evidence.ts';
import type { TargetChecks } from '../../domain/subject-record.ts';
import { type Day, type Instant, millisecondsOf, plus } from '../../domain/time.ts';
import type { ClaimStatus, PrimaryState } from '../../domain/verdict.ts';
import { type Assessment, openPrimary } from './assessment.ts';
import type { Finding } from './rules.ts';
import { timingOf } from './scheduling.ts';
import { isDate, lastDayOf } from './values.ts';

export interface TimedQuestion {
  assessment: Assessment;
  finding: Finding;
  primary: PrimaryState;
  checks: readonly TargetChecks[];
}

export interface Timed {
  status: ClaimStatus;
  /** When time alone may change the status. */
  reconsiderAt: Instant | null;
}

/** What a level has come to by the moment it is asked for: in effect, due, stale, expired. */
export function timedStatus(question: TimedQuestion): Timed {
  const { assessment, finding } = question;
  switch (finding.level) {
    case 'confirmed': {
      const { status, from } = timingOf(
        assessment.claim,
        openPrimary(assessment),
        question.checks,
        assessment.at,
      );
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
  const newest = support.reduce(
    (last, { observedAt }) => (observedAt > last ? observedAt : last),
    '',
  );
  const staleAt = plus(newest === '' ? at : newest, policy.staleAfter);
  const expiresAt = plus(newest === '' ? at : newest, policy.expiredAfter);
  const overdueAt = overdueFrom(assessment);
  const isOverdue = overdueAt !== null && at >= overdueAt && primary.state === 'silent';
  if (at >= expiresAt || isOverdue) return { status: 'expired', reconsiderAt: null };
  const ahead = [staleAt, expiresAt, overdueAt].filter((moment) => moment !== null && moment > at);
  return { status: at >= staleAt ? 'stale' : 'current', reconsiderAt: ahead.sort()[0] ?? null };
}

/** From when on silent channels make the asserted date too long past; null when no date is asserted. */
function overdueFrom({ claim, support, policy }: Assessment): Instant | null {
  const day = claim.value !== null && isDate(claim.value) ? claim.value : sharedDate(support);
  if (day === null) return null;
  return plus(lastDayOf(day), policy.dateOverdue);
}

/** The last date that all who support a claim give for it; null when somebody supports it without one. */
function sharedDate(support: readonly Evidence[]): Day | null {
  let last: Day | null = null;
  for (const { validTime } of support) {
    if (validTime === null) return null;
    const end = (validTime.to ?? validTime.from).slice(0, 10);
    if (last === null || millisecondsOf(end) > millisecondsOf(last)) last = end;
  }
  return last;
}
