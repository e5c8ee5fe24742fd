import { describe, expect, it } from 'vitest';
import { nextCheckAt, parseDuration } from '../../../../src/core/schedule/next-check.ts';
import { HOUR, MINUTE } from '../../../../src/domain/time.ts';

const NOW = '2026-04-21T12:00:00.000Z';

function minutesUntil(over: Partial<Parameters<typeof nextCheckAt>[0]>): number {
  const at = nextCheckAt({
    now: NOW,
    every: 10 * MINUTE,
    failures: 0,
    retryAfter: null,
    jitter: 0,
    ...over,
  });
  return (Date.parse(at) - Date.parse(NOW)) / MINUTE;
}

describe('the next check', () => {
  it('keeps to the cadence while all is well, and after one failure', () => {
    expect(minutesUntil({})).toBe(10);
    expect(minutesUntil({ failures: 1 })).toBe(10);
  });

  it('doubles with every further failure, up to a day', () => {
    expect([2, 3, 4].map((failures) => minutesUntil({ failures }))).toEqual([20, 40, 80]);
    expect(minutesUntil({ failures: 50 })).toBe(24 * 60);
  });

  it('never comes before the far side asked for, and not later than a day for its sake', () => {
    expect(minutesUntil({ retryAfter: HOUR })).toBe(60);
    expect(minutesUntil({ retryAfter: 400 * HOUR })).toBe(24 * 60);
    expect(minutesUntil({ retryAfter: MINUTE })).toBe(10);
  });

  it('is spread by up to a tenth of the cadence', () => {
    expect(minutesUntil({ jitter: 1 })).toBe(11);
  });

  it('keeps a cadence that is longer than a day', () => {
    expect(minutesUntil({ every: 48 * HOUR, failures: 3 })).toBe(48 * 60);
  });
});

describe('a duration', () => {
  it('is read with its unit', () => {
    expect(['30s', '5m', '6h', '1d'].map(parseDuration)).toEqual([
      30_000,
      5 * MINUTE,
      6 * HOUR,
      24 * HOUR,
    ]);
  });

  it('is none without a unit, at zero, or as a cron expression', () => {
    expect(['5', '0m', '*/5 * * * *', '', '-5m'].map(parseDuration)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
