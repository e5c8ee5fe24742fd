import { expect, it } from 'vitest';
import { stepWords, waitWords } from '../../../src/read/stories.ts';

it.each([
  [{ from: 'rumor', to: 'secondary', status: 'current' }, 'rumor to secondary'],
  [{ from: 'confirmed', to: 'confirmed', status: 'scheduled' }, 'confirmed, scheduled'],
  [{ from: 'confirmed', to: 'confirmed', status: 'due' }, 'confirmed, due'],
  [{ from: 'confirmed', to: 'confirmed', status: 'in_effect' }, 'confirmed, in effect'],
])('what happened in a story: %o reads as the step that was made: %s', (step, words) => {
  expect(stepWords(step)).toBe(words);
});

it('what happened in a story is told at its moment, and is overdue once that has passed', () => {
  const due = '2026-05-13T08:00:00.000Z';
  const at = (now: string) => waitWords(due, now, (moment) => moment.slice(0, 10));
  expect(at('2026-05-13T07:00:00.000Z')).toBe('is told at 2026-05-13');
  expect(at('2026-05-14T08:00:00.000Z')).toBe(
    'waits to be sent, and should have been at 2026-05-13',
  );
  expect(waitWords(null, due, String)).toBe('waits to be told');
});
