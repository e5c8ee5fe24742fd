import { bareFacet } from '../../domain/claim.ts';
import { groupedBy } from '../../domain/groups.ts';
import type { StoryEvent } from '../../domain/story.ts';
import { type Day, shortDay } from '../../domain/time.ts';
import { dayWords, isOrAre, listWords } from './sentences.ts';
import {
  familiesIn,
  fitted,
  type Headline,
  namesOf,
  type Speaking,
  shortest,
  titled,
} from './title-words.ts';

/** What ends on one day. */
interface Ending {
  day: Day | null;
  events: readonly StoryEvent[];
}

/** An end with its day: the first day on which something ends that people follow, and how many end on others. */
export function retirementHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const ends = told.filter(({ move }) => bareFacet(move?.facet ?? '') === 'retired');
  if (ends.length === 0) return deprecationHeadline(told, speaking);
  const over = ends.filter(({ move }) => move?.status === 'in_effect');
  const due = ends.filter(({ move }) => move?.status === 'due');
  const shown = [over, due].find((some) => some.length > 0) ?? ends;
  const endings = endingsIn(shown);
  const isWanted = ({ events }: Ending) => events.some((one) => speaking.isFollowed(one.subject));
  const ending = endings.find(isWanted) ?? endings[0] ?? { day: null, events: shown };
  const names = namesOf(ending.events, speaking);
  const state = stateOf(over, due);
  const moved = state === 'set' ? movedFrom(ending.events, speaking) : null;
  const { verb, mark, because } = endWords(
    state,
    names.length > 1,
    speaking.vendor,
    moved,
    endings.length > 1,
  );
  const rest = shown.length - ending.events.length;
  const isLater = endings[0] === ending;
  const others = rest === 0 ? '' : `, ${rest} more ${isLater ? 'later' : 'on other days'}`;
  const on = (words: (day: Day) => string) =>
    ending.day === null ? verb : `${verb} on ${words(ending.day)}`;
  const families = names.length > 3 && !isWanted(ending) ? familiesIn(ending.events) : null;
  return {
    title: fitted([
      `${listWords(names, 3)} ${on(dayWords)}${others} (${mark})`,
      ...(families === null
        ? []
        : [`${families} ${on(dayWords)} (${mark})`, `${families} ${on(dayWords)}`]),
      `${listWords(names, 2)} ${on(dayWords)}${others} (${mark})`,
      `${shortest(names)} ${on(dayWords)}${others} (${mark})`,
      `${shortest(names)} ${on(dayWords)} (${mark})`,
      `${shortest(names)} ${on(dayWords)}`,
      `${shortest(names)} ${on(shortDay)}`,
    ]),
    lead: `${because}${byDay(endings, speaking)}${state === 'over' ? stillThere(over, due, speaking) : ''}`,
  };
}

/** The day that an end was set for before the vendor moved it. */
function movedFrom(events: readonly StoryEvent[], { dayBefore }: Speaking): Day | null {
  const days = new Set(events.map(dayBefore));
  const [only = null] = days;
  return days.size === 1 ? only : null;
}

/** What was to end with it and is not seen gone. */
function stillThere(
  over: readonly StoryEvent[],
  due: readonly StoryEvent[],
  speaking: Speaking,
): string {
  const gone = new Set(over.map(({ subject }) => subject));
  const rest = due.filter(({ subject }) => !gone.has(subject));
  return rest.length === 0 ? '' : ` Not seen gone yet: ${listWords(namesOf(rest, speaking), 12)}.`;
}

/** By day, the earliest first; what has no day yet is last. */
function endingsIn(events: readonly StoryEvent[]): readonly Ending[] {
  return [...groupedBy(events, ({ day }) => day)]
    .map(([day, some]) => ({ day, events: some }))
    .sort((a, b) => ((a.day ?? '9') < (b.day ?? '9') ? -1 : 1));
}

/** Every name with its day, where the title had no room for them. */
function byDay(endings: readonly Ending[], speaking: Speaking): string {
  const named = endings.map(({ day, events }) => ({
    ...{ day, names: namesOf(events, speaking), before: movedFrom(events, speaking) },
  }));
  if (named.length === 1 && (named[0]?.names.length ?? 0) < 3) return '';
  return named
    .map(({ day, names, before }) => {
      const moved = before === null ? '' : ` (before: ${dayWords(before)})`;
      return ` ${day === null ? 'No day yet' : dayWords(day)}${moved}: ${listWords(names, 30)}.`;
    })
    .join('');
}

type EndState = 'over' | 'due' | 'set';

/** What is over is told first, then what is due. */
function stateOf(over: readonly StoryEvent[], due: readonly StoryEvent[]): EndState {
  if (over.length > 0) return 'over';
  return due.length > 0 ? 'due' : 'set';
}

function endWords(
  state: EndState,
  isMany: boolean,
  vendor: string,
  moved: Day | null,
  isOneOfMany: boolean,
): Readonly<Record<'verb' | 'mark' | 'because', string>> {
  const was = isMany ? 'were' : 'was';
  switch (state) {
    case 'over':
      return {
        ...{ verb: `${was} shut down`, mark: 'confirmed' },
        because: `${vendor} had set the day, and it has come.`,
      };
    case 'due':
      return {
        ...{ verb: `${was} to be shut down`, mark: 'due' },
        because: `${vendor} has set this day; that it is gone is not seen yet.`,
      };
    case 'set':
      return {
        ...{ verb: 'will be shut down', mark: moved === null ? 'scheduled' : 'new date' },
        because:
          moved === null || isOneOfMany
            ? `${vendor} has set the ${isOneOfMany ? 'days' : 'day'}.`
            : `${vendor} has moved the day, which was ${dayWords(moved)}.`,
      };
  }
}

function deprecationHeadline(told: readonly StoryEvent[], speaking: Speaking): Headline {
  const names = namesOf(told, speaking);
  const many = names.length > 2 ? `${listWords(names, 20)}: ` : '';
  return {
    title: titled(names, `${isOrAre(names)} deprecated (confirmed)`),
    lead: `${many}${speaking.vendor} says so itself; no day is set for the shutdown yet.`,
  };
}
