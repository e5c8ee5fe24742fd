import { DAY, HOUR, type Instant, MINUTE, plus } from '../../domain/time.ts';

export interface NextCheckQuestion {
  now: Instant;
  /** The usual distance between two checks, in milliseconds. */
  every: number;
  /** Consecutive checks that were not good, this one included. */
  failures: number;
  /** How long the far side asked us to wait, in milliseconds. */
  retryAfter: number | null;
  /** 0 to 1, drawn by the caller: spreads targets that share a cadence. */
  jitter: number;
}

/** No answer header holds a target back for longer than this. */
const LONGEST_WAIT = DAY;

/**
 * When to look again: the cadence, doubled for each failure after the first up to a day, never before the far side
 * asked for, spread by up to a tenth.
 */
export function nextCheckAt(question: NextCheckQuestion): Instant {
  const { now, every, failures, retryAfter, jitter } = question;
  const doublings = Math.max(0, Math.min(failures - 1, 10));
  const backedOff = Math.min(every * 2 ** doublings, Math.max(every, LONGEST_WAIT));
  const asked = Math.min(retryAfter ?? 0, LONGEST_WAIT);
  return plus(now, Math.max(backedOff, asked) + Math.round(jitter * 0.1 * every));
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: MINUTE, h: HOUR, d: DAY };

/** Reads `30s`, `5m`, `6h` or `1d` as milliseconds; null when it is something else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+)\s*([smhd])$/.exec(text.trim());
  const unit = UNITS[match?.[2] ?? ''];
  const amount = Number(match?.[1] ?? 0);
  return unit === undefined || amount === 0 ? null : amount * unit;
}
