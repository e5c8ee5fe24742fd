import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combined } from '../../../../src/core/proposals/combined.ts';
import type { Holds, KeptAnswer } from '../../../../src/core/proposals/proposed.ts';
import { contributionOf } from '../../../../src/core/provenance/contribution.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Force, Statement } from '../../../../src/domain/evidence.ts';

const READER = 'a-model@2';
const JOINT = `rules+${READER}`;

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

function together(
  rules: readonly Statement[],
  proposed: readonly Statement[],
  holds: Readonly<Record<number, Holds>> = {},
) {
  const answers = Object.entries(holds).map(([at, one]): KeptAnswer => {
    const { claim, polarity, quote } = rules[Number(at)] ?? said();
    return { rule: { quote, polarity, subject: claim.subject, facet: claim.facet }, holds: one };
  });
  const checked = { answers, statements: proposed, dropped: [] };
  return combined(rules, checked, READER, DEFAULT_POLICY.reading);
}

describe('what a model reads beside the rules', () => {
  it('stands as the firmer of them takes it, where both read the same in words that overlap', () => {
    const firmer = together(
      [said({ force: 'hedge' })],
      [said({ force: 'assert', span: [20, 40] })],
    );
    expect(firmer).toMatchObject({ added: 0, lowered: 0, raised: 1, dropped: [] });
    expect(firmer.statements).toEqual([{ ...said(), reader: JOINT }]);
    const same = together([said()], [said({ force: 'report' })]);
    expect(same).toMatchObject({ added: 0, lowered: 0, raised: 0 });
    expect(same.statements).toEqual([{ ...said(), reader: null }]);
  });

  it.each(['no', 'unclear'] as const)('is held back where it says %s, and kept', (holds) => {
    const denial = said({ polarity: 'deny', span: [40, 58], quote: 'gpt-image-2 is not' });
    const found = together([said(), denial], [], { 0: holds, 1: holds });
    expect(found).toMatchObject({ added: 0, lowered: 2, raised: 0 });
    expect(found.statements).toEqual([
      { ...said({ force: 'hedge' }), reader: JOINT },
      { ...denial, force: 'inference', reader: JOINT },
    ]);
    expect(found.statements.map((one) => contributionOf(one, 'S1'))).toEqual([
      'support:rumor',
      'none',
    ]);
  });

  it('changes nothing where it says yes, or nothing', () => {
    expect(together([said()], [], { 0: 'yes' }).statements).toEqual([{ ...said(), reader: null }]);
    expect(together([said()], []).statements).toEqual([{ ...said(), reader: null }]);
  });

  it('is a hedge where it takes it for the opposite, whose own reading then stands beside it', () => {
    const opposite = said({ polarity: 'deny' });
    expect(together([said()], [opposite]).statements).toEqual([
      { ...said({ force: 'hedge' }), reader: JOINT },
      { ...opposite, reader: READER },
    ]);
    const stood = together([said()], [opposite], { 0: 'yes' });
    expect(stood.statements).toEqual([{ ...said(), reader: null }]);
    expect(stood.dropped).toEqual([{ why: 'against-rules', proposed: 'gpt-image-2 is out' }]);
  });

  it('is added with its own force where no rule read it, once', () => {
    const elsewhere = said({ span: [50, 68] });
    const other = said({ facet: 'announced' });
    const found = together([said()], [elsewhere, elsewhere, other]);
    expect(found).toMatchObject({ added: 2, lowered: 0 });
    expect(found.statements.filter(({ reader }) => reader !== null)).toEqual([
      { ...other, reader: READER },
      { ...elsewhere, reader: READER },
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
  it('keeps whatever the rules read, marked where the model changed it', () => {
    fc.assert(
      fc.property(some, some, (rules, proposed) => {
        const { statements } = together(rules, proposed);
        const kept = statements.filter(({ reader }) => reader !== READER);
        expect(kept).toHaveLength(rules.length);
        for (const one of kept) {
          const same = rules.filter((rule) => sameWords(rule, one)).map(({ force }) => force);
          expect(one.reader === JOINT || same.includes(one.force)).toBe(true);
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
