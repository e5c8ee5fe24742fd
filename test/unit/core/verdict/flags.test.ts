import { expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence, VoiceEdge } from '../../../../src/domain/evidence.ts';
import { FLAGS } from '../../../../src/domain/verdict.ts';
import {
  claimOf,
  makeCase,
  makeChecks,
  makeEvidence,
  makePrimary,
  makeSighting,
} from '../../../support/make.ts';

const T = '2026-04-21T13:59:00.000Z';
const announced = claimOf('announced');
const listed = claimOf('api_listed');

type Rest = NonNullable<Parameters<typeof makeCase>[2]>;

function flagsOf(claim: Claim, pieces: readonly Evidence[], rest: Rest = {}, at = T) {
  const claims = new Map([claim, ...(CLAIMS.get(pieces) ?? [])].map((one) => [one.key, one]));
  const verdicts = judgeSubject(makeCase([...claims.values()], pieces, rest), at, DEFAULT_POLICY);
  return verdicts.find((verdict) => verdict.claim.key === claim.key)?.flags;
}

/** Claims beside the one that is asked for. */
const CLAIMS = new WeakMap<readonly Evidence[], readonly Claim[]>();

function withClaims(pieces: readonly Evidence[], claims: readonly Claim[]): readonly Evidence[] {
  CLAIMS.set(pieces, claims);
  return pieces;
}

const edge = (a: string, b: string): VoiceEdge => ({
  ...{ a, b, item: null, observedAt: '2026-04-01T00:00:00.000Z', signals: [] },
});

const day = (from: string) => ({ from, to: null, precision: 'day' as const });
const FAILED = { outcome: 'unreachable' as const };
const OLD = { at: '2026-04-21T01:00:00.000Z' };
const talk = makeEvidence(announced);
const denial = makeEvidence(announced, { polarity: 'deny', group: 'other.example' });
const early = claimOf('announced', { value: '2026-04-10' });
const late = claimOf('announced', { value: '2026-04-16' });
const page = makePrimary(listed, { sourceKind: 'model-page', artefact: 'page' });
const row = makePrimary(listed, {
  ...{ sourceKind: 'model-list', artefact: 'list', observedAt: '2026-04-20T00:00:00.000Z' },
});
const post = makePrimary(announced, { observedAt: '2026-04-16T00:00:00.000Z' });

interface Case {
  claim?: Claim;
  pieces: readonly Evidence[];
  rest?: Rest;
}

/** For each flag, what sets it and what is close to it and does not. */
const CASES: Record<(typeof FLAGS)[number], { set: Case; unset: Case }> = {
  primary_silent: {
    set: { pieces: [talk], rest: { checks: [makeChecks('newsroom'), makeChecks('changelog')] } },
    unset: { pieces: [post], rest: { checks: [makeChecks('newsroom'), makeChecks('changelog')] } },
  },
  primary_partially_checked: {
    set: { pieces: [talk], rest: { checks: [makeChecks('newsroom')] } },
    unset: { pieces: [talk], rest: { checks: [makeChecks('newsroom', FAILED)] } },
  },
  primary_unreachable: {
    set: { pieces: [talk], rest: { checks: [makeChecks('newsroom', FAILED)] } },
    unset: { pieces: [post], rest: { checks: [makeChecks('newsroom', FAILED)] } },
  },
  primary_check_stale: {
    set: {
      pieces: [talk],
      rest: { checks: [makeChecks('newsroom', OLD), makeChecks('changelog', OLD)] },
    },
    unset: {
      pieces: [talk],
      rest: { checks: [makeChecks('newsroom', OLD), makeChecks('changelog')] },
    },
  },
  disputed: {
    set: { pieces: [talk, denial] },
    unset: { pieces: [talk, { ...denial, effective: day('2026-04-03') }] },
  },
  date_conflict: {
    set: { pieces: withClaims([makeEvidence(early), makeEvidence(late)], [early, late]) },
    unset: {
      pieces: withClaims(
        [makeEvidence(early), makeEvidence(late, { force: 'forecast' })],
        [early, late],
      ),
    },
  },
  circular: {
    set: {
      pieces: [talk, makeEvidence(announced, { group: 'copy.example' })],
      rest: { edges: [edge('blog.example', 'copy.example')] },
    },
    unset: { pieces: [talk, makeEvidence(announced, { group: 'own.example' })] },
  },
  interested_only: {
    set: { pieces: [makeEvidence(announced, { publisherClass: 'S4' })] },
    unset: { pieces: [makeEvidence(announced, { publisherClass: 'S4' }), talk] },
  },
  alias_unverified: {
    set: { pieces: [makeEvidence(announced, { aliasClaimed: true })] },
    unset: { pieces: [makeEvidence(announced, { aliasClaimed: true }), talk] },
  },
  source_self_contradiction: {
    set: { pieces: [talk, { ...denial, item: talk.item }] },
    unset: { pieces: [talk, { ...denial, item: talk.item, force: 'hedge' }] },
  },
  single_source: {
    set: { pieces: [makeEvidence(announced, { publisherClass: 'S1' })] },
    unset: {
      pieces: [makeEvidence(announced, { publisherClass: 'S1' }), denialFreeTalk('b.example')],
    },
  },
  stale_denial: {
    set: { pieces: [post, denial] },
    unset: { pieces: [post, { ...denial, observedAt: '2026-04-15T00:00:00.000Z' }] },
  },
  primary_gone_pending: {
    set: {
      ...{ claim: listed, pieces: [page] },
      rest: { sightings: [makeSighting(page, '2026-04-20T00:00:00.000Z', 'missed')] },
    },
    unset: {
      ...{ claim: listed, pieces: [page] },
      rest: {
        sightings: [
          makeSighting(page, '2026-04-20T00:00:00.000Z', 'gone'),
          makeSighting(page, '2026-04-20T00:30:00.000Z', 'gone'),
        ],
      },
    },
  },
  listed_only: {
    set: {
      claim: claimOf('released'),
      pieces: withClaims([row], [listed]),
      rest: { sightings: [makeSighting(row, '2026-04-20T00:10:00.000Z', 'seen')] },
    },
    unset: {
      claim: claimOf('released'),
      pieces: withClaims([row, page], [listed]),
      rest: { sightings: [makeSighting(row, '2026-04-20T00:10:00.000Z', 'seen')] },
    },
  },
};

function denialFreeTalk(group: string): Evidence {
  return makeEvidence(announced, { group });
}

it.each(FLAGS)('the flag: %s stands where it should and not beside it', (flag) => {
  const { set, unset } = CASES[flag];
  expect(flagsOf(set.claim ?? announced, set.pieces, set.rest)).toContain(flag);
  expect(flagsOf(unset.claim ?? announced, unset.pieces, unset.rest)).not.toContain(flag);
});

it('the flag date_conflict is what it was before a date was taken back', () => {
  const other = makeEvidence(late, { supersededAt: '2026-04-20T00:00:00.000Z' });
  const pieces = withClaims([makeEvidence(early), other], [early, late]);
  expect(flagsOf(announced, pieces, {}, '2026-04-19T00:00:00.000Z')).toContain('date_conflict');
  expect(flagsOf(announced, pieces)).not.toContain('date_conflict');
});

it('the flag date_conflict stands for more than a day of difference only', () => {
  const near = claimOf('announced', { value: '2026-04-11' });
  const month = claimOf('announced', { value: '2026-04' });
  const pieces = [makeEvidence(early), makeEvidence(near), makeEvidence(month)];
  expect(flagsOf(announced, withClaims(pieces, [early, near, month]))).not.toContain(
    'date_conflict',
  );
});

it('the flag of a primary channel and of a dispute goes with the confirmation', () => {
  const checks = [makeChecks('newsroom', FAILED)];
  const flags = flagsOf(announced, [post, denial, talk], { checks });
  expect(flags).toEqual(['stale_denial']);
});
