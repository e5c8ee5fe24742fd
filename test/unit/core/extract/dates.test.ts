import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayHeading, looksLikeDate } from '../../../../src/core/extract/date-headings.ts';
import {
  calendarDay,
  dateOf,
  monthHeading,
  monthNumber,
  statedDay,
} from '../../../../src/core/extract/dates.ts';

const day = (from: string) => ({ from, to: null, precision: 'day' });

test.each([
  ['2026-07-23', '2026-07-23'],
  ['2026‑03‑26', '2026-03-26'],
  ['2026/4/9', '2026-04-09'],
  ['Dec 11, 2026', '2026-12-11'],
  ['December 11th, 2026', '2026-12-11'],
  ['Thursday, March 5, 2026', '2026-03-05'],
  ['11 Dec 2026', '2026-12-11'],
  ['the 11th of December', null],
  ['11. Dezember 2026', '2026-12-11'],
  ['5. März 2026', '2026-03-05'],
  ['12 de mayo de 2026', '2026-05-12'],
  ['1er août 2026', '2026-08-01'],
  ['2026年4月21日', '2026-04-21'],
  ['2026년 4월 21일', '2026-04-21'],
  ['(March 3, 2026)', '2026-03-03'],
  ['２０２６－０５－１２', '2026-05-12'],
  ['２０２６年５月１２日', '2026-05-12'],
  ['2026.05.12', '2026-05-12'],
  ['12.05.2026', '2026-05-12'],
  ['12-May-2026', '2026-05-12'],
  ['Tue, May 12, 2026', '2026-05-12'],
  ['Tuesday 12 May 2026', '2026-05-12'],
  ['2026-05-12 (was 2026-01-15)', '2026-05-12'],
  ['May 12, 2026 (previously January 15, 2026)', '2026-05-12'],
  ['2026-05-12*', '2026-05-12'],
  ['2026-05-12¹', '2026-05-12'],
  ['4/5/2026', null],
  ['2026-02-30', null],
  ['31/12/2026', null],
  ['Version 4', null],
  ['', null],
])('a text that is a date reads %j as the day %j', (text, expected) => {
  expect(dateOf(text)).toEqual(expected === null ? null : day(expected));
});

test('a text that is a date keeps the moment where an offset is given', () => {
  const second = (from: string) => ({ from, to: null, precision: 'second' });
  expect(dateOf('Tue, 21 Apr 2026 12:00:00 GMT')).toEqual(second('2026-04-21T12:00:00.000Z'));
  expect(dateOf('5 Jan 2026 09:00 +0530')).toEqual(second('2026-01-05T03:30:00.000Z'));
  expect(dateOf('Mon, 30 Feb 2026 12:00:00 GMT')).toBeNull();
  expect(dateOf('Thu, 16 Apr 2026 23:30:00 -0700')).toEqual(second('2026-04-17T06:30:00.000Z'));
  expect(dateOf('2026-04-21T19:00:42+02:00')).toEqual(second('2026-04-21T17:00:42.000Z'));
});

test('a text that is a date reads named zones and hours as people write them', () => {
  const from = (text: string) => dateOf(text)?.from;
  expect(from('May 12, 2026 at 10:00 AM PT')).toBe('2026-05-12T17:00:00.000Z');
  expect(from('12 May 2026 8:05 CEST')).toBe('2026-05-12T06:05:00.000Z');
  expect(from('Tue, 12 May 2026 22:00:00 EDT')).toBe('2026-05-13T02:00:00.000Z');
  expect(statedDay('Tue, 12 May 2026 22:00:00 EDT')).toBe('2026-05-12');
});

test('a text that is a date takes a time without an offset for no more than its day', () => {
  expect(dateOf('2026-04-21T19:00')).toEqual(day('2026-04-21'));
});

test('a text that is a date reads months and years with their own precision', () => {
  expect(dateOf('July, 2026')).toEqual({
    from: '2026-07-01',
    to: '2026-07-31',
    precision: 'month',
  });
  expect(dateOf('February 2024')?.to).toBe('2024-02-29');
  expect(dateOf('2026')).toEqual({ from: '2026-01-01', to: '2026-12-31', precision: 'year' });
});

test('a text that is a date comes back as the day it was written from, for any day', () => {
  const days = fc.date({
    min: new Date('1970-01-02T00:00:00Z'),
    max: new Date('2199-12-30T00:00:00Z'),
    noInvalidDate: true,
  });
  const english = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  fc.assert(
    fc.property(days, (date) => {
      const expected = date.toISOString().slice(0, 10);
      expect(dateOf(expected)).toEqual(day(expected));
      expect(dateOf(english.format(date))).toEqual(day(expected));
    }),
  );
});

test('a text that is a date never throws, whatever the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void dateOf(text)));
});

test.each(['July, 2026', 'July 2026', 'Juli 2026', 'julio de 2026', '2026年7月', '2026-07'])(
  'the reading of headings reads %j as a month',
  (text) => expect(monthHeading(text)).toEqual({ year: 2026, month: 7 }),
);

test.each(['July', 'Model 2026', 'Released in July, 2026', '2026-13'])(
  'the reading of headings sees no month in %j',
  (text) => expect(monthHeading(text)).toBeNull(),
);

test('the reading of headings gives a day the year of its month heading', () => {
  const july = { year: 2026, month: 7 };
  expect(dayHeading('Jul 9', july)).toEqual(day('2026-07-09'));
  expect(dayHeading('9. Juli', july)).toEqual(day('2026-07-09'));
  expect(dayHeading('July 9th', july)).toEqual(day('2026-07-09'));
  expect(dayHeading('July 9, 2026', july)).toEqual(day('2026-07-09'));
  expect(dayHeading('7月9日', july)).toEqual(day('2026-07-09'));
});

test.each([
  'Jul 9 (Thursday)',
  'Thu, Jul 9',
  'Jul. 9th',
  'July 9 UTC',
  '2026-07-09',
  'Jul 9 (today)',
])('the reading of headings reads %j as a day of July', (text) =>
  expect(dayHeading(text, { year: 2026, month: 7 })).toEqual(day('2026-07-09')),
);

test('the reading of headings keeps both ends of a stretch of days', () => {
  expect(dayHeading('Jul 9–11', { year: 2026, month: 7 })).toEqual({
    ...{ from: '2026-07-09', to: '2026-07-11', precision: 'day' },
  });
});

test.each(['Jul 99', 'Aug 9', '9/6/2026', 'Tuesday 9', 'Week of Jul 9', 'Julyy 9', '8/9'])(
  'the reading of headings knows %j for a date that cannot be read or stands in the wrong place',
  (text) => {
    expect(dayHeading(text, { year: 2026, month: 7 })).toBeNull();
    expect(looksLikeDate(text)).toBe(true);
  },
);

test.each(['New models', 'GPT-5.4', 'May 2026 snapshot of o3', 'v1.2.3', 'Top 5', '128K'])(
  'the reading of headings takes %j for no date',
  (text) => expect(looksLikeDate(text)).toBe(false),
);

test('the reading of headings sees no day where the month is another or the day does not exist', () => {
  expect(dayHeading('Aug 9', { year: 2026, month: 7 })).toBeNull();
  expect(dayHeading('Feb 30', { year: 2026, month: 2 })).toBeNull();
  expect(dayHeading('New models', { year: 2026, month: 7 })).toBeNull();
});

test('the reading of headings knows months by short and long names', () => {
  expect(monthNumber('Sept.')).toBe(9);
  expect(monthNumber('MÄRZ')).toBe(3);
  expect(monthNumber('Model')).toBeNull();
});

test('the reading of headings knows which days exist', () => {
  expect(calendarDay(2028, 2, 29)).toBe('2028-02-29');
  expect(calendarDay(2026, 2, 29)).toBeNull();
  expect(calendarDay(1850, 2, 1)).toBeNull();
});
