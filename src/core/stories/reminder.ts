import type { Message } from '../../domain/alert.ts';
import { idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import type { Day } from '../../domain/time.ts';
import { familyOf } from './family.ts';

/** The story of a retirement with a reminder that was told; a new one where the day was known before anybody was told. */
export function remindedStory(story: Story | null, message: Message, day: Day): Story {
  const { alert, at, subject, name, vendor, thread, title } = message;
  const event: StoryEvent = {
    ...{ ref: alert, subject, name, at, weight: 'notes', rule: null },
    ...{ move: null, change: null, day, alert },
  };
  const of = story ?? {
    ...{ id: idOf('st', 'retirement', subject, day), kind: 'retirement', vendor, thread },
    ...{ family: familyOf(subject), subjects: [subject], openedAt: at, dueAt: null, events: [] },
  };
  return { ...of, title, updatedAt: at, events: [...of.events, event] };
}
