import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCheckAt } from '../../../../src/core/schedule/next-check.ts';
import { type Timetable, timetableOf } from '../../../../src/core/schedule/timetable.ts';
import { DAY, elapsed, HOUR, instantOf, MINUTE, SECOND } from '../../../../src/domain/time.ts';

const NOON = '2026-04-21T12:00:00.000Z';

function timetable(cadence: string, zone = 'UTC'): Timetable {
  const found = timetableOf(cadence, zone);
  if (found === null) throw new Error(`${cadence} is no cadence`);
  return found;
}

describe('the next check', () => {
  const ask = (cadence: string, over: Partial<Parameters<typeof nextCheckAt>[0]> = {}) => {
    const usual = { now: NOON, failures: 0, retryAfter: null, jitter: 0 };
    return elapsed(NOON, nextCheckAt({ ...usual, timetable: timetable(cadence), ...over }));
  };

  it('the next check comes a cadence later, put off by up to a tenth', () => {
    expect(ask('5m')).toBe(5 * MINUTE);
    expect(ask('5m', { jitter: 1 })).toBe(5.5 * MINUTE);
    expect(ask('0 0 * * *', { jitter: 1 })).toBe(12 * HOUR + MINUTE);
  });

  it('the next check comes at twice the distance for each failure after the first, up to a day', () => {
    const waits = [1, 2, 3, 30].map((failures) => ask('5m', { failures }));
    expect(waits).toEqual([5 * MINUTE, 10 * MINUTE, 20 * MINUTE, DAY]);
  });

  it('the next check of a source that is read once a day is tried again after ten minutes', () => {
    const waits = [1, 2, 3, 8, 30].map((failures) => ask('1d', { failures }));
    expect(waits).toEqual([10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 1280 * MINUTE, DAY]);
    expect(ask('5 12 * * *', { failures: 1 })).toBe(5 * MINUTE);
    expect(ask('0 9 * * *', { failures: 1 })).toBe(10 * MINUTE);
  });

  it('the next check never comes before the far side asked for, up to a day', () => {
    expect(ask('5m', { failures: 1, retryAfter: HOUR })).toBe(HOUR);
    expect(ask('0 9 * * *', { failures: 1, retryAfter: 2 * HOUR })).toBe(2 * HOUR);
    expect(ask('5m', { failures: 1, retryAfter: 9 * DAY })).toBe(DAY);
  });

  it('the next check keeps a cadence that is shorter than a minute, which somebody must have asked for', () => {
    expect(ask('1s')).toBe(SECOND);
    expect(ask('1s', { retryAfter: MINUTE })).toBe(MINUTE);
  });

  it('the next check keeps a cadence that is longer than a day when failures have added up', () => {
    expect(ask('2d', { failures: 20 })).toBe(2 * DAY);
  });

  it('the next check always comes, and always later than now', () => {
    const cadences = fc.constantFrom(
      '1s',
      '5m',
      '1d',
      '30d',
      '*/7 * * * *',
      '0 9 * * mon',
      '1 1 1 1 *',
    );
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia');
    const times = fc.integer({ min: 0, max: Date.UTC(2060, 0, 1) }).map(instantOf);
    const failures = fc.nat({ max: 200 });
    const asked = fc.option(fc.nat({ max: 30 * DAY }));
    const jitter = fc.double({ min: 0, max: 1, noNaN: true });
    const inputs = [cadences, zones, times, failures, asked, jitter] as const;
    fc.assert(
      fc.property(...inputs, (cadence, zone, now, failed, retryAfter, drawn) => {
        const table = timetable(cadence, zone);
        const question = { now, timetable: table, failures: failed, retryAfter, jitter: drawn };
        const due = nextCheckAt(question);
        expect(elapsed(now, due)).toBeGreaterThan(0);
        const longest = Math.max(2 * table.gap(now), 2 * DAY) * 1.1 + MINUTE;
        if (cadence !== '1 1 1 1 *') expect(elapsed(now, due)).toBeLessThanOrEqual(longest);
      }),
    );
  });
});
