import { expect, it } from 'vitest';
import {
  parseDuration,
  type Timetable,
  timetableOf,
} from '../../../../src/core/schedule/timetable.ts';
import { DAY, elapsed, HOUR, MINUTE } from '../../../../src/domain/time.ts';

const NOON = '2026-04-21T12:00:00.000Z';

function timetable(cadence: string, zone = 'UTC'): Timetable {
  const found = timetableOf(cadence, zone);
  if (found === null) throw new Error(`${cadence} is no cadence`);
  return found;
}

function slotsAfter(cadence: string, zone: string, from: string, count: number): string[] {
  const table = timetable(cadence, zone);
  const slots = [table.next(from)];
  while (slots.length < count) slots.push(table.next(slots.at(-1) ?? from));
  return slots;
}

it.each([
  ['30s', 30_000],
  ['5m', 5 * MINUTE],
  ['6h', 6 * HOUR],
  ['1d', DAY],
])('a cadence of %s is a distance', (cadence, every) => {
  expect(elapsed(NOON, timetable(cadence).next(NOON))).toBe(every);
  expect(timetable(cadence).gap(NOON)).toBe(every);
});

it('a cadence of a cron expression comes at its slots, in its zone', () => {
  expect(slotsAfter('0 9 * * mon-fri', 'Europe/Berlin', NOON, 4)).toEqual([
    '2026-04-22T07:00:00.000Z',
    '2026-04-23T07:00:00.000Z',
    '2026-04-24T07:00:00.000Z',
    '2026-04-27T07:00:00.000Z',
  ]);
  expect(timetable('*/15 * * * *').gap(NOON)).toBe(15 * MINUTE);
  expect(slotsAfter('*/20 30 12 * * *', 'UTC', NOON, 2)).toEqual([
    '2026-04-21T12:30:00.000Z',
    '2026-04-21T12:30:20.000Z',
  ]);
});

it('a cadence comes an hour later when the clock skips its slot in spring', () => {
  const slots = slotsAfter('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00.000Z', 2);
  expect(slots).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z']);
});

it('a cadence comes once when the clock repeats its slot in autumn', () => {
  const slots = slotsAfter('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00.000Z', 2);
  expect(slots).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
});

it.each(['often', '5', '0m', '61 * * * *', '* * * *', '0 0 31 2 *', '* * * * * * *', ''])(
  'a cadence is not "%s"',
  (cadence) => {
    expect(timetableOf(cadence, 'UTC')).toBeNull();
  },
);

it('a cadence of a length is read as milliseconds', () => {
  expect(['90d', '1x', '-1m', '1.5h'].map(parseDuration)).toEqual([90 * DAY, null, null, null]);
});
