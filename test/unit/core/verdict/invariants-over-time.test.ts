import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain } from '../../../../src/core/verdict/explanation.ts';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY, policyDigest } from '../../../../src/core/verdict/policy.ts';
import { canonicalJson } from '../../../../src/domain/ids.ts';
import type { Policy } from '../../../../src/domain/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/domain/time.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { judgeAll, LAST, levels, RUNS, toldOf } from '../../../support/judging.ts';
import { claimOf, makeCase, makeChecks, makePrimary } from '../../../support/make.ts';
import { evidence, livelyStream, moment, SOURCES, stream } from '../../../support/streams.ts';

const secondary = SOURCES.filter((source) => source.artefact === null);
const span = (unit: number) => fc.integer({ min: 1, max: 60 }).map((count) => count * unit);

/** Policies that differ in what a person may well want to differ. */
const policies: fc.Arbitrary<Policy> = fc
  .record({
    minVoices: fc.integer({ min: 2, max: 4 }),
    listingRepeat: span(MINUTE),
    goneRepeat: span(MINUTE),
    staleAfter: span(DAY),
    expiredAfter: span(DAY),
    dateOverdue: span(DAY),
    siblingWindow: span(HOUR),
  })
  .map((over) => ({ ...DEFAULT_POLICY, ...over }));

it('16: a verdict, over time and on record, before a retraction is what it was', () => {
  fc.assert(
    fc.property(livelyStream(), moment, moment, fc.nat(), (given, at, asOf, index) => {
      const piece = given.evidence[index % Math.max(1, given.evidence.length)];
      fc.pre(piece !== undefined && asOf < at);
      const retractions = [
        { evidence: piece.id, at, kind: 'retract' as const, by: 'ada', because: 'test' },
      ];
      expect(toldOf(judgeAll(given, asOf, { retractions }))).toEqual(toldOf(judgeAll(given, asOf)));
    }),
    RUNS,
  );
});

it('17: a verdict, over time and on record, is not disputed by a denial that speaks of an earlier time', () => {
  const denials = fc.array(evidence(secondary, ['deny']), { minLength: 1, maxLength: 4 });
  const early = { from: '2026-03-01', to: '2026-03-02', precision: 'day' as const };
  fc.assert(
    fc.property(stream(evidence(secondary, ['support'])), denials, (given, said) => {
      const verdicts = judgeAll({
        ...given,
        claims: [...given.claims, ...said.map((one) => one.claim)],
        evidence: [...given.evidence, ...said.map(({ piece }) => ({ ...piece, effective: early }))],
      });
      expect([...verdicts.values()].flatMap(({ flags }) => flags)).not.toContain('disputed');
    }),
    RUNS,
  );
});

it('18: a verdict, over time and on record, has the same level whatever the stamps of the pages say', () => {
  const stamps = fc.infiniteStream(
    fc.option(fc.integer({ min: -400, max: 400 }).map((days) => Date.UTC(2026, 3, 4) + days * DAY)),
  );
  fc.assert(
    fc.property(livelyStream(), stamps, moment, (given, drawn, at) => {
      const stamped = given.evidence.map((piece) => {
        const stamp = drawn.next().value;
        const from = typeof stamp === 'number' ? new Date(stamp).toISOString().slice(0, 10) : null;
        const effective = from === null ? null : { from, to: null, precision: 'day' as const };
        return { ...piece, effective };
      });
      expect(levels(judgeAll({ ...given, evidence: stamped }, at))).toEqual(
        levels(judgeAll(given, at)),
      );
    }),
    RUNS,
  );
});

it('19: a verdict, over time and on record, moves from scheduled to in effect only by a check past the date', () => {
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

it('20: a verdict, over time and on record, is explained by evidence that exists, and comes out the same from that evidence alone', () => {
  fc.assert(
    fc.property(livelyStream(), moment, (given, at) => {
      const known = new Map(given.evidence.map((piece) => [piece.id, piece]));
      const ids = new Set<string>(known.keys());
      const heard = [...judgeAll(given, at).values()].filter(({ rule }) => rule !== '7');
      const unknown: string[] = [];
      const changed: Verdict[] = [];
      for (const verdict of heard) {
        const words = explain(verdict, {
          ...{ evidence: known, nameOf: (domain) => domain, claimOf: () => verdict.claim },
        });
        const printed = [...words.for, ...words.against, ...words.setAside]
          .join(' ')
          .matchAll(/\bev_[0-9a-f]{20}\b/g);
        const cited = new Set<string>([
          ...[...printed].map(([id]) => id),
          ...verdict.for,
          ...verdict.against,
          ...verdict.decisive,
          ...verdict.setAside.map((one) => one.evidence),
        ]);
        unknown.push(...[...cited].filter((id) => !ids.has(id)));
        const alone = given.evidence.filter(({ id }) => cited.has(id));
        const again = judgeAll({ ...given, evidence: alone }, at).get(verdict.claim.key);
        if (again?.level !== verdict.level) changed.push(verdict);
      }
      // To expect something of every verdict would take longer than to judge them.
      expect(unknown).toEqual([]);
      expect(changed).toEqual([]);
    }),
    RUNS,
  );
});

it('21: a verdict, over time and on record, carries the digest of its policy, and derives again from the stored parameters', () => {
  fc.assert(
    fc.property(livelyStream(), policies, (given, policy) => {
      const stored = JSON.parse(canonicalJson(policy)) as Policy;
      expect(policyDigest(stored)).toBe(policyDigest(policy));
      const isOther = canonicalJson(policy) !== canonicalJson(DEFAULT_POLICY);
      expect(policyDigest(policy) !== policyDigest(DEFAULT_POLICY)).toBe(isOther);
      const verdicts = judgeAll(given, LAST, { policy });
      const digest = policyDigest(policy);
      expect([...verdicts.values()].filter((verdict) => verdict.policy !== digest)).toEqual([]);
      expect(judgeAll(given, LAST, { policy: stored })).toEqual(verdicts);
    }),
    RUNS,
  );
});
