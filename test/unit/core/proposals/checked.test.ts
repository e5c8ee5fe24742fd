import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedProposals } from '../../../../src/core/proposals/checked.ts';
import type { Item } from '../../../../src/domain/item.ts';
import type { DropReason } from '../../../../src/domain/proposal.ts';
import { processorTime } from '../../../support/processor-time.ts';
import { blogPage, names, READ_AT } from '../../../support/reading.ts';

const TEXT = `# A model seen in the wild

Yesterday **gpt-image-2** showed up for some users of ChatGPT. The picture quality is odd.

Is gpt-image-2 out for everybody? Nobody knows, and gpt-image-1.5 was retired on May 12, 2026.

- [GPT-5.4](https://example.org/gpt-image-2-all) costs less since April 3 and April 9

## GPT-5.5

It has landed. Nobody has put a day on the next one.

### In the API

It is called gpt-5-5 there, and it works.

### gpt-image-1.5

It works as well.

| Model | State |
| O3 | Here |

## Myths

gpt-image-2 was announced in March.
`;
const PAGE = blogPage(TEXT);

const PROPOSED = {
  quote: 'Yesterday **gpt-image-2** showed up for some users of ChatGPT.',
  subject: 'gpt-image-2',
  subjectQuote: 'gpt-image-2',
  facet: 'product_available',
  polarity: 'support',
  force: 'assert_partial',
  evidentiality: 'none',
  surface: 'chatgpt',
  date: null,
  other: null,
};

function check(...proposed: readonly unknown[]) {
  return checkedProposals(PAGE, proposed, { names, at: READ_AT });
}

function placeOf(words: string): readonly [number, number] {
  const at = TEXT.indexOf(words);
  return [at, at + words.length];
}

describe('a proposal that stands in the text', () => {
  it('a proposal that stands in the text becomes a statement whose place and subject are found by us', () => {
    const { statements, dropped } = check(PROPOSED);
    expect(dropped).toEqual([]);
    const start = TEXT.indexOf('Yesterday');
    expect(statements).toEqual([
      {
        claim: {
          ...{ subject: 'gpt-image-2', facet: 'product_available', value: null },
          qualifiers: { surface: 'chatgpt' },
        },
        ...{ polarity: 'support', force: 'assert_partial', evidentiality: 'none' },
        quote: PROPOSED.quote,
        span: [start, start + PROPOSED.quote.length],
        ...{ effective: null, validTime: null, relays: null, silenceOf: null, aliasClaimed: false },
        rule: 'model.proposed',
        marks: [{ part: 'model', span: placeOf(PROPOSED.subjectQuote) }],
      },
    ]);
  });

  it('a proposal that stands in the text takes its date from the quote, when there is one and no other', () => {
    const retired = 'gpt-image-1.5 was retired on May 12, 2026.';
    const [one] = check({
      ...PROPOSED,
      quote: retired,
      subject: 'gpt-image-1.5',
      subjectQuote: 'gpt-image-1.5',
      facet: 'retired',
      surface: null,
    }).statements;
    expect(one?.validTime).toEqual({ from: '2026-05-12', to: null, precision: 'day' });
    const quote =
      '[GPT-5.4](https://example.org/gpt-image-2-all) costs less since April 3 and April 9';
    const [two] = check({
      ...PROPOSED,
      quote,
      subject: 'gpt-5.4',
      subjectQuote: 'GPT-5.4',
      facet: 'released',
      surface: null,
    }).statements;
    expect([two?.claim.subject, two?.validTime]).toEqual(['gpt-5.4', null]);
  });

  it('a proposal that stands in the text takes the day that was listed, which the quote need not hold', () => {
    const said = { ...PROPOSED, facet: 'released', surface: null, date: '2026-04-16' };
    expect(check(said).statements[0]?.validTime).toMatchObject({ from: '2026-04-16' });
    const [when] = check({ ...said, facet: 'date' }).statements;
    expect(when?.claim).toMatchObject({ facet: 'date', value: '2026-04-16' });
  });

  it('a proposal that stands in the text takes a date that is no day, such as a season, as word that there is one', () => {
    const [when] = check({ ...PROPOSED, facet: 'date', surface: null, date: null }).statements;
    expect(when?.claim).toMatchObject({ facet: 'date', value: null });
  });

  const UNNAMED = { ...PROPOSED, subject: 'gpt-5.5', facet: 'released', surface: null };

  it.each([
    ['in a heading above it', 'It has landed.', 'GPT-5.5'],
    ['in a heading further up, where none in between names another', 'and it works.', 'GPT-5.5'],
  ])('a proposal that stands in the text may be named %s', (_where, quote, subjectQuote) => {
    const [one] = check({ ...UNNAMED, quote, subjectQuote }).statements;
    expect(one?.claim.subject).toBe('gpt-5.5');
  });

  it('a proposal that stands in the text may say that two names are one, and a codename is the value of its model', () => {
    const same = { ...PROPOSED, facet: 'identity', surface: null, other: 'gpt-image-2' };
    expect(check(same).statements[0]?.claim).toMatchObject({ facet: 'identity', value: null });
    const codename = { ...same, subject: 'gpt-image-2', other: 'chestnut' };
    expect(check(codename).statements[0]?.claim.value).toBe('chestnut');
    const page = blogPage('Chestnut is GPT Image 2.');
    const turned = { ...same, quote: page.text, subject: 'chestnut', subjectQuote: 'Chestnut' };
    const [one] = checkedProposals(page, [turned], { names, at: READ_AT }).statements;
    expect(one?.claim).toMatchObject({ subject: 'gpt-image-2', value: 'chestnut' });
  });

  it('a proposal that stands in the text supports without its place where the quote does not name that', () => {
    const [one] = check({ ...PROPOSED, surface: 'azure' }).statements;
    expect(one?.claim).toMatchObject({ facet: 'product_available', qualifiers: {} });
  });

  it('a proposal that stands in the text may be named by its family, where the page names no other member', () => {
    const text = 'DALL-E 2 was shown in April.\n\nDALL-E is open to everybody now.';
    const said = { ...UNNAMED, quote: 'DALL-E is open to everybody now.', subject: 'dall-e-2' };
    const named = (page: Item) =>
      checkedProposals(page, [{ ...said, subjectQuote: 'DALL-E' }], { names, at: READ_AT });
    expect(named(blogPage(text)).statements).toMatchObject([
      { claim: { subject: 'dall-e-2' }, aliasClaimed: true },
    ]);
    for (const other of [
      blogPage(`${text}\n\nDALL-E 3 is better.`),
      blogPage(text, 'DALL-E 3'),
      blogPage('DALL-E is open to everybody now.'),
    ]) {
      expect(named(other).dropped).toMatchObject([{ why: 'other-subject' }]);
    }
  });

  it('a proposal that stands in the text may be named as a person would type it, where the strict names pass over it', () => {
    const row = { ...UNNAMED, quote: '| O3 | Here |', subject: 'o3', subjectQuote: 'O3' };
    expect(check(row).statements).toMatchObject([{ claim: { subject: 'o3' }, aliasClaimed: true }]);
  });
});

describe('a proposal is dropped', () => {
  const cases: readonly [string, unknown, DropReason][] = [
    ['that is no object', 'confirmed', 'malformed'],
    ['without a quote', { ...PROPOSED, quote: undefined }, 'malformed'],
    ['with offsets of its own', { ...PROPOSED, span: [0, 5] }, 'malformed'],
    ['that claims to be primary', { ...PROPOSED, evidentiality: 'primary_artefact' }, 'malformed'],
    ['with a level instead of a force', { ...PROPOSED, force: 'confirmed' }, 'malformed'],
    ['of a facet nobody knows', { ...PROPOSED, facet: 'leaked' }, 'malformed'],
    [
      'whose quote stands nowhere',
      { ...PROPOSED, quote: 'gpt-image-2 is confirmed.' },
      'not-in-text',
    ],
    [
      'whose quote differs in one sign',
      { ...PROPOSED, quote: PROPOSED.quote.replace('up', 'Up') },
      'not-in-text',
    ],
    [
      'whose quote lost its marks',
      { ...PROPOSED, quote: PROPOSED.quote.replaceAll('*', '') },
      'not-in-text',
    ],
    ['whose quote is empty', { ...PROPOSED, quote: '  ' }, 'not-in-text'],
    ['whose quote is the page', { ...PROPOSED, quote: TEXT.repeat(3) }, 'quote-too-long'],
    ['that joins two paragraphs', { ...PROPOSED, quote: TEXT.slice(28, 200) }, 'across-blocks'],
    ['whose subject was in no list', { ...PROPOSED, subject: null }, 'no-subject'],
    [
      'whose subject is named behind it',
      { ...PROPOSED, quote: 'Yesterday', subjectQuote: 'gpt-image-1.5', subject: 'gpt-image-1.5' },
      'no-subject',
    ],
    [
      'whose subject is named behind it, in words that begin before it',
      {
        ...{ ...PROPOSED, quote: 'A model', subject: 'gpt-image-2', surface: null },
        subjectQuote: TEXT.slice(TEXT.indexOf('A model'), TEXT.indexOf('** showed')),
      },
      'other-subject',
    ],
    [
      'whose name, as typed, ends behind it',
      {
        ...{ ...PROPOSED, quote: '| O', surface: null },
        ...{ subject: 'o3', subjectQuote: 'O3' },
      },
      'other-subject',
    ],
    [
      'whose subject is named in another section',
      { ...PROPOSED, quote: 'It has landed.', surface: null },
      'no-subject',
    ],
    [
      'whose subject is named above a heading that names another',
      {
        ...PROPOSED,
        ...{ quote: 'It works as well.', surface: null },
        ...{ subject: 'gpt-5.5', subjectQuote: 'GPT-5.5' },
      },
      'no-subject',
    ],
    [
      'that names a model only in an address',
      {
        ...PROPOSED,
        ...{ quote: '[GPT-5.4](https://example.org/gpt-image-2-all) costs less', surface: null },
        subjectQuote: 'https://example.org/gpt-image-2',
      },
      'other-subject',
    ],
    ['that means another model', { ...PROPOSED, subject: 'gpt-image-3' }, 'other-subject'],
    [
      'whose denial is of a place that is not in the quote',
      { ...PROPOSED, polarity: 'deny', surface: 'azure' },
      'no-surface',
    ],
    [
      'from a question',
      { ...PROPOSED, quote: 'gpt-image-2 out for everybody', facet: 'released', surface: null },
      'not-asserted',
    ],
    [
      'from a list of myths',
      {
        ...PROPOSED,
        quote: 'gpt-image-2 was announced in March.',
        facet: 'announced',
        surface: null,
      },
      'not-asserted',
    ],
  ];

  it.each(cases)('%s', (_what, proposed, why) => {
    expect(check(proposed)).toMatchObject({ statements: [], dropped: [{ why }] });
  });

  it('beyond a hundred, and of a giant answer that is told once', () => {
    const { statements, dropped } = check(...Array.from({ length: 50_000 }, () => PROPOSED));
    expect(statements).toHaveLength(100);
    expect(dropped).toEqual([{ why: 'too-many', proposed: PROPOSED.quote }]);
  });

  it('a proposal is dropped and shows no more than its beginning', () => {
    const [dropped] = check({ ...PROPOSED, quote: 'x'.repeat(1_000_000) }).dropped;
    expect(dropped?.proposed.length).toBeLessThan(200);
  });
});

describe('a page that was made to take long', () => {
  const sorts = [
    'gpt-image-2 is out. ',
    'gpt-image-2\n- ',
    '[](',
    'gpt-image-2? ',
    '> gpt-image-2 ',
  ];

  it.each(sorts)(
    'a page that was made to take long is checked in seconds when it repeats %j',
    async (bait) => {
      const long = blogPage(bait.repeat(400_000 / bait.length));
      const proposed = Array.from({ length: 200 }, (_, at) => ({
        ...{ ...PROPOSED, surface: null, subject: at % 2 === 0 ? 'gpt-image-2' : 'gpt-5.5' },
        quote: long.text.slice(0, 30 + at),
      }));
      const took = await processorTime(() => {
        const { statements, dropped } = checkedProposals(long, proposed, { names, at: READ_AT });
        expect(statements.length + dropped.length).toBe(101);
      });
      expect(took).toBeLessThan(10_000);
    },
  );
});

describe('whatever a model answers', () => {
  const cut = fc
    .tuple(fc.nat(TEXT.length), fc.nat(TEXT.length))
    .map(([a, b]) => TEXT.slice(Math.min(a, b), Math.max(a, b)));
  const anything = fc.record({
    quote: fc.oneof(cut, fc.string(), fc.anything()),
    subject: fc.oneof(
      fc.constantFrom('gpt-image-2', 'gpt-5.4', 'gpt-image-1.5', 'gpt-5.5', null),
      fc.string(),
    ),
    subjectQuote: fc.oneof(cut, fc.constantFrom('gpt-image-2', 'GPT-5.5'), fc.string()),
    date: fc.constantFrom(null, '2026-04-03'),
    other: fc.constantFrom(null, 'chestnut'),
    facet: fc.constantFrom('released', 'announced', 'retired', 'priced', 'confirmed'),
    polarity: fc.constantFrom('support', 'deny', 'maybe'),
    force: fc.constantFrom('assert', 'hedge', 'relayed', 'attributed'),
    evidentiality: fc.constantFrom('none', 'first_hand', 'primary_artefact'),
    surface: fc.constantFrom(null, 'chatgpt', 'azure'),
  });

  it('only what stands in the text gets through, under the name that stands there', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, fc.anything()), { maxLength: 20 }), (proposed) => {
        const { statements, dropped } = check(...proposed);
        expect(statements.length + dropped.length).toBe(proposed.length);
        for (const { quote, span, claim, evidentiality } of statements) {
          expect(TEXT.slice(...span)).toBe(quote);
          const before = TEXT.slice(0, span[1]);
          const named = names.find(before, READ_AT).map(({ subject }) => subject);
          expect(named).toContain(claim.subject);
          expect(evidentiality).not.toBe('primary_artefact');
        }
      }),
    );
  });
});
