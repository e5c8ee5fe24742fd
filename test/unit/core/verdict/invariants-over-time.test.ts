import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY, policyDigest } from '../../../../src/core/verdict/policy.ts';
import { judgeAll, levels, RUNS } from '../../../support/judging.ts';
import { claimOf, makeCase, makeChecks, makePrimary } from '../../../support/make.ts';
import { claim, evidence, moment, SOURCES, stream } from '../../../support/streams.ts';

const secondary = SOURCES.filter((source) => source.artefact === null);

describe('a verdict, over time and on record,', () => {
  it('16: before a retraction is what it was', () => {
    fc.assert(
      fc.property(stream(), moment, moment, fc.nat(), (given, at, asOf, index) => {
        const piece = given.evidence[index % Math.max(1, given.evidence.length)];
        fc.pre(piece !== undefined && asOf < at);
        const retractions = [
          { evidence: piece.id, at, kind: 'retract' as const, by: 'ada', because: 'test' },
        ];
        expect(levels(judgeAll(given, asOf, { retractions }))).toEqual(
          levels(judgeAll(given, asOf)),
        );
      }),
      RUNS,
    );
  });

  it('17: is not disputed by a denial that speaks of an earlier time', () => {
    fc.assert(
      fc.property(stream(evidence(secondary, ['support'])), claim, (given, said) => {
        const denial = evidence(secondary, ['deny']);
        const [sample] = fc.sample(denial, { numRuns: 1, seed: 7 });
        fc.pre(sample !== undefined);
        const early = {
          ...sample.piece,
          claim: said.key,
          effective: { from: '2026-03-01', to: '2026-03-02', precision: 'day' as const },
        };
        const verdicts = judgeAll({
          ...given,
          claims: [...given.claims, said],
          evidence: [...given.evidence, early],
        });
        for (const { flags } of verdicts.values()) expect(flags).not.toContain('disputed');
      }),
      RUNS,
    );
  });

  it('19: moves from scheduled to in effect only by a check past the date', () => {
    const retired = claimOf('retired');
    fc.assert(
      fc.property(moment, moment, moment, fc.boolean(), (due, checkedAt, at, left) => {
        fc.pre(checkedAt <= at);
        const row = makePrimary(retired, {
          sourceKind: 'deprecations',
          observedAt: '2026-03-01T00:00:00.000Z',
          validTime: { from: due, to: null, precision: 'minute' },
        });
        const checks = [
          makeChecks('model-list', { at: checkedAt, shows: left ? [] : ['gpt-image-2'] }),
        ];
        const [verdict] = judgeSubject(
          makeCase([retired], [row], { checks }),
          at,
          DEFAULT_POLICY,
        ).filter(({ claim: { facet } }) => facet === 'retired');
        const happened = left && checkedAt >= due && at >= due;
        const waiting = at < due ? 'scheduled' : 'due';
        expect(verdict?.status).toBe(happened ? 'in_effect' : waiting);
      }),
      RUNS,
    );
  });

  it('20: names only evidence that exists, and comes out the same from that evidence alone', () => {
    fc.assert(
      fc.property(stream(), (given) => {
        const known = new Set(given.evidence.map(({ id }) => id));
        const heard = [...judgeAll(given).values()].filter(({ rule }) => rule !== '7');
        for (const verdict of heard) {
          const cited = new Set([
            ...verdict.for,
            ...verdict.against,
            ...verdict.decisive,
            ...verdict.setAside.map((one) => one.evidence),
          ]);
          for (const id of cited) expect(known).toContain(id);
          const again = judgeAll({
            ...given,
            evidence: given.evidence.filter(({ id }) => cited.has(id)),
          }).get(verdict.claim.key);
          expect(again?.level ?? 'unknown').toBe(verdict.level);
        }
      }),
      RUNS,
    );
  });

  it('21: carries the digest of the parameters it was reached under', () => {
    const strict = { ...DEFAULT_POLICY, minVoices: 3 };
    expect(policyDigest(strict)).not.toBe(policyDigest(DEFAULT_POLICY));
    fc.assert(
      fc.property(stream(), (given) => {
        for (const { policy } of judgeAll(given).values()) {
          expect(policy).toBe(policyDigest(DEFAULT_POLICY));
        }
      }),
      { numRuns: 50 },
    );
  });
});
