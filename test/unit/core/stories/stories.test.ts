import { describe, expect, it } from 'vitest';
import { threadOf } from '../../../../src/core/alerts/thread.ts';
import { familyOf, modelOf } from '../../../../src/core/stories/family.ts';
import type { Happening } from '../../../../src/core/stories/happening.ts';
import { figuresOf } from '../../../../src/core/stories/price-figures.ts';
import { LONGEST_TITLE } from '../../../../src/core/stories/title-words.ts';
import type { Claim } from '../../../../src/domain/claim.ts';
import type { Evidence } from '../../../../src/domain/evidence.ts';
import type { Subject } from '../../../../src/domain/subject.ts';
import { DAY, HOUR, MINUTE, plus } from '../../../../src/domain/time.ts';
import { AT, happening, itemChange, moving } from '../../../support/happenings.ts';
import { claimOf, makeEvidence, makePrimary, makeSubject } from '../../../support/make.ts';
import { storyBook } from '../../../support/story-book.ts';

const MORNING = '2026-04-22T08:00:00.000Z';

function found(
  id: string,
  facets: readonly Claim['facet'][],
  over: Partial<Omit<Happening, 'evidence'>> & {
    evidence?: Partial<Evidence>;
    subjectOver?: Partial<Subject>;
  } = {},
): Happening {
  const { evidence = {}, subjectOver = {}, ...rest } = over;
  const name = id === 'gpt-image-2' ? 'GPT Image 2' : id.toUpperCase();
  const subject = makeSubject({ id, name, ...subjectOver });
  const claims = facets.map((facet) => claimOf(facet, { subject: id }));
  const pieces = claims.map((claim) =>
    makePrimary(claim, { quote: `${id} ${claim.facet} now`, observedAt: AT, ...evidence }),
  );
  return happening(claims, pieces, { subject, ...rest });
}

describe('a launch', () => {
  it('is told at once, with what is confirmed and the words of the vendor', () => {
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

  it('says what could not be checked, and that it goes on trying', () => {
    const rumored = happening([claimOf('announced')], [makeEvidence(claimOf('announced'))]);
    const [message] = storyBook().check(AT, [rumored]);
    expect(message?.unchecked).toContain(
      'The changelog of the API has not been read yet; it is tried again.',
    );
  });

  it('of a model with its variants and snapshots on one page is one alert', () => {
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

  it('of models that have nothing in common but the page is one alert', () => {
    const messages = storyBook().check(AT, [
      found('gpt-image-2', ['announced']),
      found('gpt-5.5', ['announced']),
    ]);
    expect(messages).toHaveLength(1);
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

  it('tells what is of little weight the next morning, in one follow-up', () => {
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
      happening([claim], [makeEvidence(claim)], { at: plus(AT, -DAY) }),
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
  it('of what is quiet', () => {
    const quiet = found('gpt-image-2', ['announced']);
    const transitions = quiet.transitions.map((one) => ({ ...one, quiet: true }));
    expect(storyBook().check(AT, [{ ...quiet, transitions }])).toEqual([]);
  });

  it('of talk about a model that nobody follows', () => {
    const claim = claimOf('announced');
    const talk = happening([claim], [makeEvidence(claim)], { interest: 'listed' });
    expect(storyBook().check(AT, [talk])).toEqual([]);
  });

  it('of talk about a model that is confirmed', () => {
    const book = storyBook();
    book.check(AT, [found('gpt-image-2', ['announced'])]);
    const later = plus(AT, HOUR);
    const base = found('gpt-image-2', ['announced', 'limited_test'], { at: later });
    const talk = moving(base, claimOf('limited_test'), 'unknown', 'rumor', later);
    expect(book.check(later, [talk])).toEqual([]);
    expect(book.pass(plus(later, 2 * DAY))).toEqual([]);
  });

  it('of a level that comes and goes, more than once a week', () => {
    const book = storyBook();
    const claim = claimOf('limited_test');
    const seen = (at: string) => {
      const base = happening([claim], [makeEvidence(claim, { observedAt: at })], { at });
      return moving(base, claim, 'unknown', 'rumor', at);
    };
    const told = [0, 1, 2, 3].flatMap((days) =>
      book.check(plus(AT, days * DAY), [seen(plus(AT, days * DAY))]),
    );
    expect(told).toHaveLength(1);
  });

  it('of the first price of a model that has long been out', () => {
    const priced = found('gpt-image-2', ['priced'], { evidence: { sourceKind: 'pricing' } });
    const out = found('gpt-image-2', ['api_listed']);
    const known = [...priced.verdicts, ...out.verdicts];
    expect(storyBook().check(AT, [{ ...priced, verdicts: known }])).toEqual([]);
  });

  it('of a withdrawal that did not last an hour', () => {
    const book = storyBook();
    const base = found('gpt-image-2', ['api_listed']);
    const fall = moving(base, claimOf('api_listed'), 'confirmed', 'withdrawn', AT);
    expect(book.check(AT, [fall])).toEqual([]);
    expect(book.pass(plus(AT, HOUR))).toEqual([]);
  });
});

describe('an end', () => {
  const end = (
    status: 'scheduled' | 'due' | 'in_effect',
    at: string,
    id = 'gpt-image-2',
    over: Partial<Happening> & { name?: string; day?: string } = {},
  ): Happening => {
    const { name = 'GPT Image 2', day = '2027-01-20', ...rest } = over;
    const claim = claimOf('retired', { subject: id });
    const validTime = { from: day, to: null, precision: 'day' as const };
    const piece = makePrimary(claim, { sourceKind: 'deprecations', validTime, observedAt: at });
    const subject = makeSubject({ id, name });
    const base = happening([claim], [piece], { at, subject, ...rest });
    const transitions = moving(base, claim, 'unknown', 'confirmed', at).transitions.map((one) => ({
      ...one,
      to: { ...one.to, status },
    }));
    return { ...base, transitions };
  };

  it('that is set for a day is scheduled, and told with the day', () => {
    const [message] = storyBook().check(AT, [end('scheduled', AT)]);
    expect(message?.title).toBe('GPT Image 2 will be shut down on 20 January 2027 (scheduled)');
  });

  it('that comes for many models on one day is one alert, however they are judged', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    const ids = ['gpt-4-0314', 'gpt-4-0125-preview', 'gpt-4-1106-preview'];
    const messages = ids.flatMap((id) => book.check(day, [end('due', day, id, { name: id })]));
    messages.push(...book.pass(plus(day, HOUR)));
    expect(messages.map(({ title }) => title)).toEqual([
      'gpt-4-0314 and 2 more were to be shut down on 20 January 2027 (due)',
    ]);
    expect(messages[0]?.story?.lead).toContain('gpt-4-0314, gpt-4-0125-preview and');
    const evening = plus(day, 18 * HOUR);
    const alias = end('in_effect', evening, 'gpt-4-turbo-preview', { interest: 'listed' });
    expect([...book.check(evening, [alias]), ...book.pass(plus(evening, DAY))]).toEqual([]);
  });

  it('of many is told by the models that people follow, each day with its own', () => {
    const listed = (n: number) =>
      end('scheduled', AT, `gpt-4o-audio-${n}`, {
        ...{ interest: 'listed', name: `GPT-4o Audio ${n}`, day: '2026-05-07' },
      });
    const all = [listed(10), listed(20), listed(30), listed(40)];
    const sora = { name: 'Sora 2', day: '2026-09-24' };
    const [message] = storyBook().check(AT, [...all, end('scheduled', AT, 'sora-2', sora)]);
    expect(message?.title).toBe('Sora 2 will be shut down on 24 September 2026 (scheduled)');
    expect(message?.story?.lead).toContain('7 May 2026: GPT-4o Audio 10, GPT-4o Audio 20');
    const [unfollowed] = storyBook().check(AT, all);
    expect(unfollowed?.title).toBe(
      '4 GPT-4o Audio models will be shut down on 7 May 2026 (scheduled)',
    );
  });

  it('is told when it is in effect, and never again', () => {
    const book = storyBook();
    book.check(AT, [end('scheduled', AT)]);
    const over = '2027-01-20T09:00:00.000Z';
    const [message] = book.check(over, [end('in_effect', over)]);
    expect(message?.title).toBe('GPT Image 2 was shut down on 20 January 2027 (confirmed)');
    const again = plus(over, 30 * DAY);
    expect(book.check(again, [end('in_effect', again)])).toEqual([]);
    expect(book.pass(plus(again, 2 * DAY))).toEqual([]);
  });
});

describe('a change of a page', () => {
  const known = { ...found('gpt-image-2', ['announced']), transitions: [] };

  it('that says more of a followed model is told the next morning, once for all it names', () => {
    const book = storyBook();
    const changes = [itemChange('added', { after: 'Fixed a bug.' }, { title: 'Fixed a bug.' })];
    expect(book.check(AT, [known], changes)).toEqual([]);
    const [message, ...more] = book.pass(MORNING);
    expect(message?.title).toBe('GPT Image 2: Fixed a bug.');
    expect(message?.changes[0]?.parts).toEqual([{ kind: 'added', text: 'Fixed a bug.' }]);
    expect(more).toEqual([]);
  });

  it('is told of no model that nobody follows', () => {
    const book = storyBook();
    const changes = [itemChange('added', { after: 'Fixed a bug.' })];
    book.check(AT, [{ ...known, interest: 'listed' }], changes);
    expect(book.pass(plus(AT, 2 * DAY))).toEqual([]);
  });

  it('whose first sight or second reading it is, is no news', () => {
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

describe('a newsroom that brings out what is in no list', () => {
  it('is told by the title of its post', () => {
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
  ])('of %s is %s, and its model %s', (id, family, model) => {
    expect(familyOf(id)).toBe(family);
    expect(modelOf(id)).toBe(model);
  });
});

describe('a price', () => {
  it('is the same in whatever form it is given', () => {
    expect(figuresOf('Input $5.00 1M tokens; Output $30.00 1M tokens')).toEqual([5, 30]);
    expect(figuresOf('5 | - | 30')).toEqual([5, 30]);
  });
});

describe('a title', () => {
  it('of many models counts those that it has no room for, and keeps the day', () => {
    const ids = Array.from({ length: 9 }, (_, n) => `gpt-${n + 10}-very-long-preview-name`);
    const [message] = storyBook().check(
      AT,
      ids.map((id) => found(id, ['api_listed'])),
    );
    expect(message?.title.length).toBeLessThanOrEqual(LONGEST_TITLE);
    expect(message?.title).toMatch(/and 8 more are in the API \(confirmed\)$/);
  });
});

describe('the thread of an alert', () => {
  const subject = 'gpt-image-2';

  it('starts with the first alert of a launch', () => {
    expect(threadOf(subject, AT, null)).toBe(`${subject}@${AT}`);
  });

  it('ends when nothing was told for three days, or two weeks after it began', () => {
    const thread = `${subject}@${AT}`;
    expect(threadOf(subject, plus(AT, 3 * DAY), { thread, at: AT })).toBe(thread);
    expect(threadOf(subject, plus(AT, 4 * DAY), { thread, at: AT })).not.toBe(thread);
    const last = { thread, at: plus(AT, 13 * DAY) };
    expect(threadOf(subject, plus(AT, 15 * DAY), last)).not.toBe(thread);
  });

  it('is not joined from a thread of another kind', () => {
    expect(threadOf(subject, AT, { thread: 'digest@al_0', at: AT })).toBe(`${subject}@${AT}`);
  });
});
