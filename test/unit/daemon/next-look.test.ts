import { expect, it } from 'vitest';
import { soonerLook } from '../../../src/daemon/ticks.ts';
import { instantOf } from '../../../src/domain/time.ts';

/** All moments in milliseconds; the last look was at 1000. */
function look(now: number, next: number | null): number | null {
  const [at, dueAt] = [instantOf(now), next === null ? null : instantOf(next)];
  return soonerLook({
    ...{ now: at, lookedAt: instantOf(1_000), next: dueAt },
    ...{ tick: 2_000, soonest: 250 },
  });
}

it('the look at what is due between two ticks comes when the next target is due', () => {
  expect(look(1_100, 2_000)).toBe(900);
  expect(look(1_100, 1_200)).toBe(250);
});

it('the look at what is due between two ticks comes soon for what fell due since the last look', () => {
  expect(look(1_900, 1_500)).toBe(250);
});

it('the look at what is due between two ticks is left to the tick for what was passed over, what comes after it, and nothing at all', () => {
  expect(look(1_900, 900)).toBeNull();
  expect(look(1_900, 1_000)).toBeNull();
  expect(look(1_100, 3_100)).toBeNull();
  expect(look(1_100, null)).toBeNull();
});
