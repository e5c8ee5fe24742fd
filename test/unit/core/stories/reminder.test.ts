import { expect, it } from 'vitest';
import {
  type Reminded,
  remindedStory,
  reminderId,
} from '../../../../src/core/alerts/retirement-reminder.ts';
import { makeMessage } from '../../../support/messages.ts';

const DAY = '2026-10-23';
const reminder = makeMessage({
  kind: 'retirement',
  subject: 'gpt-4',
  title: 'GPT-4 and GPT-4 Turbo will be shut down in 7 days, on 23 October 2026',
});
const reminded = ['gpt-4', 'gpt-4-turbo'].map(
  (id): Reminded => ({ id, name: id, ref: reminderId(id, DAY, 7) }),
);

it('puts a reminder into the story of the retirement, which keeps its id and takes its title', () => {
  const story = remindedStory(null, makeMessage({ subject: 'gpt-4' }), DAY, reminded.slice(0, 1));
  const later = remindedStory(story, reminder, DAY, reminded);
  expect(later.id).toBe(story.id);
  expect(later.title).toBe(reminder.title);
  expect(later.updatedAt).toBe(reminder.at);
  expect(later.subjects).toEqual(['gpt-4', 'gpt-4-turbo']);
  expect(later.events.at(-1)).toMatchObject({
    ...{ alert: reminder.alert, day: DAY, subject: 'gpt-4-turbo' },
    ref: reminderId('gpt-4-turbo', DAY, 7),
  });
});

it('begins the story of a retirement whose day was known before anybody was told', () => {
  const story = remindedStory(null, reminder, DAY, reminded);
  expect(story).toMatchObject({ kind: 'retirement', dueAt: null });
  expect(story.thread).toBe(reminder.thread);
  expect(remindedStory(null, reminder, DAY, reminded).id).toBe(story.id);
});
