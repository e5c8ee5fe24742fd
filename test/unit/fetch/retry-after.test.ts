import { expect, it } from 'vitest';
import { retryAfterOf } from '../../../src/fetch/retry-after.ts';

const NOW = '2026-04-21T19:00:00.000Z';

it.each([
  ['120', 120_000],
  ['0', 0],
  ['999999999', 86_400_000],
  ['Tue, 21 Apr 2099 19:00:00 GMT', 86_400_000],
  [' 7 ', 7000],
  ['Tue, 21 Apr 2026 19:05:00 GMT', 300_000],
  ['Tue, 21 Apr 2026 18:00:00 GMT', 0],
  ['soon', null],
  ['', null],
  ['-5', null],
  ['1e9', null],
])('reads %j as %s ms', (said, milliseconds) => {
  expect(retryAfterOf({ 'retry-after': said }, NOW)).toBe(milliseconds);
});

it('measures a date by the clock of the host that wrote it', () => {
  const headers = {
    'retry-after': 'Tue, 21 Apr 2026 12:00:30 GMT',
    date: 'Tue, 21 Apr 2026 12:00:00 GMT',
  };
  expect(retryAfterOf(headers, NOW)).toBe(30_000);
});

it('is null where nothing is said', () => {
  expect(retryAfterOf({}, NOW)).toBeNull();
});
