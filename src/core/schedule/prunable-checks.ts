import { type Check, isGood } from '../../domain/check.ts';
import type { CheckId } from '../../domain/ids.ts';
import { dayOf, type Instant } from '../../domain/time.ts';

type OldCheck = Pick<Check, 'id' | 'at' | 'outcome'>;

/**
 * The checks of one target, given in their order, that no answer about the past needs: of each day the last and the
 * last good one stay, and so do those that were the last, or the last good, whenever something was judged. Moments are
 * given in their order. The last of all stays, because what follows it is not known here.
 */
export function prunableChecks(
  checks: readonly OldCheck[],
  moments: readonly Instant[],
): readonly CheckId[] {
  const needed = new Set([
    ...neededOf(checks, moments),
    ...neededOf(
      checks.filter(({ outcome }) => isGood(outcome)),
      moments,
    ),
  ]);
  return checks.filter(({ id }) => !needed.has(id)).map(({ id }) => id);
}

/** Those that were the last at the end of a day, at a moment, or of all. */
function neededOf(checks: readonly OldCheck[], moments: readonly Instant[]): readonly CheckId[] {
  const needed: CheckId[] = [];
  let next = 0;
  for (const [at, check] of checks.entries()) {
    const following = checks[at + 1];
    while (next < moments.length && (moments[next] ?? '') < check.at) next += 1;
    const moment = moments[next];
    const wasLast = moment !== undefined && (following === undefined || moment < following.at);
    const endsDay = following === undefined || dayOf(following.at) !== dayOf(check.at);
    if (wasLast || endsDay) needed.push(check.id);
  }
  return needed;
}
