import { expect, it } from 'vitest';
import { remindedStory } from '../../../../src/core/stories/reminder.ts';
import { makeMessage } from '../../../support/messages.ts';

const reminder = makeMessage({
  kind: 'retirement',
  subject: 'gpt-4',
  title: 'Retires within 7 days',
});

it('puts a reminder into the story of the retirement, which keeps its id and takes its title', () => {
  const story = remindedStory(null, makeMessage({ subject: 'gpt-4' }), '2026-10-23');
  const reminded = remindedStory(story, reminder, '2026-10-23');
  expect(reminded.id).toBe(story.id);
  expect(reminded.title).toBe('Retires within 7 days');
  expect(reminded.updatedAt).toBe(reminder.at);
  expect(reminded.events.at(-1)).toMatchObject({ alert: reminder.alert, day: '2026-10-23' });
});

it('begins the story of a retirement whose day was known before anybody was told', () => {
  const story = remindedStory(null, reminder, '2026-10-23');
  expect(story).toMatchObject({ kind: 'retirement', subjects: ['gpt-4'], dueAt: null });
  expect(story.thread).toBe(reminder.thread);
  expect(remindedStory(null, reminder, '2026-10-23').id).toBe(story.id);
});
