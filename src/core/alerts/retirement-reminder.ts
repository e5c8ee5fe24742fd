import type { Message } from '../../domain/alert.ts';
import { type AlertId, idOf } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { DAY, type Day, elapsed, type Instant, shortDay } from '../../domain/time.ts';
import { notice } from '../render/digest.ts';
import { counted } from '../render/words.ts';
import { familyOf } from '../stories/family.ts';
import { dayWords, listWords } from '../stories/sentences.ts';
import { fitted, shortest } from '../stories/title-words.ts';

/** The number of days before its day that a retirement is near by now, of those on which people are reminded; null before the first and from the day on. */
export function leadOf(day: Day, at: Instant, days: readonly number[]): number | null {
  const left = elapsed(at, day) / DAY;
  const reached = days.filter((lead) => left <= lead);
  return left <= 0 || reached.length === 0 ? null : Math.min(...reached);
}

/** By what it is known that somebody was reminded of a retirement, so many days before it. */
export function reminderId(subject: string, day: Day, lead: number): AlertId {
  return idOf('al', 'retirement', subject, day, lead);
}

/** What a vendor ends on one day. */
interface Retirements {
  subjects: readonly { id: string; name: string }[];
  vendor: string;
  day: Day;
  lead: number;
  /** The conversation in which their end was told. */
  thread: string;
}

/** One reminder for all that ends on one day. */
export function composeRetirement(
  { subjects, vendor, day, lead, thread }: Retirements,
  at: Instant,
): Message {
  const [first = { id: '', name: '' }] = subjects;
  const names = subjects.map(({ name }) => name);
  const left = Math.ceil(elapsed(at, day) / DAY);
  const says = `will be shut down in ${counted(left, 'day')}`;
  const ids = subjects.map(({ id }) => id);
  const [only] = ids;
  const isAlone = ids.length === 1 && only !== undefined;
  return notice({
    kind: 'retirement',
    id: isAlone
      ? reminderId(only, day, lead)
      : idOf('al', 'retirement', ...[...ids].sort(), day, lead),
    at,
    thread,
    title: fitted([
      `${listWords(names, 3)} ${says}, on ${dayWords(day)}`,
      `${listWords(names, 2)} ${says}, on ${dayWords(day)}`,
      `${shortest(names)} ${says}, on ${dayWords(day)}`,
      `${shortest(names)} ${says}, on ${shortDay(day)}`,
    ]),
    subject: first.id,
    name: first.name,
    vendor,
    because: [
      `The vendor has set ${dayWords(day)} as the day.`,
      ...(names.length > 2 ? [`It is the last day of ${listWords(names, 30)}.`] : []),
    ],
  });
}

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
