import { nextCheckAt, type Quiet } from '../core/schedule/next-check.ts';
import { type CheckOutcome, healthOf } from '../domain/check.ts';
import { type ExtractError, FetchError } from '../domain/errors.ts';
import type { Health, HealthState, TargetState } from '../domain/target.ts';
import { DAY, elapsed, type Instant } from '../domain/time.ts';
import type { Watcher } from '../domain/watcher.ts';
import type { TargetUpdate } from '../store/ports/work.ts';
import type { PipelineContext } from './context.ts';

/** How a check that was not good is called. */
export function outcomeOf(error: FetchError | ExtractError): CheckOutcome {
  if (error instanceof FetchError) return error.kind === 'blocked' ? 'blocked' : 'unreachable';
  return error.kind === 'shrunk' ? 'control_failed' : 'parse_failed';
}

/** The health after a check; an episode keeps the moment it began. */
function healthAfter(
  target: TargetState,
  error: FetchError | ExtractError | null,
  at: Instant,
): Health {
  const state = stateOf(error);
  const since = target.health?.state === state ? target.health.since : at;
  return { state, since, reason: error?.message ?? null };
}

function stateOf(error: FetchError | ExtractError | null): HealthState {
  return error === null ? 'ok' : healthOf(outcomeOf(error), error.kind);
}

function isOff(error: FetchError | ExtractError | null): boolean {
  return error?.kind === 'off';
}

/** How rarely a page is looked at that somebody listed, and one that an entry of a feed led to, when nothing changes. */
const LONGEST_LISTED = DAY;
const LONGEST_LEAD = 7 * DAY;

/** A vendor's own channels keep their cadence, however quiet they are: that they are silent is worth knowing. */
function quietOf({ vendor }: Watcher, target: TargetState, now: Instant): { quiet?: Quiet } {
  if (vendor !== null && target.linkedFrom === undefined) return {};
  const since = target.lastChangeAt ?? target.createdAt;
  const longest = target.linkedFrom === undefined ? LONGEST_LISTED : LONGEST_LEAD;
  return { quiet: { lasted: elapsed(since, now), longest } };
}

/** What every check writes back to its target, good or not. */
export function updateAfterCheck(
  context: PipelineContext,
  watcher: Watcher,
  target: TargetState,
  error: FetchError | ExtractError | null,
): TargetUpdate & Pick<Required<TargetUpdate>, 'dueAt' | 'failures' | 'health'> {
  const now = context.clock.now();
  const failures = error === null || isOff(error) ? 0 : target.failures + 1;
  const retryAfter = error instanceof FetchError ? error.retryAfter : null;
  const timetable = context.timetable(watcher);
  return {
    dueAt: nextCheckAt({
      ...{ now, timetable, failures, retryAfter, jitter: context.jitter() },
      ...quietOf(watcher, target, now),
    }),
    lastCheckAt: now,
    ...(error === null ? { lastGoodAt: now } : {}),
    failures,
    health: healthAfter(target, error, now),
  };
}
