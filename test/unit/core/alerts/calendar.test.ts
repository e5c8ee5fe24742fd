import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextSlot, quietUntil } from '../../../../src/core/alerts/calendar.ts';
import type { QuietWindow } from '../../../../src/domain/route.ts';
import { DAY, elapsed, HOUR, instantOf } from '../../../../src/domain/time.ts';

const night: QuietWindow = { from: '22:00', to: '07:00' };
const weekend: QuietWindow = { from: '00:00', to: '24:00', days: ['sat', 'sun'] };
const BERLIN = 'Europe/Berlin';

it('quiet hours end at their end in their own zone', () => {
  expect(quietUntil('2026-01-15T22:30:00.000Z', [night], BERLIN)).toBe('2026-01-16T06:00:00.000Z');
  expect(quietUntil('2026-07-15T22:30:00.000Z', [night], BERLIN)).toBe('2026-07-16T05:00:00.000Z');
});

it('quiet hours cover the early morning of the day after they began', () => {
  expect(quietUntil('2026-01-16T03:00:00.000Z', [night], 'UTC')).toBe('2026-01-16T07:00:00.000Z');
});

it('quiet hours leave a moment outside as it is, and the moment of their end too', () => {
  for (const at of ['2026-01-16T12:00:00.000Z', '2026-01-16T07:00:00.000Z']) {
    expect(quietUntil(at, [night], 'UTC')).toBe(at);
  }
});

it('quiet hours are an hour shorter in the night the clocks go forward, and longer when they go back', () => {
  const length = (at: string) => elapsed(at, quietUntil(at, [night], BERLIN)) / HOUR;
  expect(length('2026-03-28T21:00:00.000Z')).toBe(8);
  expect(length('2026-10-24T20:00:00.000Z')).toBe(10);
});

it('quiet hours may end at a time that the clocks skip', () => {
  const skipped: QuietWindow = { from: '22:00', to: '02:30' };
  expect(quietUntil('2026-03-29T00:00:00.000Z', [skipped], BERLIN)).toBe(
    '2026-03-29T01:30:00.000Z',
  );
});

it('quiet hours count a time that the clocks repeat once', () => {
  const repeated: QuietWindow = { from: '22:00', to: '02:30' };
  const end = quietUntil('2026-10-24T23:30:00.000Z', [repeated], BERLIN);
  expect(quietUntil(end, [repeated], BERLIN)).toBe(end);
});

it('quiet hours run on where one window touches the next', () => {
  const friday = '2026-04-24T23:00:00.000Z';
  expect(quietUntil(friday, [night, weekend], 'UTC')).toBe('2026-04-27T07:00:00.000Z');
});

it('quiet hours hold on the days they name only', () => {
  expect(quietUntil('2026-04-24T12:00:00.000Z', [weekend], 'UTC')).toBe('2026-04-24T12:00:00.000Z');
  expect(quietUntil('2026-04-25T12:00:00.000Z', [weekend], 'UTC')).toBe('2026-04-27T00:00:00.000Z');
});

it('quiet hours that never end are treated as none', () => {
  const always: QuietWindow = { from: '00:00', to: '24:00' };
  const at = '2026-04-24T12:00:00.000Z';
  expect(quietUntil(at, [always], 'UTC')).toBe(at);
});

it('quiet hours end within two days, later than they were asked, in every zone and at every moment', () => {
  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) }),
      time,
      time,
      fc.constantFrom('UTC', BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      (moment, from, to, zone) => {
        fc.pre(from !== to);
        const at = instantOf(moment);
        const end = quietUntil(at, [{ from, to }], zone);
        expect(elapsed(at, end)).toBeGreaterThanOrEqual(0);
        expect(elapsed(at, end)).toBeLessThan(2 * DAY);
        expect(quietUntil(end, [{ from, to }], zone)).toBe(end);
      },
    ),
  );
});

it.each([
  ['2026-04-21T19:10:42.000Z', 'hourly', 'UTC', '2026-04-21T20:00:00.000Z'],
  ['2026-04-21T19:00:00.000Z', 'hourly', 'UTC', '2026-04-21T19:00:00.000Z'],
  ['2026-04-21T19:10:00.000Z', 'hourly', 'Asia/Kathmandu', '2026-04-21T19:15:00.000Z'],
  ['2026-04-21T05:59:00.000Z', 'daily 08:00', BERLIN, '2026-04-21T06:00:00.000Z'],
  ['2026-04-21T06:00:01.000Z', 'daily 08:00', BERLIN, '2026-04-22T06:00:00.000Z'],
  ['2026-10-24T07:00:00.000Z', 'daily 08:00', BERLIN, '2026-10-25T07:00:00.000Z'],
  ['2026-03-28T12:00:00.000Z', 'daily 02:30', BERLIN, '2026-03-29T01:30:00.000Z'],
  ['2026-04-21T19:10:00.000Z', 'weekly mon 08:00', 'UTC', '2026-04-27T08:00:00.000Z'],
  ['2026-04-27T08:00:00.000Z', 'weekly mon 08:00', 'UTC', '2026-04-27T08:00:00.000Z'],
  ['2026-04-27T08:00:00.001Z', 'weekly mon 08:00', 'UTC', '2026-05-04T08:00:00.000Z'],
])('the next slot of a digest after %s, %s in %s, is %s', (at, when, zone, slot) => {
  expect(nextSlot(at, when, zone)).toBe(slot);
});
