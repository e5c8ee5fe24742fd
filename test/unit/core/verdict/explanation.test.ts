import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src/core/verdict/explanation.ts';
import { judgeSubject } from '../../../../src/core/verdict/judge.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import type { TargetChecks } from '../../../../src/domain/subject-record.ts';
import { claimOf, makeCase, makeChecks, makeEvidence, makePrimary } from '../../../support/make.ts';

const announced = claimOf('announced');
const AT = '2026-04-21T13:59:00.000Z';

function explained(pieces: readonly Evidence[], checks: readonly TargetChecks[] = []) {
  return explainedClaim(announced, [announced], pieces, checks);
}

function explainedClaim(
  claim: Claim,
  claims: readonly Claim[],
  pieces: readonly Evidence[],
  checks: readonly TargetChecks[] = [],
) {
  const verdicts = judgeSubject(makeCase(claims, pieces, { checks }), AT, DEFAULT_POLICY);
  const verdict = verdicts.find((one) => one.claim.key === claim.key);
  if (verdict === undefined) throw new Error('no verdict');
  const byKey = new Map(verdicts.map((one) => [one.claim.key, one.claim]));
  return explain(verdict, {
    evidence: new Map(pieces.map((piece) => [piece.id, piece])),
    nameOf: (domain) => domain.toUpperCase(),
    verdicts,
    claimOf: (key) => byKey.get(key),
  });
}

const seller = makeEvidence(announced, {
  group: 'seller.example',
  publisherClass: 'S4',
  quote: 'OpenAI announced it',
});
const relay = makeEvidence(announced, {
  group: 'tracker.example',
  publisherClass: 'S2',
  force: 'relayed',
  relays: 'Some Daily',
  quote: 'Some Daily: it launches',
});
const denial = makeEvidence(announced, {
  group: 'blog.example',
  polarity: 'deny',
  quote: 'not announced',
});

describe('an explanation', () => {
  it('an explanation says the level, the rule, and who speaks for and against', () => {
    const words = explained([seller, relay, denial]);
    expect(words.headline).toBe(
      'secondary · gpt-image-2 · announced · current · known at 2026-04-21T13:59:00.000Z',
    );
    expect(words.rule).toContain('Independent groups agree');
    expect(words.for).toHaveLength(2);
    expect(words.for[0]).toContain('SELLER.EXAMPLE (S4, interested');
    expect(words.for[1]).toContain('Some Daily, relayed via TRACKER.EXAMPLE, not captured');
    expect(words.against[0]).toContain('“not announced”');
    expect(words.becomes).toBe('a vendor news or changelog entry names it');
  });

  it('an explanation marks what is hedged and what speaks of an earlier time', () => {
    const hedged = makeEvidence(announced, { force: 'hedge', group: 'maybe.example' });
    const old = {
      ...denial,
      effective: { from: '2026-01-01', to: null, precision: 'day' as const },
    };
    const words = explained([hedged, old]);
    expect(words.for[0]).toMatch(/\[hedged\]$/);
    expect(words.against[0]).toMatch(/\[out of date\]$/);
  });

  it('an explanation says what was checked, what was seen beside it, and what could not be checked', () => {
    const failed = makeChecks('newsroom', {
      outcome: 'blocked',
      failure: { kind: 'blocked', message: 'a wall stands in the way' },
    });
    const help = makeChecks('help', { shows: ['gpt-image-1'] });
    const words = explained([seller], [failed, makeChecks('changelog'), help]);
    expect(words.unchecked).toEqual([
      'newsroom (https://openai.com/newsroom): unreachable at 2026-04-21 13:55 UTC, a wall stands in the way',
    ]);
    expect(words.primary).toContain('partial, 1/2 mandatory');
    expect(words.primary).toContain('control seen: gpt-image-1.5, gpt-5.4');
    expect(words.primary).toContain('help ignored: it shows none of gpt-image-1.5, gpt-5.4');
  });

  it('an explanation says of evidence that does not count why it does not', () => {
    const words = explained([makeEvidence(announced, { force: 'forecast', quote: 'will come' })]);
    expect(words.for).toEqual([]);
    expect(words.setAside[0]).toMatch(/“will come”.*a forecast says nothing of what is/);
  });

  it('an explanation lists a page once, however often it says so', () => {
    const again = { ...seller, id: makeEvidence(announced).id, quote: 'it was announced' };
    expect(explained([seller, again]).for).toHaveLength(1);
  });

  it('an explanation names the primary artefact, and nothing more to wait for, once it is confirmed', () => {
    const words = explained([makePrimary(announced, { quote: 'Introducing it' }), seller]);
    expect(words.becomes).toBeNull();
    expect(words.for[0]).toContain('OPENAI.COM (P1');
  });

  it('an explanation names the rule that found it, and the parts of the sentence that carry it', () => {
    const marks = [
      { part: 'predicate', span: [0, 11] },
      { part: 'model', span: [12, 14] },
    ] as const;
    const rule = 'announce.transitive';
    const piece = makePrimary(announced, { quote: 'Introducing it', span: [0, 14], rule, marks });
    const [line] = explained([piece]).for;
    expect(line).toContain('rule announce.transitive): “[Introducing] [it]”');
  });

  it('an explanation always stands in three lists, empty or not', () => {
    expect(explained([])).toMatchObject({
      for: [],
      against: [],
      unchecked: [expect.any(String), expect.any(String)],
    });
    const checks = [makeChecks('newsroom'), makeChecks('changelog')];
    expect(explained([], checks)).toMatchObject({ for: [], against: [], unchecked: [] });
  });

  it('an explanation counts pages and voices on both sides', () => {
    const copies = ['a.example/1', 'a.example/2'].map((url) =>
      makeEvidence(announced, { group: 'a.example', url: `https://${url}` }),
    );
    expect(explained([...copies, seller, denial]).voices).toBe(
      '3 pages, 2 voices support; 1 page, 1 voice denies',
    );
    expect(explained([seller]).voices).toBe('1 page, 1 voice supports; none denies');
  });

  it('an explanation names the claim that the headline comes from', () => {
    const listed = claimOf('api_listed');
    const released = claimOf('released');
    const words = explainedClaim(released, [listed, released], [makePrimary(listed)]);
    expect(words.rule).toMatch(/talk of release\. Here: api_listed\.$/);
  });

  it('an explanation names what holds instead of a value that a primary source gives otherwise', () => {
    const early = claimOf('announced', { value: '2026-04-10' });
    const right = claimOf('announced', { value: '2026-04-20' });
    const pieces = [
      makeEvidence(early, { publisher: 'hasty.example' }),
      makePrimary(right, { observedAt: '2026-04-20T09:00:00.000Z' }),
    ];
    const words = explainedClaim(early, [early, right], pieces);
    expect(words.supersededBy).toBe('announced@2026-04-20');
    expect(words.flags).toContain(
      'date_conflict: sources give dates that exclude each other (2026-04-10 by HASTY.EXAMPLE; 2026-04-20 by OPENAI.COM)',
    );
  });

  it('an explanation waits for nothing where no channel is an authority', () => {
    const identity = claimOf('identity', { value: 'lmarena-tape-models' });
    const words = explainedClaim(identity, [identity], [makeEvidence(identity)]);
    expect(words.becomes).toBeNull();
  });

  it('an explanation puts every flag into words, with what it is about', () => {
    expect(explained([seller]).flags).toEqual(['interested_only: only interested parties say so']);
    const both = [seller, { ...denial, item: seller.item }];
    expect(explained(both, [makeChecks('newsroom')]).flags).toEqual([
      'primary_partially_checked: only some of the mandatory channels could be checked (1/2)',
      'disputed: a denial reaches the time of what is claimed',
      'interested_only: only interested parties say so',
      'source_self_contradiction: one page says both (SELLER.EXAMPLE)',
    ]);
  });

  it('an explanation gives every day that conflicts, whichever of them is asked about', () => {
    const [early, late] = ['2026-04-16', '2026-04-20'].map((value) =>
      claimOf('announced', { value }),
    ) as [Claim, Claim];
    const pieces = [
      makeEvidence(early, { group: 'seller.example', publisher: 'seller.example' }),
      makePrimary(late, { observedAt: '2026-04-20T09:00:00.000Z' }),
    ];
    for (const claim of [announced, early, late]) {
      const { flags } = explainedClaim(claim, [announced, early, late], pieces);
      expect(flags.join()).toContain('2026-04-16 by SELLER.EXAMPLE; 2026-04-20 by OPENAI.COM');
    }
  });
});
