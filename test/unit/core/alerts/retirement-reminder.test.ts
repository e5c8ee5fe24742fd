import { expect, it } from 'vitest';
import { composeRetirement, leadOf } from '../../../../src/core/alerts/retirement-reminder.ts';
import { LONGEST_TITLE } from '../../../../src/core/stories/title-words.ts';
import { DAY, plus } from '../../../../src/domain/time.ts';

const END = '2026-05-12';
const dated = (names: readonly string[]) => ({
  subjects: names.map((name) => ({ id: name.toLowerCase().replaceAll(' ', '-'), name })),
  ...{ vendor: 'openai', day: END, lead: 7, thread: 'dall-e-2@2026-01-01' },
});

it('a retirement with a date is near a month, a week and a day before, and no more from the day on', () => {
  const days = Array.from({ length: 65 }, (_, n) => 60 - n);
  const leads = days.map((left) => leadOf(END, plus(END, -left * DAY), [30, 7, 1]));
  expect([...new Set(leads)]).toEqual([null, 30, 7, 1]);
  expect(leads.at(-1)).toBe(null);
});

it('a retirement with a date is recalled with the days that are left', () => {
  const message = composeRetirement(dated(['DALL-E 2']), '2026-05-10T12:00:00.000Z');
  expect(message.title).toBe('DALL-E 2 will be shut down in 2 days, on 12 May 2026');
});

it('a retirement with a date is recalled with all that ends on its day, in one title that is no longer than a phone shows', () => {
  const names = ['DALL-E 2', 'DALL-E 3', 'GPT-4o Realtime', 'GPT-4o Audio'];
  const message = composeRetirement(dated(names), '2026-05-05T12:00:00.000Z');
  expect(message.title).toBe('DALL-E 2 and 3 more will be shut down in 7 days, on 12 May 2026');
  expect(message.title.length).toBeLessThanOrEqual(LONGEST_TITLE);
  expect(message.because.at(-1)).toContain('DALL-E 2, DALL-E 3, GPT-4o Realtime and GPT-4o Audio');
});
