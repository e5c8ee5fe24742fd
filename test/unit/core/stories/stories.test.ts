import { describe, expect, it } from 'vitest';
import { familyOf, modelOf } from '../../../../src/core/stories/family.ts';
import { LONGEST_TITLE } from '../../../../src/core/stories/title-words.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../../src/domain/time.ts';
import { claimOf, makeEvidence } from '../../../support/make.ts';
import { storyBook } from '../../../support/story-book.ts';
import { AT, found, moving, subjectUpdate } from '../../../support/subject-updates.ts';

const MORNING = '2026-04-22T08:00:00.000Z';

describe('a launch', () => {
  it('a launch is told at once, with what is confirmed and the words of the vendor', () => {
    const [message, ...more] = storyBook().check(AT, [
      found('gpt-image-2', ['announced', 'api_listed']),
    ]);
    expect(more).toEqual([]);
    expect(message?.title).toBe('GPT Image 2 is in the API (confirmed)');
    expect(message?.story).toMatchObject({ kind: 'launch', part: 'opening' });
    const facts = message?.story?.facts.map(({ surface, proof }) => [surface, proof?.quote]);
    expect(facts).toEqual([
      ['Announced', 'gpt-image-2 announced now'],
      ['In the API', 'gpt-image-2 api_listed now'],
    ]);
    expect(message?.proofs.every(({ publisher }) => publisher === 'OpenAI')).toBe(true);
  });

  it('a launch says what could not be checked, and that it goes on trying', () => {
    const rumored = subjectUpdate([claimOf('announced')], [makeEvidence(claimOf('announced'))]);
    const [message] = storyBook().check(AT, [rumored]);
    expect(message?.unchecked).toContain(
      'The changelog of the API has not been read yet; it is tried again.',
    );
  });

  it('a launch of a model with its variants and snapshots on one page is one alert', () => {
    const ids = ['gpt-5.5', 'gpt-5.5-pro', 'gpt-5.5-2026-04-23', 'gpt-5.5-pro-2026-04-23'];
    const messages = storyBook().check(
      AT,
      ids.map((id) => found(id, ['api_listed'])),
    );
    expect(messages.map(({ title }) => title)).toEqual([
      'GPT-5.5 and GPT-5.5-PRO are in the API (confirmed)',
    ]);
    expect(messages[0]?.story?.also).toContain(
      'Snapshots: gpt-5.5-2026-04-23 and gpt-5.5-pro-2026-04-23.',
    );
  });

  it('a launch of a snapshot whose model nobody told of says what is confirmed of it', () => {
    const book = storyBook();
    book.check(AT, [found('gpt-5.4', ['announced', 'api_listed'])]);
    const later = plus(AT, MINUTE);
    book.check(later, [found('gpt-5.4-pro-2026-03-05', ['api_listed'], { at: later })]);
    const [message] = book.pass(MORNING);
    expect(message?.story?.facts.map(({ surface, proof }) => [surface, proof?.quote])).toEqual([
      ['In the API', 'gpt-5.4-pro-2026-03-05 api_listed now'],
    ]);
  });

  it('a launch of models that have nothing in common but the page is one alert', () => {
    const messages = storyBook().check(AT, [
      found('gpt-image-2', ['announced']),
      found('gpt-5.5', ['announced']),
    ]);
    expect(messages).toHaveLength(1);
  });

  it('a launch of two new rows of a model list that have nothing in common is one alert each', () => {
    const row = (id: string) =>
      found(id, ['api_listed'], { evidence: { sourceKind: 'model-list' } });
    const titles = (ids: readonly string[]) =>
      storyBook()
        .check(AT, ids.map(row))
        .map(({ title }) => title);
    expect(titles(['gpt-live', 'gpt-voice-mini'])).toHaveLength(2);
    expect(titles(['gpt-transcribe', 'gpt-live-transcribe'])).toHaveLength(1);
    expect(titles(['gpt-live', 'gpt-voice-mini', 'sora-3', 'gpt-9'])).toHaveLength(1);
  });

  it('that was previewed weeks before goes on in its story until it is in the API', () => {
    const book = storyBook();
    const [preview] = book.check(AT, [found('gpt-5.6-sol', ['announced'])]);
    const later = plus(AT, 13 * DAY);
    const ids = ['gpt-5.6-sol', 'gpt-5.6-terra'];
    book.check(
      later,
      ids.map((id) => found(id, ['announced', 'api_listed'], { at: later })),
    );
    const [message, ...more] = book.pass(plus(later, HOUR));
    expect(message?.title).toBe('GPT-5.6-SOL and GPT-5.6-TERRA are in the API (confirmed)');
    expect(message?.story).toMatchObject({ id: preview?.story?.id, part: 'growth' });
    expect(more).toEqual([]);
    const next = plus(later, 4 * DAY);
    const [variant] = book.check(next, [found('gpt-5.6-luna', ['api_listed'], { at: next })]);
    expect(variant?.story?.part).toBe('opening');
  });

  it('a launch is not told of a code name, whose model has another', () => {
    const spud = found('spud', ['announced'], { subjectOver: { kind: 'codename' } });
    expect(storyBook().check(AT, [spud])).toEqual([]);
  });

  it('that gains a surface is told again after an hour, under the same id and in the same thread', () => {
    const book = storyBook();
    const [first] = book.check(AT, [found('gpt-image-2', ['announced'])]);
    const later = plus(AT, MINUTE);
    expect(
      book.check(later, [found('gpt-image-2', ['announced', 'api_listed'], { at: later })]),
    ).toEqual([]);
    expect(book.pass(plus(later, HOUR - 1))).toEqual([]);
    const [second] = book.pass(plus(later, HOUR));
    expect(second?.title).toBe('GPT Image 2 is in the API (confirmed)');
    expect(second?.story).toMatchObject({ id: first?.story?.id, part: 'growth' });
    expect(second?.thread).toBe(first?.thread);
    expect(book.pass(plus(later, 2 * DAY))).toEqual([]);
  });

  it('a launch tells what is of little weight the next morning, in one follow-up', () => {
    const book = storyBook();
    book.check(AT, [found('gpt-image-2', ['announced', 'api_listed'])]);
    const later = plus(AT, MINUTE);
    const more = found('gpt-image-2', ['announced', 'api_listed', 'sdk_typed'], {
      at: later,
      evidence: { sourceKind: 'package' },
    });
    const transitions = more.transitions.filter(({ claim }) => claim === claimOf('sdk_typed').key);
    expect(book.check(later, [{ ...more, transitions }])).toEqual([]);
    expect(book.pass(plus(MORNING, -1))).toEqual([]);
    const [message] = book.pass(MORNING);
    expect(message?.story?.part).toBe('follow-up');
    expect(message?.title).toBe('GPT Image 2, also seen since: the SDK');
  });

  it('that talk named first goes on under the id of the rumor', () => {
    const book = storyBook();
    const claim = claimOf('announced');
    const [rumor] = book.check(plus(AT, -DAY), [
      subjectUpdate([claim], [makeEvidence(claim)], { at: plus(AT, -DAY) }),
    ]);
    const [confirmed] = book.check(AT, [found('gpt-image-2', ['announced'])]);
    expect(rumor?.story?.kind).toBe('rumor');
    expect(confirmed?.story).toMatchObject({
      id: rumor?.story?.id,
      kind: 'launch',
      part: 'opening',
    });
  });
});

describe('nobody is told', () => {
  it('nobody is told of what is quiet', () => {
    const quiet = found('gpt-image-2', ['announced']);
    const transitions = quiet.transitions.map((one) => ({ ...one, quiet: true }));
    expect(storyBook().check(AT, [{ ...quiet, transitions }])).toEqual([]);
  });

  it('nobody is told of talk about a model that nobody follows', () => {
    const claim = claimOf('announced');
    const talk = subjectUpdate([claim], [makeEvidence(claim)], { interest: 'listed' });
    expect(storyBook().check(AT, [talk])).toEqual([]);
  });

  it('nobody is told of talk about a model that is confirmed', () => {
    const book = storyBook();
    book.check(AT, [found('gpt-image-2', ['announced'])]);
    const later = plus(AT, HOUR);
    const base = found('gpt-image-2', ['announced', 'limited_test'], { at: later });
    const talk = moving(base, claimOf('limited_test'), 'unknown', 'rumor', later);
    expect(book.check(later, [talk])).toEqual([]);
    expect(book.pass(plus(later, 2 * DAY))).toEqual([]);
  });

  it('nobody is told of a level that comes and goes, more than once a week', () => {
    const book = storyBook();
    const claim = claimOf('limited_test');
    const seen = (at: string) => {
      const base = subjectUpdate([claim], [makeEvidence(claim, { observedAt: at })], { at });
      return moving(base, claim, 'unknown', 'rumor', at);
    };
    const told = [0, 1, 2, 3].flatMap((days) =>
      book.check(plus(AT, days * DAY), [seen(plus(AT, days * DAY))]),
    );
    expect(told).toHaveLength(1);
  });

  it('nobody is told of the first price of a model that has long been out', () => {
    const priced = found('gpt-image-2', ['priced'], { evidence: { sourceKind: 'pricing' } });
    const out = found('gpt-image-2', ['api_listed']);
    const known = [...priced.verdicts, ...out.verdicts];
    expect(storyBook().check(AT, [{ ...priced, verdicts: known }])).toEqual([]);
  });

  it('nobody is told of a withdrawal that did not last an hour', () => {
    const book = storyBook();
    const base = found('gpt-image-2', ['api_listed']);
    const fall = moving(base, claimOf('api_listed'), 'confirmed', 'withdrawn', AT);
    expect(book.check(AT, [fall])).toEqual([]);
    expect(book.pass(plus(AT, HOUR))).toEqual([]);
  });
});

describe('the family of an id', () => {
  it.each([
    ['gpt-5.5-pro-2026-04-23', 'gpt-5.5', 'gpt-5.5-pro'],
    ['gpt-5.4-mini', 'gpt-5.4', 'gpt-5.4-mini'],
    ['gpt-image-2-2026-04-21', 'gpt-image-2', 'gpt-image-2'],
    ['gpt-4o-mini', 'gpt-4o', 'gpt-4o-mini'],
    ['gpt-4-0314', 'gpt-4', 'gpt-4'],
    ['o3-pro', 'o3', 'o3-pro'],
    ['claude-opus-4-7-20260501', 'claude-opus-4-7', 'claude-opus-4-7'],
    ['codex', 'codex', 'codex'],
  ])('the family of an id of %s is %s, and its model %s', (id, family, model) => {
    expect(familyOf(id)).toBe(family);
    expect(modelOf(id)).toBe(model);
  });
});

describe('a title', () => {
  it('a title of many models counts those that it has no room for, and keeps the day', () => {
    const ids = Array.from({ length: 9 }, (_, n) => `gpt-${n + 10}-very-long-preview-name`);
    const [message] = storyBook().check(
      AT,
      ids.map((id) => found(id, ['api_listed'])),
    );
    expect(message?.title.length).toBeLessThanOrEqual(LONGEST_TITLE);
    expect(message?.title).toMatch(/and 8 more are in the API \(confirmed\)$/);
  });
});
