import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { judgeAll, LAST, levels, RANK, RUNS, toldOf } from '../../../support/judging.ts';
import { claimOf, makeEvidence } from '../../../support/make.ts';
import {
  badOutcome,
  checksAt,
  evidence,
  livelyStream,
  moment,
  SOURCES,
  type Stream,
  stream,
} from '../../../support/streams.ts';

const secondary = SOURCES.filter((source) => source.artefact === null);

/** The levels among verdicts, each once: to expect something of every verdict would take longer than to judge them. */
const levelsFound = (verdicts: Map<string, Verdict>) => [
  ...new Set([...verdicts.values()].map(({ level }) => level)),
];

/** The keys whose ranks, in one judgement and in another, stand to each other as they may not. */
function keysWhere(
  before: Map<string, Verdict>,
  after: Map<string, Verdict>,
  isWrong: (was: number, is: number) => boolean,
): readonly string[] {
  const rank = (verdict: Verdict | undefined) => RANK[verdict?.level ?? 'unknown'];
  return [...before.keys()].filter((key) => isWrong(rank(before.get(key)), rank(after.get(key))));
}

/** Levels, statuses and flags of a stream, early in it, after it and long after it. */
function wordsOf(given: Stream): readonly string[] {
  const moments = ['2026-04-06T00:00:00.000Z', LAST, '2026-05-20T00:00:00.000Z'];
  return moments
    .flatMap((at) => [...judgeAll(given, at).values()])
    .flatMap(({ level, flags, status }) => [level, status, ...flags]);
}

it('the streams reach every level and most flags, so that the invariants are about something', () => {
  const seen = new Set(
    fc.sample(livelyStream(), { numRuns: 600, seed: 11 }).flatMap((given) => wordsOf(given)),
  );
  for (const word of [
    'unknown',
    'rumor',
    'secondary',
    'confirmed',
    'contradicted',
    'withdrawn',
    'denied',
    'disputed',
    'stale_denial',
    'primary_gone_pending',
    'circular',
    'single_source',
    'interested_only',
    'alias_unverified',
    'date_conflict',
    'stale',
    'scheduled',
    'due',
  ]) {
    expect(seen).toContain(word);
  }
});

it('1: a verdict is never confirmed by secondary sources and popularity alone', () => {
  fc.assert(
    fc.property(stream(evidence(secondary)), (given) => {
      const found = levelsFound(judgeAll(given));
      expect(found).not.toContain('confirmed');
      expect(found).not.toContain('withdrawn');
    }),
    RUNS,
  );
});

it('2: a verdict is at most rumor for one group alone, edited press apart', () => {
  const oneGroup = fc
    .constantFrom(...secondary.filter((source) => source.class !== 'S1'))
    .chain((source) => stream(evidence([source])));
  fc.assert(
    fc.property(oneGroup, (given) => {
      expect(levelsFound(judgeAll(given)).filter((level) => RANK[level] >= 2)).toEqual([]);
    }),
    RUNS,
  );
});

it('3: a verdict is never lowered by one more supporting page', () => {
  fc.assert(
    fc.property(livelyStream(), evidence(secondary, ['support']), (given, more) => {
      const before = judgeAll({ ...given, claims: [...given.claims, more.claim] });
      const after = judgeAll({
        ...given,
        claims: [...given.claims, more.claim],
        evidence: [...given.evidence, more.piece],
      });
      expect(keysWhere(before, after, (was, is) => is < was)).toEqual([]);
    }),
    RUNS,
  );
});

it('4: a verdict is changed in level by no failed check, and no failed check is ever silence', () => {
  fc.assert(
    fc.property(livelyStream(), badOutcome, moment, (given, outcome, at) => {
      const failed = judgeAll({ ...given, checks: checksAt(at, outcome) });
      expect(levels(failed)).toEqual(levels(judgeAll({ ...given, checks: [] })));
      const silent = [...failed.values()].filter(
        ({ flags, primary }) => flags.includes('primary_silent') || primary.state === 'silent',
      );
      expect(silent).toEqual([]);
    }),
    RUNS,
  );
});

it('5: a verdict is neither raised nor lowered by silence', () => {
  fc.assert(
    fc.property(livelyStream(), moment, (given, at) => {
      const silent = judgeAll({ ...given, checks: checksAt(at, 'present') });
      expect(levels(silent)).toEqual(levels(judgeAll({ ...given, checks: [] })));
    }),
    RUNS,
  );
});

it('6: a verdict is the same for every order of the records', () => {
  const shuffled = livelyStream().chain((given) => {
    const mixed = <T>(all: readonly T[]) =>
      fc.shuffledSubarray([...all], { minLength: all.length });
    return fc.tuple(
      fc.constant(given),
      fc.record({
        claims: mixed(given.claims),
        evidence: mixed(given.evidence),
        sightings: mixed(given.sightings),
        checks: mixed(given.checks),
        retractions: mixed(given.retractions),
        edges: mixed(given.edges),
      }),
    );
  });
  fc.assert(
    fc.property(shuffled, moment, ([given, mixed], at) => {
      expect(toldOf(judgeAll(mixed, at))).toEqual(toldOf(judgeAll(given, at)));
    }),
    RUNS,
  );
});

it('7: a verdict does not change when everything is on record twice', () => {
  fc.assert(
    fc.property(livelyStream(), moment, (given, at) => {
      const twice = {
        ...given,
        evidence: [...given.evidence, ...given.evidence],
        sightings: [...given.sightings, ...given.sightings],
        retractions: [...given.retractions, ...given.retractions],
        edges: [...given.edges, ...given.edges],
      };
      expect(toldOf(judgeAll(twice, at))).toEqual(toldOf(judgeAll(given, at)));
    }),
    RUNS,
  );
});

it('8: a verdict at a moment depends on nothing that was seen later', () => {
  fc.assert(
    fc.property(livelyStream(), moment, (given, at) => {
      const known = {
        ...given,
        evidence: given.evidence
          .filter((piece) => piece.knownAt <= at)
          .map((piece) => ({
            ...piece,
            supersededAt: (piece.supersededAt ?? '') > at ? null : piece.supersededAt,
          })),
        sightings: given.sightings.filter((sighting) => sighting.at <= at),
        retractions: given.retractions.filter((retraction) => retraction.at <= at),
        edges: given.edges.filter((edge) => edge.observedAt <= at),
      };
      expect(toldOf(judgeAll(given, at))).toEqual(toldOf(judgeAll(known, at)));
    }),
    RUNS,
  );
});

it('9: a verdict is never raised by merging groups', () => {
  const names = secondary.map(({ name }) => name);
  const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names));
  fc.assert(
    fc.property(livelyStream(), fc.array(pair, { minLength: 1, maxLength: 3 }), (given, pairs) => {
      const merged = judgeAll(given, LAST, { edges: pairs.map(([a, b]) => ({ a, b })) });
      expect(keysWhere(judgeAll(given), merged, (was, is) => is > was)).toEqual([]);
    }),
    RUNS,
  );
});

it('10: a verdict of something confirmed is withdrawn, never rumor, once its primary evidence is retracted', () => {
  fc.assert(
    fc.property(livelyStream(), (given) => {
      const retractions = given.evidence
        .filter((piece) => piece.artefact !== null)
        .map(({ id }) => ({
          evidence: id,
          at: LAST,
          kind: 'retract' as const,
          by: 'ada',
          because: 'test',
        }));
      const before = judgeAll(given, '2026-04-30T00:00:00.000Z');
      const after = judgeAll(given, LAST, { retractions });
      const kept = [...before].filter(
        ([key, { level, rule }]) =>
          level === 'confirmed' && rule !== 'derived' && after.get(key)?.level !== 'withdrawn',
      );
      expect(kept).toEqual([]);
    }),
    RUNS,
  );
});

it('11: a verdict of one facet says nothing about another, the derived headline apart', () => {
  fc.assert(
    fc.property(livelyStream(), evidence(), (given, more) => {
      const claims = [...given.claims, more.claim];
      const before = judgeAll({ ...given, claims });
      const after = judgeAll({ ...given, claims, evidence: [...given.evidence, more.piece] });
      const reached = ({ claim: { facet, subject } }: Verdict) =>
        subject === more.claim.subject && (facet === more.claim.facet || facet === 'released');
      const moved = [...before.values()].filter(
        (one) => !reached(one) && after.get(one.claim.key)?.level !== one.level,
      );
      expect(moved).toEqual([]);
    }),
    RUNS,
  );
});

it('11: a verdict of a limited test or an identity never moves the headline', () => {
  const aside = evidence().filter(
    ({ claim: { facet } }) => facet === 'limited_test' || facet === 'identity',
  );
  const headlines = (verdicts: Map<string, Verdict>) =>
    [...verdicts.values()]
      .filter(({ claim: { facet } }) => facet === 'released')
      .map(({ level }) => level);
  fc.assert(
    fc.property(livelyStream(), aside, (given, more) => {
      const claims = [...given.claims, more.claim];
      const before = judgeAll({ ...given, claims });
      const after = judgeAll({ ...given, claims, evidence: [...given.evidence, more.piece] });
      expect(headlines(after)).toEqual(headlines(before));
    }),
    RUNS,
  );
});

it('12: a verdict of an identity passes nothing on to the model it names', () => {
  const identity = claimOf('identity', { value: 'lmarena-tape-models' });
  const codename = stream().map((given) => ({
    ...given,
    evidence: given.evidence.filter(({ subject }) => subject === 'lmarena-tape-models'),
  }));
  fc.assert(
    fc.property(codename, (given) => {
      const named = {
        ...given,
        claims: [...given.claims, identity],
        evidence: [...given.evidence, makeEvidence(identity)],
      };
      const passedOn = [...judgeAll(named).values()].filter(
        ({ level, claim: { subject, facet } }) =>
          subject === 'gpt-image-2' && facet !== 'identity' && level !== 'unknown',
      );
      expect(passedOn).toEqual([]);
    }),
    RUNS,
  );
});
