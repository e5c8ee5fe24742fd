import { DAY, elapsed, type Instant, MINUTE, plus } from '../../domain/time.ts';
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
  /** Set for a target that may be asked less often while nothing changes there. */
  quiet?: Quiet;
}

export interface Quiet {
  /** How long nothing has changed, in milliseconds. */
  lasted: number;
  /** The longest distance between two checks that silence leads to, in milliseconds. */
  longest: number;
}

/** A target is asked this often within the time it has been quiet for: at least eight looks before one is a day apart. */
const LOOKS = 8;

/**
 * Nothing is asked more often than this for a reason that came up; a timetable may be closer, when somebody wrote it so.
 * @internal
 */
export const FLOOR = MINUTE;

/** No answer header holds a target back for longer than this. */
const LONGEST_WAIT = DAY;

/** A source that is read once a day is not given up for a day by one failure. */
const FIRST_RETRY = 10 * MINUTE;

/**
 * When to look again: the next moment of the timetable, or a later one where nothing has changed for long; after a
 * failure ten minutes later at the latest, doubled for each further one up to a day; never before the far side asked
 * for, nor sooner than the floor; put off a little, so that targets spread.
 */
export function nextCheckAt(question: NextCheckQuestion): Instant {
  const { now, timetable, failures, retryAfter, jitter } = question;
  const due = failures === 0 ? usualAt(question) : retryAt(now, timetable, failures);
  const floor = Math.min(FLOOR, timetable.gap(now));
  const asked = plus(now, Math.max(floor, Math.min(retryAfter ?? 0, LONGEST_WAIT)));
  const put = Math.round(jitter * timetable.spread(now));
  return plus(asked > due ? asked : due, put);
}

function usualAt({ now, timetable, quiet }: NextCheckQuestion): Instant {
  const gap = timetable.gap(now);
  const wait = quiet === undefined ? gap : Math.min(quiet.lasted / LOOKS, quiet.longest);
  return timetable.next(wait > gap ? plus(now, Math.round(wait - gap)) : now);
}

/** When to look at once, for a reason that came up: now, or as soon as the floor allows after the last look. */
export function expeditedAt(now: Instant, lastCheckAt: Instant | null): Instant {
  if (lastCheckAt === null || elapsed(lastCheckAt, now) >= FLOOR) return now;
  return plus(lastCheckAt, FLOOR);
}

function retryAt(now: Instant, timetable: Timetable, failures: number): Instant {
  const gap = timetable.gap(now);
  const doubled = Math.min(gap, FIRST_RETRY) * 2 ** Math.min(failures - 1, 20);
  const wait = Math.min(doubled, Math.max(gap, LONGEST_WAIT));
  if (wait >= gap) return timetable.next(plus(now, wait - gap));
  const [usual, early] = [timetable.next(now), plus(now, wait)];
  return usual < early ? usual : early;
}
