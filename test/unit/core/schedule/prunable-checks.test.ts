import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prunableChecks } from '../../../../src/core/schedule/prunable-checks.ts';
import { type Check, isGood } from '../../../../src/domain/check.ts';
import { idOf } from '../../../../src/domain/ids.ts';
import { HOUR, type Instant, plus } from '../../../../src/domain/time.ts';

const START = '2026-04-20T00:00:00.000Z';

type Old = Pick<Check, 'id' | 'at' | 'outcome'>;

function at(hours: number): Instant {
  return plus(START, hours * HOUR);
}

function check(hours: number, outcome: Check['outcome'] = 'present'): Old {
  return { id: idOf('ck', hours), at: at(hours), outcome };
}

/** What an answer as of a moment rests on. */
function lastAt(checks: readonly Old[], moment: Instant): readonly (Old | undefined)[] {
  const known = checks.filter((one) => one.at <= moment);
  return [known.at(-1), known.filter(({ outcome }) => isGood(outcome)).at(-1)];
}

it('the checks nobody needs are all but the last, and the last good one, of each day', () => {
  const checks = [check(1), check(5), check(9, 'blocked'), check(23, 'blocked'), check(30)];
  expect(prunableChecks(checks, [])).toEqual([check(1).id, check(9).id]);
});

it('the checks nobody needs are none that were the last when something was judged', () => {
  const checks = [1, 2, 3, 4, 5].map((hours) => check(hours));
  expect(prunableChecks(checks, [at(0), at(2.5), at(2.7), at(4)])).toEqual(
    [1, 3].map((h) => check(h).id),
  );
});

it('the checks nobody needs leave every answer about a judged moment, and about the end of a day, as it was', () => {
  const outcomes = fc.constantFrom('present', 'silent', 'blocked', 'unreachable') as fc.Arbitrary<
    Check['outcome']
  >;
  const rows = fc.uniqueArray(fc.tuple(fc.nat({ max: 99 }), outcomes), { selector: ([h]) => h });
  const moments = fc.array(fc.integer({ min: -5, max: 120 }));
  fc.assert(
    fc.property(rows, moments, (drawn, judged) => {
      const checks = drawn
        .sort(([a], [b]) => a - b)
        .map(([hours, outcome]) => check(hours, outcome));
      const asked = judged.sort((a, b) => a - b).map(at);
      const spare = new Set(prunableChecks(checks, asked));
      const left = checks.filter(({ id }) => !spare.has(id));
      const ends = [1, 2, 3, 4, 5].map((day) => plus(at(24 * day), -1));
      for (const moment of [...asked, ...ends]) {
        expect(lastAt(left, moment)).toEqual(lastAt(checks, moment));
      }
      expect(prunableChecks(left, asked)).toEqual([]);
    }),
  );
});
