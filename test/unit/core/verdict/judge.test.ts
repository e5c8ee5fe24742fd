import { describe, expect, it } from 'vitest';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import { idOf } from '../../../../src/domain/ids.ts';
import type { SubjectCase } from '../../../../src/domain/subject-record.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import {
  claimOf,
  makeCase,
  makeChecks,
  makeEvidence,
  makePrimary,
  makeSighting,
} from '../../../support/make.ts';

const T = '2026-04-21T13:59:00.000Z';

function verdictOf(subjectCase: SubjectCase, claim: Claim, at = T): Verdict {
  const found = judgeSubject(subjectCase, at, DEFAULT_POLICY).find(
    (verdict) => verdict.claim.key === claim.key,
  );
  if (found === undefined) throw new Error(`no verdict for ${claim.facet}`);
  return found;
}

const announced = claimOf('announced');
const apiListed = claimOf('api_listed');

it('the decision table knows nothing of a claim nobody made', () => {
  const verdict = verdictOf(makeCase([announced], []), announced);
  expect(verdict).toMatchObject({ level: 'unknown', status: 'never_reported', rule: '7' });
});

it('the decision table calls a claim that is only denied unknown and denied', () => {
  const denial = makeEvidence(announced, { polarity: 'deny' });
  const verdict = verdictOf(makeCase([announced], [denial]), announced);
  expect(verdict).toMatchObject({ level: 'unknown', status: 'denied', rule: '6' });
});

it('the decision table keeps one unhedged voice at rumor', () => {
  const verdict = verdictOf(makeCase([announced], [makeEvidence(announced)]), announced);
  expect(verdict).toMatchObject({ level: 'rumor', rule: '5', voices: { pages: 1, groups: 1 } });
});

it('the decision table makes two independent voices secondary from the moment of the second', () => {
  const evidence = [
    makeEvidence(announced, { group: 'a.example', observedAt: '2026-04-17T09:00:00.000Z' }),
    makeEvidence(announced, { group: 'b.example', observedAt: '2026-04-18T09:00:00.000Z' }),
    makeEvidence(announced, { group: 'c.example', observedAt: '2026-04-19T09:00:00.000Z' }),
  ];
  const verdict = verdictOf(makeCase([announced], evidence), announced);
  expect(verdict).toMatchObject({
    level: 'secondary',
    rule: '4',
    since: '2026-04-18T09:00:00.000Z',
    voices: { pages: 3, groups: 3 },
  });
});

it('the decision table does not count interested parties alone, however many agree', () => {
  const evidence = ['a.example', 'b.example', 'c.example'].map((group) =>
    makeEvidence(announced, { group, publisherClass: 'S4' }),
  );
  const verdict = verdictOf(makeCase([announced], evidence), announced);
  expect(verdict.level).toBe('rumor');
  expect(verdict.flags).toContain('interested_only');
});

it('the decision table counts a page and the outlets it relays as one voice', () => {
  const evidence = [
    makeEvidence(announced, { group: 'tracker.example', publisherClass: 'S2' }),
    makeEvidence(announced, {
      group: 'tracker.example',
      publisherClass: 'S2',
      force: 'relayed',
      relays: 'Some Daily',
    }),
  ];
  expect(verdictOf(makeCase([announced], evidence), announced).level).toBe('rumor');
});

it('the decision table lets a relayed outlet agree with another captured page', () => {
  const evidence = [
    makeEvidence(announced, { group: 'seller.example', publisherClass: 'S4' }),
    makeEvidence(announced, {
      group: 'tracker.example',
      publisherClass: 'S2',
      force: 'relayed',
      relays: 'Some Daily',
    }),
  ];
  expect(verdictOf(makeCase([announced], evidence), announced).level).toBe('secondary');
});

it('the decision table takes one edited outlet in its own words as secondary, flagged as a single source', () => {
  const evidence = [makeEvidence(announced, { publisherClass: 'S1' })];
  const verdict = verdictOf(makeCase([announced], evidence), announced);
  expect(verdict).toMatchObject({ level: 'secondary', rule: '4b' });
  expect(verdict.flags).toContain('single_source');
});

it('the decision table leaves forecasts, popularity and second-hand silence out of judgement and says why', () => {
  const evidence = [
    makeEvidence(announced, { force: 'forecast' }),
    makeEvidence(announced, { publisherClass: 'X' }),
    makeEvidence(announced, { polarity: 'deny', silenceOf: 'openai.com/news' }),
  ];
  const verdict = verdictOf(makeCase([announced], evidence), announced);
  expect(verdict).toMatchObject({ level: 'unknown', status: 'never_reported' });
  expect(verdict.setAside).toHaveLength(3);
});

it('primary artefacts confirm what their class is an authority for, at once when they are permanent', () => {
  const entry = makePrimary(announced, { observedAt: '2026-04-21T13:00:00.000Z' });
  const verdict = verdictOf(makeCase([announced], [entry]), announced);
  expect(verdict).toMatchObject({
    level: 'confirmed',
    status: 'in_effect',
    rule: '1',
    since: '2026-04-21T13:00:00.000Z',
    decisive: [entry.id],
  });
});

it('primary artefacts count as one weighty source on what they cannot prove', () => {
  const post = makePrimary(apiListed, { sourceKind: 'newsroom' });
  expect(verdictOf(makeCase([apiListed], [post]), apiListed)).toMatchObject({
    level: 'secondary',
    rule: '4b',
  });
});

it('primary artefacts in a list count from their second poll, at least ten minutes after the first', () => {
  const row = makePrimary(apiListed, {
    sourceKind: 'model-list',
    artefact: 'list',
    observedAt: '2026-04-21T13:00:00.000Z',
  });
  const early = makeSighting(row, '2026-04-21T13:05:00.000Z', 'seen');
  const late = makeSighting(row, '2026-04-21T13:10:00.000Z', 'seen');
  const once = verdictOf(makeCase([apiListed], [row]), apiListed);
  expect(once).toMatchObject({ level: 'unknown', status: 'never_reported' });
  expect(once.setAside[0]?.reason).toContain('one poll');
  expect(verdictOf(makeCase([apiListed], [row], { sightings: [early] }), apiListed).level).toBe(
    'unknown',
  );
  expect(
    verdictOf(makeCase([apiListed], [row], { sightings: [early, late] }), apiListed),
  ).toMatchObject({
    level: 'confirmed',
    since: '2026-04-21T13:10:00.000Z',
    firstSeen: row.observedAt,
  });
});

it('primary artefacts in a list start again when a poll between lacks them', () => {
  const row = makePrimary(apiListed, {
    sourceKind: 'model-list',
    artefact: 'list',
    observedAt: '2026-04-21T12:00:00.000Z',
  });
  const sightings = [
    makeSighting(row, '2026-04-21T12:30:00.000Z', 'missed'),
    makeSighting(row, '2026-04-21T13:00:00.000Z', 'seen'),
  ];
  expect(verdictOf(makeCase([apiListed], [row], { sightings }), apiListed).level).toBe('unknown');
});

it('primary artefacts are withdrawn after two misses half an hour apart, and only flagged after the first', () => {
  const page = makePrimary(apiListed, { sourceKind: 'model-page', artefact: 'page' });
  const first = makeSighting(page, '2026-04-20T10:00:00.000Z', 'missed');
  const second = makeSighting(page, '2026-04-20T10:30:00.000Z', 'missed');
  const pending = verdictOf(makeCase([apiListed], [page], { sightings: [first] }), apiListed);
  expect(pending.level).toBe('confirmed');
  expect(pending.flags).toContain('primary_gone_pending');
  expect(
    verdictOf(makeCase([apiListed], [page], { sightings: [first, second] }), apiListed),
  ).toMatchObject({ level: 'withdrawn', status: 'withdrawn', since: second.at });
});

it('primary artefacts are withdrawn by a repeated 404, and confirmed again when they return', () => {
  const page = makePrimary(apiListed, { sourceKind: 'model-page', artefact: 'page' });
  const gone = makeSighting(page, '2026-04-20T10:00:00.000Z', 'gone');
  const again = makeSighting(page, '2026-04-20T10:30:00.000Z', 'gone');
  const back = makeSighting(page, '2026-04-20T12:00:00.000Z', 'seen');
  const verdictAfter = (...sightings: (typeof gone)[]) =>
    verdictOf(makeCase([apiListed], [page], { sightings }), apiListed);
  expect(verdictAfter(gone).level).toBe('confirmed');
  expect(verdictAfter(gone, again).level).toBe('withdrawn');
  expect(verdictAfter(gone, again, back)).toMatchObject({ level: 'confirmed', since: back.at });
});

it('primary artefacts that left the complete list withdraw the listing although an old entry still tells of it', () => {
  const entry = makePrimary(apiListed, { observedAt: '2026-04-01T00:00:00.000Z' });
  const row = makePrimary(apiListed, {
    sourceKind: 'model-list',
    artefact: 'list',
    observedAt: '2026-04-01T00:00:00.000Z',
  });
  const sightings = [
    makeSighting(row, '2026-04-01T01:00:00.000Z', 'seen'),
    makeSighting(row, '2026-04-20T00:00:00.000Z', 'missed'),
    makeSighting(row, '2026-04-20T01:00:00.000Z', 'missed'),
  ];
  expect(verdictOf(makeCase([apiListed], [entry, row], { sightings }), apiListed).level).toBe(
    'withdrawn',
  );
});

it('primary artefacts once retracted give withdrawn, never rumor, and only from then on', () => {
  const entry = makePrimary(announced, { observedAt: '2026-04-20T00:00:00.000Z' });
  const talk = makeEvidence(announced);
  const retractions = [
    {
      evidence: entry.id,
      at: '2026-04-21T00:00:00.000Z',
      kind: 'retract' as const,
      by: 'ada',
      because: 'misread',
    },
  ];
  const subjectCase = makeCase([announced], [entry, talk], { retractions });
  expect(verdictOf(subjectCase, announced).level).toBe('withdrawn');
  expect(verdictOf(subjectCase, announced, '2026-04-20T12:00:00.000Z').level).toBe('confirmed');
});

describe('values and time', () => {
  const early = claimOf('announced', { value: '2026-04-16' });
  const true_ = claimOf('announced', { value: '2026-04-21' });
  const nextDay = claimOf('announced', { value: '2026-04-22' });

  it('values and time contradict a date that a primary source gives otherwise, and let a day of difference pass', () => {
    const evidence = [
      makeEvidence(early),
      makeEvidence(nextDay, { group: 'uk.example' }),
      makePrimary(true_, { observedAt: '2026-04-21T13:00:00.000Z' }),
    ];
    const subjectCase = makeCase([announced, early, nextDay, true_], evidence);
    const wrong = verdictOf(subjectCase, early);
    expect(wrong).toMatchObject({ level: 'contradicted', supersededBy: true_.key });
    expect(wrong.flags).toContain('date_conflict');
    expect(verdictOf(subjectCase, nextDay).level).toBe('rumor');
    expect(verdictOf(subjectCase, announced).level).toBe('confirmed');
  });

  it('values and time let a claim hold from the earliest of the days that are given for it at one moment, in any order', () => {
    const [first, second] = ['2026-04-21', '2026-04-22'].map((from) =>
      makePrimary(announced, {
        id: idOf('ev', from),
        observedAt: '2026-04-20T09:00:00.000Z',
        validTime: { from, to: null, precision: 'day' },
      }),
    );
    const statusAt = (moment: string, evidence: readonly Evidence[]) =>
      verdictOf(makeCase([announced], evidence), announced, moment).status;
    if (first === undefined || second === undefined) throw new Error('two');
    for (const both of [
      [first, second],
      [second, first],
    ]) {
      expect(statusAt('2026-04-20T12:00:00.000Z', both)).toBe('scheduled');
      expect(statusAt('2026-04-21T12:00:00.000Z', both)).toBe('due');
    }
  });

  it('values and time move a retirement from scheduled to due by the calendar and to in effect by a check only', () => {
    const retired = claimOf('retired', { subject: 'gpt-image-2' });
    const row = makePrimary(retired, {
      sourceKind: 'deprecations',
      observedAt: '2026-05-10T09:00:00.000Z',
      validTime: { from: '2026-05-12', to: null, precision: 'day' },
    });
    const still = makeChecks('model-list', {
      at: '2026-05-12T22:00:00.000Z',
      shows: ['gpt-image-2'],
    });
    const left = makeChecks('model-list', { at: '2026-05-13T02:00:00.000Z', shows: ['gpt-5.4'] });
    const at = (moment: string, checks: (typeof still)[]) =>
      verdictOf(makeCase([retired], [row], { checks }), retired, moment).status;
    expect(at('2026-05-11T00:00:00.000Z', [])).toBe('scheduled');
    expect(at('2026-05-13T00:00:00.000Z', [still])).toBe('due');
    expect(at('2026-05-13T03:00:00.000Z', [left])).toBe('in_effect');
  });

  it('values and time let talk grow stale after thirty days and expire after ninety', () => {
    const subjectCase = makeCase([announced], [makeEvidence(announced)]);
    expect(verdictOf(subjectCase, announced, '2026-05-16T00:00:00.000Z').status).toBe('current');
    expect(verdictOf(subjectCase, announced, '2026-05-18T00:00:00.000Z').status).toBe('stale');
    expect(verdictOf(subjectCase, announced, '2026-07-17T00:00:00.000Z').status).toBe('expired');
  });

  it('values and time say when time alone will change a verdict', () => {
    const subjectCase = makeCase([announced], [makeEvidence(announced)]);
    const verdict = verdictOf(subjectCase, announced);
    expect(verdict.reconsiderAt).toBe('2026-05-17T09:00:00.000Z');
  });
});

describe('silence', () => {
  const talk = [makeEvidence(announced)];
  const flagsWith = (...checks: ReturnType<typeof makeChecks>[]) =>
    verdictOf(makeCase([announced], talk, { checks }), announced);

  it('silence stands only when every mandatory channel is fresh, good and shows a sibling', () => {
    const verdict = flagsWith(makeChecks('newsroom'), makeChecks('changelog'));
    expect(verdict.primary).toMatchObject({ state: 'silent', checked: 2, mandatory: 2 });
    expect(verdict.flags).toContain('primary_silent');
  });

  it('silence is partial when one channel could not be read', () => {
    const failed = makeChecks('newsroom', {
      outcome: 'unreachable',
      failure: { kind: 'timeout', message: 'no answer in 30 s' },
    });
    const verdict = flagsWith(failed, makeChecks('changelog'));
    expect(verdict.primary).toMatchObject({ state: 'partial', checked: 1 });
    expect(verdict.flags).toEqual(['primary_partially_checked']);
  });

  it('silence is none when a channel shows no sibling', () => {
    const blind = { shows: ['gpt-3.5-turbo'] };
    const verdict = flagsWith(makeChecks('newsroom', blind), makeChecks('changelog', blind));
    expect(verdict.primary.state).toBe('unreachable');
    expect(verdict.flags).toContain('primary_unreachable');
    expect(verdict.primary.channels[0]?.reason).toContain('gpt-image-1.5');
  });

  it('silence goes stale after six hours', () => {
    const old = { at: '2026-04-21T07:00:00.000Z' };
    const verdict = flagsWith(makeChecks('newsroom', old), makeChecks('changelog', old));
    expect(verdict.flags).toContain('primary_check_stale');
  });

  it('silence of an exact-id page needs a page of a sibling read within the hour', () => {
    const listing = makeEvidence(apiListed);
    const own = {
      ...makeChecks('model-page', { outcome: 'silent', shows: [] }),
      subject: 'gpt-image-2',
    };
    const sibling = (at: string) => ({
      ...makeChecks('model-page', { at, shows: ['gpt-image-1.5'] }),
      subject: 'gpt-image-1.5',
    });
    const states = ['2026-04-21T13:20:00.000Z', '2026-04-21T10:00:00.000Z'].map((at) => {
      const checks = [own, sibling(at), makeChecks('changelog')];
      return verdictOf(makeCase([apiListed], [listing], { checks }), apiListed).primary.state;
    });
    expect(states).toEqual(['silent', 'partial']);
  });
});

it('disputes arise from denials that reach the supported time, not from older ones', () => {
  const support = makeEvidence(announced, {
    validTime: { from: '2026-04-16', to: null, precision: 'day' },
  });
  const denial = (from: string) =>
    makeEvidence(announced, {
      group: 'other.example',
      polarity: 'deny',
      effective: { from, to: null, precision: 'day' },
      observedAt: '2026-04-18T00:00:00.000Z',
    });
  const flags = (from: string) =>
    verdictOf(makeCase([announced], [support, denial(from)]), announced).flags;
  expect(flags('2026-04-07')).not.toContain('disputed');
  expect(flags('2026-04-17')).toContain('disputed');
});
