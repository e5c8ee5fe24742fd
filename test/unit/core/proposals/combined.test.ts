import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combined } from '../../../../src/core/proposals/combined.ts';
import { contributionOf } from '../../../../src/core/provenance/contribution.ts';
import type { Force, Statement } from '../../../../src/domain/evidence.ts';

const READER = 'a-model@1';

function said(over: Partial<Statement> & { facet?: 'released' | 'announced' } = {}): Statement {
  const { facet = 'released', ...rest } = over;
  return {
    claim: { subject: 'gpt-image-2', facet, qualifiers: {}, value: null },
    ...{ polarity: 'support', force: 'assert', evidentiality: 'none', quote: 'gpt-image-2 is out' },
    ...{ span: [10, 28], effective: null, validTime: null },
    ...{ relays: null, silenceOf: null, aliasClaimed: false },
    ...rest,
  };
}

function together(rules: readonly Statement[], proposed: readonly Statement[]) {
  return combined(rules, { statements: proposed, dropped: [] }, READER);
}

describe('what a model reads beside the rules', () => {
  it('changes nothing where both read the same, whoever is firmer by it', () => {
    const found = together([said({ force: 'hedge' })], [said({ force: 'assert' })]);
    expect(found).toEqual({
      statements: [{ ...said({ force: 'hedge' }), reader: null }],
      ...{ added: 0, lowered: 0, dropped: [] },
    });
  });

  it('lowers what the rules took for firmer, in words that overlap', () => {
    const found = together([said()], [said({ force: 'report', span: [20, 40] })]);
    expect(found).toMatchObject({ added: 0, lowered: 1 });
    expect(found.statements).toEqual([{ ...said({ force: 'report' }), reader: READER }]);
  });

  it('makes a hedge of what it takes for the opposite, and its own reading is dropped', () => {
    const found = together([said()], [said({ polarity: 'deny' })]);
    expect(found.statements).toEqual([{ ...said({ force: 'hedge' }), reader: READER }]);
    expect(found.dropped).toEqual([{ why: 'against-rules', proposed: 'gpt-image-2 is out' }]);
  });

  it('is added as hearsay where no rule read it, once', () => {
    const elsewhere = said({ span: [50, 68] });
    const other = said({ facet: 'announced' });
    const found = together([said()], [elsewhere, elsewhere, other]);
    expect(found).toMatchObject({ added: 2, lowered: 0 });
    expect(found.statements.filter(({ reader }) => reader !== null)).toEqual([
      { ...other, force: 'report', reader: READER },
      { ...elsewhere, force: 'report', reader: READER },
    ]);
  });

  const FORCES: readonly Force[] = [
    'assert',
    'attributed',
    'relayed',
    'report',
    'hedge',
    'forecast',
  ];
  const statement = fc
    .record({
      facet: fc.constantFrom('released' as const, 'announced' as const),
      polarity: fc.constantFrom('support' as const, 'deny' as const),
      force: fc.constantFrom(...FORCES),
      start: fc.nat(30),
    })
    .map(({ start, ...over }) => said({ ...over, span: [start, start + 10] }));
  const some = fc.array(statement, { maxLength: 8 });
  const WORTH = ['none', 'support:rumor', 'support:secondary'];

  it('never makes more of a page than a rumor, and never less of it than the rules denied', () => {
    fc.assert(
      fc.property(some, some, (rules, proposed) => {
        const { statements } = together(rules, proposed);
        const kept = statements.filter((one) => rules.some((rule) => sameWords(rule, one)));
        expect(kept.length).toBeGreaterThanOrEqual(rules.length);
        for (const one of statements.filter(({ polarity }) => polarity === 'support')) {
          const ruled = rules.filter((rule) => sameWords(rule, one));
          const best = Math.max(
            1,
            ...ruled.map((rule) => WORTH.indexOf(contributionOf(rule, 'S1'))),
          );
          expect(WORTH.indexOf(contributionOf(one, 'S1'))).toBeLessThanOrEqual(best);
        }
      }),
    );
  });

  it('comes to the same when it is combined again, in any order', () => {
    fc.assert(
      fc.property(some, some, (rules, proposed) => {
        const once = together(rules, proposed);
        const again = together(rules, [...proposed].reverse());
        const sorted = (one: typeof once) =>
          one.statements.map((each) => JSON.stringify(each)).sort();
        expect(sorted(again)).toEqual(sorted(once));
      }),
    );
  });
});

function sameWords(one: Statement, other: Statement): boolean {
  return (
    one.claim.facet === other.claim.facet &&
    one.polarity === other.polarity &&
    one.span.join() === other.span.join()
  );
}
