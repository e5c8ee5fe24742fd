import { expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import type { SubjectCase } from '../../../../src/domain/subject-record.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import {
  claimOf,
  makeCase,
  makeEvidence,
  makePrimary,
  makeSighting,
} from '../../../support/make.ts';

const T = '2026-04-21T13:59:00.000Z';

function verdictOf(subjectCase: SubjectCase, claim: Claim = released, at = T): Verdict {
  const verdicts = judgeSubject(subjectCase, at, DEFAULT_POLICY);
  const found = verdicts.find((verdict) => verdict.claim.key === claim.key);
  if (found === undefined) throw new Error(`no verdict for ${claim.facet}`);
  return found;
}

const announced = claimOf('announced');
const apiListed = claimOf('api_listed');
const released = claimOf('released');

it('the headline cites what ended the wait of a model that only the list showed', () => {
  const row = makePrimary(apiListed, {
    ...{ sourceKind: 'model-list', artefact: 'list', observedAt: '2026-04-20T00:00:00.000Z' },
  });
  const seenAgain = makeSighting(row, '2026-04-20T00:10:00.000Z', 'seen');
  const naming = makePrimary(announced);
  const judged = (pieces: readonly Evidence[]) =>
    verdictOf(
      makeCase([apiListed, announced], pieces, { sightings: [seenAgain] }),
      released,
      '2026-04-21T00:00:00.000Z',
    );
  expect(judged([row])).toMatchObject({ level: 'secondary', flags: ['listed_only'] });
  expect(judged([row, naming])).toMatchObject({ level: 'confirmed', for: [row.id, naming.id] });
});

it('the headline takes the level of the listing and its own denials', () => {
  const page = makePrimary(apiListed, { observedAt: '2026-04-21T12:00:00.000Z' });
  const old = makeEvidence(released, {
    polarity: 'deny',
    observedAt: '2026-04-22T09:00:00.000Z',
  });
  const subjectCase = makeCase([apiListed, released], [page, old]);
  const verdict = verdictOf(subjectCase, released, '2026-04-22T23:59:00.000Z');
  expect(verdict).toMatchObject({
    level: 'confirmed',
    rule: 'derived',
    derivedFrom: apiListed.key,
    against: [old.id],
  });
  expect(verdict.flags).toContain('stale_denial');
  expect(verdictOf(subjectCase, apiListed, '2026-04-22T23:59:00.000Z').flags).toEqual([]);
});

it('the headline is never reached by an announcement, a limited test or an A/B test', () => {
  const ab = claimOf('product_available', {
    qualifiers: { surface: 'chatgpt', rollout: 'ab_test' },
  });
  const test = claimOf('limited_test', { qualifiers: { venue: 'lmarena' } });
  const evidence = [makePrimary(announced), makePrimary(ab), makeEvidence(test)];
  expect(verdictOf(makeCase([announced, ab, test], evidence)).level).toBe('unknown');
});

it('the headline follows availability on one surface and for one plan', () => {
  const chatgpt = claimOf('product_available', {
    qualifiers: { surface: 'chatgpt', plan: 'pro' },
  });
  const evidence = [makePrimary(chatgpt, { sourceKind: 'help', artefact: 'page' })];
  expect(verdictOf(makeCase([chatgpt], evidence)).level).toBe('confirmed');
});
