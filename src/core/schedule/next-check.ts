import { DAY, type Instant, MINUTE, plus } from '../../domain/time.ts';
import type { Timetable } from './timetable.ts';

export interface NextCheckQuestion {
  now: Instant;
  timetable: Timetable;
  /** Consecutive checks that were not good, this one included. */
  failures: number;
  /** How long the far side asked us to wait, in milliseconds. */
  retryAfter: number | null;
  /** 0 to 1, drawn by the caller: spreads targets that share a cadence. */
  jitter: number;
}

/** No answer header holds a target back for longer than this. */
const LONGEST_WAIT = DAY;

/** A source that is read once a day is not given up for a day by one failure. */
const FIRST_RETRY = 10 * MINUTE;

/**
 * When to look again: the next moment of the timetable; after a failure ten minutes later at the latest, doubled for
 * each further one up to a day; never before the far side asked for; put off a little, so that targets spread.
 */
export function nextCheckAt(question: NextCheckQuestion): Instant {
  const { now, timetable, failures, retryAfter, jitter } = question;
  const due = failures === 0 ? timetable.next(now) : retryAt(now, timetable, failures);
  const asked = plus(now, Math.min(retryAfter ?? 0, LONGEST_WAIT));
  const put = Math.round(jitter * timetable.spread(now));
  return plus(asked > due ? asked : due, put);
}

function retryAt(now: Instant, timetable: Timetable, failures: number): Instant {
  const gap = timetable.gap(now);
  const doubled = Math.min(gap, FIRST_RETRY) * 2 ** Math.min(failures - 1, 20);
  const wait = Math.min(doubled, Math.max(gap, LONGEST_WAIT));
  if (wait >= gap) return timetable.next(plus(now, wait - gap));
  const [usual, early] = [timetable.next(now), plus(now, wait)];
  return usual < early ? usual : early;
}
