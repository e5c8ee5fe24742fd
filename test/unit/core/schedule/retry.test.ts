import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DELIVERY_RETRY, retryWait, waitedBy } from '../../../../src/core/schedule/retry.ts';
import { DeliveryError } from '../../../../src/domain/errors.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../../src/domain/time.ts';

const down = new DeliveryError('unreachable', 'down');
const refused = new DeliveryError('rejected', 'no', { permanent: true });
const slow = (retryAfter?: number) =>
  new DeliveryError('throttled', 'slow down', retryAfter === undefined ? {} : { retryAfter });

const jitters = fc.double({ min: 0, max: 0.999, noNaN: true });

it('the wait before the next attempt doubles from half a minute to an hour', () => {
  const waits = [1, 2, 3, 8, 9, 100].map((attempt) => retryWait(attempt, down, 0.5));
  expect(waits).toEqual([30 * SECOND, MINUTE, 2 * MINUTE, HOUR, HOUR, HOUR]);
});

it('the wait before the next attempt adds up to five days before a delivery is given up, whatever the jitter', () => {
  fc.assert(
    fc.property(fc.array(jitters, { minLength: 130, maxLength: 130 }), (jitter) => {
      let total = 0;
      let attempt = 1;
      for (;;) {
        const wait = retryWait(attempt, down, jitter[attempt] ?? 0);
        if (wait === null) break;
        total += wait;
        attempt += 1;
      }
      expect(attempt).toBe(DELIVERY_RETRY.attempts);
      expect(total).toBeGreaterThan(4 * DAY);
      expect(total).toBeLessThan(6 * DAY);
    }),
    { numRuns: 20 },
  );
});

it('the wait before the next attempt is never taken for what is refused for good', () => {
  fc.assert(
    fc.property(fc.nat(1_000), jitters, (attempt, jitter) => {
      expect(retryWait(attempt + 1, refused, jitter)).toBeNull();
    }),
  );
});

it('the wait before the next attempt is never shorter than the far side asks for, up to a day', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(DAY), jitters, (attempt, asked, jitter) => {
      const wait = retryWait(attempt + 1, slow(asked), jitter);
      expect(wait).toBeGreaterThanOrEqual(asked);
      expect(wait).toBeLessThanOrEqual(Math.max(asked, SECOND) * 1.1 + 1);
    }),
  );
});

it('the wait before the next attempt is a day at most, even when the far side asks for a year', () => {
  expect(retryWait(1, slow(365 * DAY), 0)).toBe(DAY);
});

it('the wait before the next attempt never ends for a channel that only asks to slow down', () => {
  expect(retryWait(5_000, slow(), 0.5)).toBe(HOUR);
});

it('the wait before the next attempt takes the longer of back-off and pause when a server is down and says for how long', () => {
  const busy = (retryAfter: number) => new DeliveryError('unreachable', 'busy', { retryAfter });
  expect(retryWait(1, busy(10 * MINUTE), 0)).toBe(10 * MINUTE);
  expect(retryWait(20, busy(SECOND), 0.5)).toBe(HOUR);
});

it('how long a delivery has been under way is nothing before and at the first attempt', () => {
  expect([0, 1].map((attempts) => waitedBy(attempts))).toEqual([0, 0]);
});

it('how long a delivery has been under way is a quarter of an hour at the sixth', () => {
  expect(waitedBy(6)).toBe(15.5 * MINUTE);
});
