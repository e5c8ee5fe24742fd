import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import { primaryState } from '../../../../src/core/verdict/primary-state.ts';
import { targetId } from '../../../../src/domain/ids.ts';
import type { SourceKind } from '../../../../src/domain/source-kind.ts';
import type { TargetChecks } from '../../../../src/domain/subject-record.ts';
import { makeChecks, makeSubject } from '../../../support/make.ts';

const AT = '2026-04-21T14:00:00.000Z';
const NAMES = { shows: ['gpt-image-1.5', 'gpt-image-2'] };

function stateOf(checks: readonly TargetChecks[], statedBy: readonly SourceKind[] = []) {
  const subject = makeSubject();
  const claim = { facet: 'announced' as const };
  const given = { claim, subject, checks, at: AT, policy: DEFAULT_POLICY };
  return primaryState({ ...given, statedBy: new Set(statedBy) });
}

describe('a channel that names the subject and states nothing of the claim', () => {
  it('a channel that names the subject and states nothing of the claim is not silent, and was checked', () => {
    const state = stateOf([makeChecks('newsroom', NAMES), makeChecks('changelog')]);
    expect(state).toMatchObject({ state: 'names_it', checked: 2, mandatory: 2 });
    expect(state.channels.map((channel) => channel.state)).toEqual(['names_it', 'silent']);
  });

  it('a channel that names the subject and states nothing of the claim is so whichever of its pages was read last, and the page that names it is given', () => {
    const at = '2026-04-21T12:00:00.000Z';
    const url = 'https://openai.com/other';
    const naming = makeChecks('newsroom', { ...NAMES, at, target: targetId('newsroom', url) });
    const state = stateOf([{ ...naming, url }, makeChecks('newsroom'), makeChecks('changelog')]);
    expect(state.channels[0]).toMatchObject({ state: 'names_it', url, at });
  });

  it('a channel that names the subject and states nothing of the claim counts as present once it states the claim', () => {
    const checks = [makeChecks('newsroom', NAMES), makeChecks('changelog')];
    expect(stateOf(checks, ['newsroom']).state).toBe('present');
  });

  it('a channel that names the subject and states nothing of the claim says nothing through a check that failed or is too old', () => {
    const old = makeChecks('newsroom', { ...NAMES, at: '2026-04-20T14:00:00.000Z' });
    const failed = makeChecks('newsroom', { ...NAMES, outcome: 'unreachable' });
    expect(stateOf([old]).channels[0]?.state).toBe('stale');
    expect(stateOf([failed]).channels[0]?.state).toBe('unreachable');
  });

  it('a channel that names the subject and states nothing of the claim is not meant by the page of a sibling', () => {
    const sibling = { ...makeChecks('newsroom', NAMES), subject: 'gpt-image-1.5' };
    expect(stateOf([sibling]).channels[0]?.state).toBe('never');
  });
});

describe('the page of a model', () => {
  it('that nobody has said which is silent about no other model', () => {
    const stated = { claim: { facet: 'documented' as const }, subject: makeSubject(), at: AT };
    const stateBy = (shows: readonly string[]) =>
      primaryState({
        ...{ ...stated, policy: DEFAULT_POLICY, statedBy: new Set<SourceKind>() },
        checks: [makeChecks('model-page', { shows: [...shows] })],
      }).channels[0]?.state;
    expect(stateBy(['gpt-image-1.5'])).toBe('never');
    expect(stateBy(['gpt-image-2'])).toBe('names_it');
  });
});
