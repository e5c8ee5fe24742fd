import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../src/core/verdict/policy.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { glanceOf } from '../../../src/read/glance.ts';
import { channelsRead } from '../../../src/read/surface-words.ts';
import { claimOf, makeCase, makeChecks, makePrimary } from '../../support/make.ts';

const READ = '2026-04-21T14:00:00.000Z';
const LISTED = claimOf('api_listed');
const NAMES = {
  policy: DEFAULT_POLICY,
  publisherName: (domain: string) => domain,
  vendorName: () => 'OpenAI',
};

/** An answer at a moment, of a model that its vendor stated while its pages were read. */
function answerAt(asOf: string, claim = LISTED) {
  const evidence = [makePrimary(claim, { observedAt: '2026-04-21T13:00:00.000Z' })];
  const checks = (['model-page', 'changelog', 'newsroom'] as const).map((kind) => ({
    ...makeChecks(kind, { at: READ, shows: ['gpt-image-1.5'] }),
    subject: kind === 'model-page' ? 'gpt-image-2' : null,
  }));
  const judged = makeCase([claim], evidence, { checks });
  return { ...judged, asOf, verdicts: judgeSubject(judged, asOf, DEFAULT_POLICY) };
}

function statesAt(asOf: string): readonly string[] {
  const answer = answerAt(asOf);
  const verdict = answer.verdicts.find(({ claim }) => claim.key === LISTED.key) as Verdict;
  expect(verdict.primary.state).toBe('present');
  return channelsRead(answer, verdict, DEFAULT_POLICY).map(({ state }) => state);
}

describe('how the channels of a claim were read', () => {
  it('how the channels of a claim were read is judged at the moment of asking, also where the claim stands', () => {
    expect(statesAt('2026-04-21T14:30:00.000Z')).not.toContain('stale');
    expect(new Set(statesAt('2026-11-08T14:30:00.000Z'))).toEqual(new Set(['stale']));
  });

  it('how the channels of a claim were read is the same in the answer at a glance', () => {
    const now = glanceOf(answerAt('2026-04-21T14:30:00.000Z'), NAMES);
    expect(now.unread.filter(({ state }) => state === 'stale')).toEqual([]);
    const later = glanceOf(answerAt('2026-11-08T14:30:00.000Z'), NAMES);
    expect(later).toMatchObject({ isFresh: false, readAt: READ });
    expect(later.unread.every(({ state }) => state === 'stale')).toBe(true);
  });
});

describe('a model that only the SDK of its vendor types', () => {
  it('a model that only the SDK of its vendor types has a row that says so, which others lack', () => {
    const labels = (claim: typeof LISTED) =>
      glanceOf(answerAt('2026-04-21T14:30:00.000Z', claim), NAMES).surfaces.map(
        ({ label }) => label,
      );
    expect(labels(claimOf('sdk_typed'))).toContain('In the SDK');
    expect(labels(LISTED)).not.toContain('In the SDK');
  });
});
