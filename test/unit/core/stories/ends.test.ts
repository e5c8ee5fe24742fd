import { describe, expect, it } from 'vitest';
import type { SubjectUpdate } from '../../../../src/core/stories/family.ts';
import { DAY, HOUR, plus } from '../../../../src/domain/time.ts';
import { claimOf, makePrimary, makeSubject } from '../../../support/make.ts';
import { storyBook } from '../../../support/story-book.ts';
import { AT, moving, subjectUpdate } from '../../../support/subject-updates.ts';

describe('an end', () => {
  const end = (
    status: 'scheduled' | 'due' | 'in_effect',
    at: string,
    id = 'gpt-image-2',
    over: Partial<SubjectUpdate> & { name?: string; day?: string } = {},
  ): SubjectUpdate => {
    const { name = 'GPT Image 2', day = '2027-01-20', ...rest } = over;
    const claim = claimOf('retired', { subject: id });
    const validTime = { from: day, to: null, precision: 'day' as const };
    const piece = makePrimary(claim, { sourceKind: 'deprecations', validTime, observedAt: at });
    const subject = makeSubject({ id, name });
    const base = subjectUpdate([claim], [piece], { at, subject, ...rest });
    const transitions = moving(base, claim, 'unknown', 'confirmed', at).transitions.map((one) => ({
      ...one,
      to: { ...one.to, status },
    }));
    return { ...base, transitions };
  };

  const inEffect = (update: SubjectUpdate): SubjectUpdate => ({
    ...update,
    verdicts: update.verdicts.map((verdict) =>
      verdict.claim.facet === 'retired' ? { ...verdict, status: 'in_effect' } : verdict,
    ),
  });

  it('that is set for a day is scheduled, and told with the day', () => {
    const [message] = storyBook().check(AT, [end('scheduled', AT)]);
    expect(message?.title).toBe('GPT Image 2 will be shut down on 20 January 2027 (scheduled)');
  });

  it('that comes for many models on one day is one alert the morning after, however they are judged', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    const ids = ['gpt-4-0314', 'gpt-4-0125-preview', 'gpt-4-1106-preview'];
    const messages = ids.flatMap((id) => book.check(day, [end('due', day, id, { name: id })]));
    messages.push(...book.pass('2027-01-21T07:59:00.000Z'));
    expect(messages).toEqual([]);
    messages.push(...book.pass('2027-01-21T08:00:00.000Z'));
    expect(messages.map(({ title }) => title)).toEqual([
      'gpt-4-0314 and 2 more were to be shut down on 20 January 2027 (due)',
    ]);
    expect(messages[0]?.story?.lead).toContain('gpt-4-0314, gpt-4-0125-preview and');
    const evening = plus(day, 42 * HOUR);
    const alias = end('in_effect', evening, 'gpt-4-turbo-preview', { interest: 'listed' });
    expect([...book.check(evening, [alias]), ...book.pass(plus(evening, DAY))]).toEqual([]);
  });

  it('that pages show on its day is told then, with what is not seen gone yet', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    const both = ['dall-e-2', 'dall-e-3'].map((id) => end('due', day, id, { name: id }));
    expect(book.check(day, both)).toEqual([]);
    const evening = plus(day, 18 * HOUR);
    const gone = end('in_effect', evening, 'dall-e-2', { name: 'dall-e-2' });
    const [message] = book.check(evening, [gone]);
    expect(message?.title).toBe('dall-e-2 was shut down on 20 January 2027 (confirmed)');
    expect(message?.story?.lead).toContain('Not seen gone yet: dall-e-3.');
    expect(book.pass(plus(evening, 2 * DAY))).toEqual([]);
  });

  it('that waits for the morning and is over by now is told with what ended beside it, and not again', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    const both = ['dall-e-2', 'dall-e-3'].map((id) => end('due', day, id, { name: id }));
    book.check(day, both);
    const evening = plus(day, 18 * HOUR);
    const over = (id: string) => inEffect(end('in_effect', evening, id, { name: id }));
    const [message] = book.check(evening, [
      over('dall-e-2'),
      { ...over('dall-e-3'), transitions: [] },
    ]);
    expect(message?.title).toBe(
      'dall-e-2 and dall-e-3 were shut down on 20 January 2027 (confirmed)',
    );
    expect(message?.story?.lead).not.toContain('Not seen gone yet');
    const later = plus(evening, 3 * DAY);
    const again = end('in_effect', later, 'dall-e-3', { name: 'dall-e-3' });
    expect([...book.check(later, [again]), ...book.pass(plus(later, DAY))]).toEqual([]);
  });

  it('that has come and is not seen yet is nowhere said to be in effect', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    book.check(day, [end('due', day)]);
    const [message] = book.pass('2027-01-21T08:00:00.000Z');
    expect(message?.story?.facts.map(({ words }) => words)).toEqual([
      'was set for 20 January 2027, and is not seen yet',
    ]);
  });

  it('that was due and is seen gone later is told once more where people follow it', () => {
    const book = storyBook();
    const day = '2027-01-20T00:00:00.000Z';
    book.check(day, [end('due', day)]);
    expect(book.pass('2027-01-21T08:00:00.000Z')).toHaveLength(1);
    const later = plus(day, 5 * DAY);
    const told = [...book.check(later, [end('in_effect', later)]), ...book.pass(plus(later, DAY))];
    expect(told.map(({ title }) => title)).toEqual([
      'GPT Image 2 was shut down on 20 January 2027 (confirmed)',
    ]);
  });

  it('whose day the vendor moves is told with the new day, and with the one it was', () => {
    const book = storyBook();
    book.check(plus(AT, -DAY), [end('scheduled', plus(AT, -DAY))]);
    const claim = claimOf('retired');
    const row = (day: string, at: string, supersededAt: string | null) =>
      makePrimary(claim, {
        ...{ sourceKind: 'deprecations', observedAt: at, supersededAt, quote: day },
        validTime: { from: day, to: null, precision: 'day' as const },
      });
    const now = row('2027-03-01', AT, null);
    const pieces = [row('2027-01-20', plus(AT, -DAY), AT), now];
    const moved = subjectUpdate([claim], pieces, {
      subject: makeSubject({ id: 'gpt-image-2', name: 'GPT Image 2' }),
    });
    const [message, ...more] = [
      ...book.check(AT, [{ ...moved, transitions: [] }]),
      ...book.pass(plus(AT, HOUR)),
    ];
    expect(message?.title).toBe('GPT Image 2 will be shut down on 1 March 2027 (new date)');
    expect(message?.story?.lead).toContain('has moved the day, which was 20 January 2027');
    expect(more).toEqual([]);
    const again = plus(AT, HOUR);
    expect(book.check(again, [{ ...moved, at: again, transitions: [] }])).toEqual([]);
  });

  it('an end of many is told by the models that people follow, each day with its own', () => {
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

  it('an end is told when it is in effect, and never again', () => {
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
