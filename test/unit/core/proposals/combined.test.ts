import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combined } from '../../../../src/core/proposals/combined.ts';
import type { Holds, KeptAnswer } from '../../../../src/core/proposals/proposed.ts';
import { contributionOf } from '../../../../src/core/provenance/contribution.ts';
import { DEFAULT_POLICY } from '../../../../src/core/verdict/policy.ts';
import type { Force, Statement } from '../../../../src/domain/evidence.ts';
import { FACETS, type Facet } from '../../../../src/domain/facet.ts';

const READER = 'a-model@2';
const JOINT = `rules+${READER}`;

function said(over: Partial<Statement> & { facet?: Facet } = {}): Statement {
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
  it('what a model reads beside the rules stands as the firmer of them takes it, where both read the same in words that overlap', () => {
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

  it('what a model reads beside the rules is held back where it does not stand by it when it is asked back, and kept', () => {
    const denial = said({ polarity: 'deny', span: [40, 58], quote: 'gpt-image-2 is not' });
    const kept = { quote: denial.quote, polarity: denial.polarity, subject: 'gpt-image-2' };
    const answers = (holds: Holds): KeptAnswer[] => [
      { rule: { ...kept, facet: 'released' }, holds },
      { rule: { ...kept, facet: 'priced' }, holds: 'no' },
    ];
    const found = (holds: Holds) => {
      const checked = { answers: answers(holds), statements: [denial], dropped: [] };
      return combined([], checked, READER, DEFAULT_POLICY.reading);
    };
    expect(found('yes').statements).toEqual([{ ...denial, reader: READER }]);
    expect(found('yes')).toMatchObject({ added: 1, doubted: 0 });
    for (const holds of ['no', 'unclear'] as const) {
      expect(found(holds).statements).toEqual([{ ...denial, force: 'inference', reader: READER }]);
      expect(found(holds)).toMatchObject({ added: 1, doubted: 1 });
    }
  });

  it('what a model reads beside the rules is held back where it says no, and kept', () => {
    const denial = said({ polarity: 'deny', span: [40, 58], quote: 'gpt-image-2 is not' });
    const found = together([said(), denial], [], { 0: 'no', 1: 'no' });
    expect(found).toMatchObject({ added: 0, lowered: 2, raised: 0 });
    expect(found.statements).toEqual([
      { ...said({ force: 'forecast' }), reader: JOINT },
      { ...denial, force: 'inference', reader: JOINT },
    ]);
    expect(found.statements.map((one) => contributionOf(one, 'S1'))).toEqual(['none', 'none']);
  });

  it('what a model reads beside the rules changes nothing where it says yes or unclear, or nothing', () => {
    for (const holds of ['yes', 'unclear'] as const) {
      const { statements, lowered } = together([said()], [], { 0: holds });
      expect(statements).toEqual([{ ...said(), reader: null }]);
      expect(lowered).toBe(0);
    }
    expect(together([said()], []).statements).toEqual([{ ...said(), reader: null }]);
  });

  it('what a model reads beside the rules supports nothing where it takes it for the opposite, whose own reading then stands beside it', () => {
    const opposite = said({ polarity: 'deny' });
    expect(together([said()], [opposite]).statements).toEqual([
      { ...said({ force: 'forecast' }), reader: JOINT },
      { ...opposite, reader: READER },
    ]);
    const stood = together([said()], [opposite], { 0: 'yes' });
    expect(stood.statements).toEqual([{ ...said(), reader: null }]);
    expect(stood.dropped).toEqual([{ why: 'against-rules', proposed: 'gpt-image-2 is out' }]);
  });

  it('what a model reads beside the rules is added with its own force where no rule read it, once', () => {
    const elsewhere = said({ span: [50, 68] });
    const other = said({ facet: 'announced' });
    const found = together([said()], [elsewhere, elsewhere, other]);
    expect(found).toMatchObject({ added: 2, lowered: 0 });
    expect(found.statements.filter(({ reader }) => reader !== null)).toEqual([
      { ...other, reader: READER },
      { ...elsewhere, reader: READER },
    ]);
  });

  it('what a model reads beside the rules supports and denies nothing where it alone says that names are one, and is kept', () => {
    const same = said({ facet: 'identity', span: [50, 68] });
    const other = said({ facet: 'identity', span: [70, 88], polarity: 'deny' });
    const found = together([said()], [same, other]);
    expect(found).toMatchObject({ added: 2, lowered: 0, dropped: [] });
    const alone = found.statements.filter(({ reader }) => reader === READER);
    expect(alone.map(({ force }) => force)).toEqual(['forecast', 'inference']);
    expect(alone.map((one) => contributionOf(one, 'S1'))).toEqual(['none', 'none']);
    // What the rules read so, too, is not its word alone.
    expect(together([same], [same]).statements).toEqual([{ ...same, reader: null }]);
  });

  it('what a model reads beside the rules is no further claim of words that the rules read, unless a release is told in two ways', () => {
    const added = (facet: Facet, over: Partial<Statement> = {}) =>
      together([said()], [said({ facet, ...over })]).statements.find(
        ({ reader }) => reader === READER,
      )?.force;
    expect(added('priced')).toBe('forecast');
    expect(added('api_listed')).toBe('assert');
    expect(added('priced', { span: [50, 68] })).toBe('assert');
    const elsewhere = { claim: { ...said({ facet: 'priced' }).claim, subject: 'gpt-5.5' } };
    expect(added('priced', elsewhere)).toBe('assert');
    // What the model refuses holds nothing back.
    const refused = together([said()], [said({ facet: 'priced' })], { 0: 'no' });
    expect(refused.statements.map(({ force }) => force)).toEqual(['forecast', 'assert']);
  });

  it('what a model reads beside the rules is one thing of a model in the same words, in whatever order it is told', () => {
    const [papers, price] = [said({ facet: 'documented' }), said({ facet: 'priced' })];
    for (const proposed of [
      [papers, price],
      [price, papers],
    ]) {
      const { statements } = together([], proposed);
      const forces = statements.map(({ claim, force }) => [claim.facet, force]);
      expect(new Map(forces as [Facet, Force][])).toEqual(
        new Map([
          ['documented', 'assert'],
          ['priced', 'forecast'],
        ]),
      );
    }
    const apart = together([], [papers, said({ facet: 'priced', span: [50, 68] })]);
    expect(apart.statements.map(({ force }) => force)).toEqual(['assert', 'assert']);
  });

  it('what a model reads beside the rules is no date without a day, and may be a denial of one', () => {
    const date = (value: string | null, polarity: 'support' | 'deny' = 'support') => {
      const one = said({ facet: 'date', polarity });
      return together([], [{ ...one, claim: { ...one.claim, value } }]).statements[0]?.force;
    };
    expect(date('2026-05-12')).toBe('assert');
    expect(date(null)).toBe('forecast');
    expect(date(null, 'deny')).toBe('assert');
  });

  it('what a model reads beside the rules adds a place to words of which the rules read another, and none where they read no place', () => {
    const inPlace = (surface?: string) => {
      const qualifiers = surface === undefined ? {} : { surface };
      return said({ claim: { ...said({ facet: 'product_available' }).claim, qualifiers } });
    };
    const forces = (rule: Statement) =>
      together([rule], [inPlace('codex')]).statements.map(({ force }) => force);
    expect(forces(inPlace('chatgpt'))).toEqual(['assert', 'assert']);
    expect(forces(inPlace())).toEqual(['assert', 'forecast']);
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
      facet: fc.constantFrom(...FACETS),
      polarity: fc.constantFrom('support' as const, 'deny' as const),
      force: fc.constantFrom(...FORCES),
      start: fc.nat(30),
    })
    .map(({ start, ...over }) => said({ ...over, span: [start, start + 10] }));
  const some = fc.array(statement, { maxLength: 8 });
  it('what a model reads beside the rules keeps whatever the rules read, marked where the model changed it', () => {
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

  it('what a model reads beside the rules comes to the same when it is combined again, in any order', () => {
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
