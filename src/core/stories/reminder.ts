import type { Message } from '../../domain/alert.ts';
import { type AlertId, idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { Day } from '../../domain/time.ts';
import { familyOf } from './family.ts';

/** A model that people were reminded of. */
export interface Reminded {
  id: string;
  name: string;
  /** By what it is known later that they were. */
  ref: AlertId;
}

/** The story of a retirement with a reminder that was told; a new one where the day was known before anybody was told. */
export function remindedStory(
  story: Story | null,
  message: Message,
  day: Day,
  reminded: readonly Reminded[],
): Story {
  const { alert, at, vendor, thread, title } = message;
  const [first] = reminded;
  const events = reminded.map(
    ({ id, name, ref }): StoryEvent => ({
      ...{ ref, subject: id, name, at, weight: 'notes', rule: null },
      ...{ move: null, change: null, day, alert },
    }),
  );
  const of = story ?? {
    ...{ id: idOf('st', 'retirement', first?.id ?? '', day), kind: 'retirement', vendor, thread },
    ...{ family: familyOf(first?.id ?? ''), subjects: [], openedAt: at, dueAt: null, events: [] },
  };
  const subjects = [...new Set([...of.subjects, ...reminded.map(({ id }) => id)])];
  return { ...of, title, subjects, updatedAt: at, events: [...of.events, ...events] };
}
