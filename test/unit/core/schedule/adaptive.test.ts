import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expeditedAt, FLOOR, nextCheckAt } from '../../../../src/core/schedule/next-check.ts';
import { type Timetable, timetableOf } from '../../../../src/core/schedule/timetable.ts';
import { DAY, elapsed, HOUR, instantOf, MINUTE, plus } from '../../../../src/domain/time.ts';

const NOON = '2026-04-21T12:00:00.000Z';

function timetable(cadence: string): Timetable {
  const found = timetableOf(cadence, 'UTC');
  if (found === null) throw new Error(`${cadence} is no cadence`);
  return found;
}

function wait(cadence: string, lasted: number | null, over: { retryAfter?: number } = {}): number {
  const question = {
    ...{ now: NOON, timetable: timetable(cadence), failures: 0, jitter: 0, retryAfter: null },
    ...(lasted === null ? {} : { quiet: { lasted, longest: DAY } }),
    ...over,
  };
  return elapsed(NOON, nextCheckAt(question));
}

it('a quiet target is asked at its cadence at first, then ever less often, up to a cap', () => {
  const waits = [0, HOUR, 4 * HOUR, 8 * HOUR, 2 * DAY, 8 * DAY, 80 * DAY];
  expect(waits.map((lasted) => wait('30m', lasted))).toEqual([
    30 * MINUTE,
    30 * MINUTE,
    30 * MINUTE,
    HOUR,
    6 * HOUR,
    DAY,
    DAY,
  ]);
});

it('a quiet target is asked at its cadence again once something has changed', () => {
  expect(wait('30m', 20 * DAY)).toBe(DAY);
  expect(wait('30m', 0)).toBe(30 * MINUTE);
});

it('a quiet target keeps a cadence that is longer than the cap, and the slots of a person', () => {
  expect(wait('2d', 300 * DAY)).toBe(2 * DAY);
  expect(wait('0 9 * * *', 300 * DAY)).toBe(21 * HOUR);
});

it('a quiet target that is primary keeps its cadence, however quiet it is', () => {
  expect(wait('5m', null)).toBe(5 * MINUTE);
});

it('a quiet target is asked no sooner than the far side wants', () => {
  expect(wait('30m', 0, { retryAfter: 3 * HOUR })).toBe(3 * HOUR);
});

describe('the distance between two checks', () => {
  const cadences = fc.constantFrom('1s', '5m', '30m', '6h', '3d');
  const lasted = fc.nat({ max: 400 * DAY });

  it('the distance between two checks grows with the quiet, stays between cadence and cap, and shrinks to the cadence on a change', () => {
    fc.assert(
      fc.property(cadences, lasted, lasted, (cadence, one, other) => {
        const [short, long] = one < other ? [one, other] : [other, one];
        const usual = timetable(cadence).gap(NOON);
        expect(wait(cadence, long)).toBeGreaterThanOrEqual(wait(cadence, short));
        expect(wait(cadence, long)).toBeGreaterThanOrEqual(usual);
        expect(wait(cadence, long)).toBeLessThanOrEqual(Math.max(usual, DAY));
        expect(wait(cadence, 0)).toBe(usual);
      }),
    );
  });
});

it('a reason to look at once makes a check due now, or as soon as the floor allows', () => {
  const moments = fc.nat({ max: 10 * DAY }).map((since) => instantOf(Date.parse(NOON) - since));
  fc.assert(
    fc.property(fc.option(moments), (lastCheckAt) => {
      const due = expeditedAt(NOON, lastCheckAt);
      expect(due >= NOON).toBe(true);
      expect(due <= plus(NOON, FLOOR)).toBe(true);
      if (lastCheckAt !== null) expect(elapsed(lastCheckAt, due)).toBeGreaterThanOrEqual(FLOOR);
      else expect(due).toBe(NOON);
    }),
  );
});
