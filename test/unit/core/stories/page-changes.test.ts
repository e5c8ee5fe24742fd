import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../src/core/stories/price-figures.ts';
import { idOf, targetId } from '../../../../src/domain/ids.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../../src/domain/time.ts';
import { claimOf, makePrimary } from '../../../support/make.ts';
import { storyBook } from '../../../support/story-book.ts';
import { AT, found, itemChange, moving, subjectUpdate } from '../../../support/subject-updates.ts';

const MORNING = '2026-04-22T08:00:00.000Z';

describe('a change of a page', () => {
  const known = { ...found('gpt-image-2', ['announced']), transitions: [] };

  it('a change of a page that says more of a followed model is told the next morning, once for all it names', () => {
    const book = storyBook();
    const changes = [itemChange('added', { after: 'Fixed a bug.' }, { title: 'Fixed a bug.' })];
    expect(book.check(AT, [known], changes)).toEqual([]);
    const [message, ...more] = book.pass(MORNING);
    expect(message?.title).toBe('GPT Image 2: Fixed a bug.');
    expect(message?.changes[0]?.parts).toEqual([{ kind: 'added', text: 'Fixed a bug.' }]);
    expect(more).toEqual([]);
  });

  it('a change of a page is told of no model that nobody follows', () => {
    const book = storyBook();
    const changes = [itemChange('added', { after: 'Fixed a bug.' })];
    book.check(AT, [{ ...known, interest: 'listed' }], changes);
    expect(book.pass(plus(AT, 2 * DAY))).toEqual([]);
  });

  it('a change of a page whose first sight or second reading it is, is no news', () => {
    const book = storyBook();
    book.check(
      AT,
      [known],
      [
        itemChange('added', { after: 'a' }, { baseline: true }),
        itemChange('added', { after: 'b' }, { technical: true }),
      ],
    );
    expect(book.pass(plus(AT, 2 * DAY))).toEqual([]);
  });
});

describe('the page of a model', () => {
  const known = { ...found('gpt-image-2', ['announced']), transitions: [] };
  const page = (before: string, after: string) => {
    const change = itemChange('revised', { before, after });
    return {
      ...change,
      target: { ...change.target, kind: 'model-page' as const, subject: 'gpt-image-2' },
    };
  };
  const told = (before: string, after: string) => {
    const book = storyBook();
    book.check(AT, [known], [page(before, after)]);
    return book.pass(MORNING).length;
  };

  it('the page of a model is told when it states something else of the model', () => {
    expect(told('Input modalities: text', 'Input modalities: text, image')).toBe(1);
  });

  it.each([
    ['a comparison with others', 'GPT-5.2 | $1.75', 'GPT-5.4 | $2.50'],
    ['praise', 'GPT Image 2 for work', 'GPT Image 2, our frontier model for work'],
    ['limits of use', 'Tier 1 | 500,000', 'Tier 1 | 1,000,000'],
    ['a stamp', 'Last updated: June 5, 2026', 'Last updated: June 6, 2026'],
    ['its headings', 'Model details', 'Overview'],
  ])('the page of a model is not told of %s', (_, before, after) => {
    expect(told(before, after)).toBe(0);
  });

  it('the page of a model is one message with all others that changed that day', () => {
    const book = storyBook();
    const other = { ...found('gpt-5.5', ['announced']), transitions: [] };
    const second = page('Context window: 400,000', 'Context window: 800,000');
    const named = (item: typeof second.after) =>
      item === null ? null : { ...item, mentions: ['gpt-5.5'] };
    book.check(AT, [known], [page('Knowledge cutoff: May', 'Knowledge cutoff: June')]);
    book.check(
      plus(AT, HOUR),
      [other],
      [
        {
          ...second,
          change: { ...second.change, id: idOf('ch', 'other') },
          ...{ before: named(second.before), after: named(second.after) },
          target: { ...second.target, subject: 'gpt-5.5' },
        },
      ],
    );
    expect(book.pass(MORNING).map(({ title }) => title)).toEqual([
      'OpenAI changed its page on GPT Image 2 and GPT-5.5',
    ]);
  });
});

it('a newsroom that brings out what is in no list is told by the title of its post', () => {
  const change = itemChange(
    'added',
    { after: 'Here it is.' },
    { title: 'Introducing Pictures 9.0' },
  );
  const unnamed = {
    ...change,
    after: change.after === null ? null : { ...change.after, mentions: [] },
    target: { ...change.target, kind: 'newsroom' as const },
  };
  const book = storyBook();
  const [message] = book.check(AT, [], [unnamed]);
  expect(message?.title).toBe('OpenAI introduces Pictures 9.0');
  const later = plus(AT, HOUR);
  const listed = found('gpt-picture-9', ['api_listed'], { at: later });
  const named = { ...listed, subject: { ...listed.subject, name: 'GPT Picture 9' } };
  const [second] = book.check(later, [named]);
  expect(second?.title).toBe('GPT Picture 9 is in the API (confirmed)');
  expect(second?.story?.id).toBe(message?.story?.id);
});

describe('a price', () => {
  const cut = (value: string, before: string, at: string, page: string) => {
    const url = `https://developers.openai.com/${page}`;
    const now = claimOf('priced', { value });
    const former = claimOf('priced', { value: before });
    const place = { url, target: targetId('openai-pricing', url), sourceKind: 'pricing' as const };
    const pieces = [
      makePrimary(former, { ...place, observedAt: plus(at, -DAY), supersededAt: at }),
      makePrimary(now, { ...place, observedAt: at }),
    ];
    const known = found('gpt-image-2', ['api_listed'], { evidence: { baseline: true } });
    const base = subjectUpdate([former, now], pieces, { at, subject: known.subject });
    const [moved] = moving(base, now, 'unknown', 'confirmed', at).transitions;
    return {
      ...base,
      transitions: moved === undefined ? [] : [moved],
      verdicts: [...base.verdicts, ...known.verdicts],
    };
  };

  it('a price that several pages and an entry give is told once', () => {
    const book = storyBook();
    const first = cut('input $3.00, output $9.00', 'input $5.00, output $30.00', AT, 'pricing');
    expect(book.check(AT, [first]).map(({ title }) => title)).toEqual([
      'GPT Image 2 has a new price: input $3.00, output $9.00 (confirmed)',
    ]);
    const later = plus(AT, HOUR);
    const cached = ', cached input $0.30';
    const second = cut(
      `input $3.00, output $9.00${cached}`,
      'input $5.00, output $30.00, cached input $0.50',
      ...([later, 'models'] as const),
    );
    const words = 'Reduced the price of gpt-image-2 to $3.00 per 1M input tokens.';
    const entry = itemChange('added', { after: words }, { title: words, at: later });
    const told = [
      ...book.check(later, [second]),
      ...book.check(plus(later, MINUTE), [{ ...second, transitions: [] }], [entry]),
      ...book.pass(plus(later, 2 * DAY)),
    ];
    expect(told).toEqual([]);
  });

  it('a price is the same in whatever form it is given', () => {
    expect(figuresOf('Input $5.00 1M tokens; Output $30.00 1M tokens')).toEqual([5, 30]);
    expect(figuresOf('5 | - | 30')).toEqual([5, 30]);
  });
});
