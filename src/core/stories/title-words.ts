import { groupedBy } from '../../domain/groups.ts';
import type { StoryEvent } from '../../domain/story.ts';
import type { Day } from '../../domain/time.ts';
import { cutBetweenWords, plain, truncate } from '../render/plain.ts';
import { familyOf, withoutTwins } from './family.ts';
import { listWords } from './sentences.ts';

/**
 * A mail reader on a phone shows about this much of a subject line.
 */
export const LONGEST_TITLE = 69;

/** What a telling of a story says in one line, and in the sentences below it. */
export interface Headline {
  title: string;
  lead: string;
}

/** Who speaks, and of whom people want to hear first. */
export interface Speaking {
  /** The vendor by the name people know. */
  vendor: string;
  isFollowed: (subject: string) => boolean;
  /** What the same page gave before a price that moved. */
  priceBefore: (event: StoryEvent) => string | null;
  /** Whether what was said was said by the vendor itself. */
  isByVendor: (event: StoryEvent) => boolean;
  /** The day that the same page set for an end that moved. */
  dayBefore: (event: StoryEvent) => Day | null;
}

/** The names of what happened, what people follow first, each once; a snapshot only where its model is not named. */
export function namesOf(
  events: readonly StoryEvent[],
  { isFollowed }: Pick<Speaking, 'isFollowed'>,
): readonly string[] {
  const shown = withoutTwins(events, ({ subject }) => subject);
  const wanted = shown.filter(({ subject }) => isFollowed(subject));
  return [...new Set([...wanted, ...shown].map(({ name }) => plain(name)))];
}

/** Names and what is said of them, with as many names as a title holds. */
export function titled(names: readonly string[], says: string): string {
  const short = shortest(names);
  // The level stands in the message too; what is said, and of whom, does not leave the title.
  const bare = says.replace(/ \(\w+\)$/, '');
  return fitted([
    `${listWords(names, 4)} ${says}`,
    ...(names.length > 2 ? [] : [`${listWords(names, 2)} ${bare}`]),
    `${listWords(names, 3)} ${says}`,
    `${listWords(names, 2)} ${says}`,
    `${short} ${says}`,
    `${short} ${bare}`,
  ]);
}

export function shortest(names: readonly string[]): string {
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  return `${truncate(names[0] ?? '', 28)}${more}`;
}

/** The first of several wordings that fits; else the last, cut between words. */
export function fitted(wordings: readonly string[]): string {
  const fit = wordings.find((one) => one.length <= LONGEST_TITLE);
  return fit ?? cutBetweenWords(wordings.at(-1) ?? '', LONGEST_TITLE);
}

/** `4 GPT-4o and 2 Sora 2 models`, by what the names of a family begin with; null where they have too little in common. */
export function familiesIn(events: readonly StoryEvent[]): string | null {
  const models = withoutTwins(events, ({ subject }) => subject);
  const families = [...groupedBy(models, ({ subject }) => familyOf(subject)).values()];
  const counts = families.flatMap((family) => {
    const names = new Map(family.map(({ subject, name }) => [subject, plain(name)]));
    const shared = commonWords([...names.values()]);
    return shared === '' ? [] : [`${names.size} ${shared}`];
  });
  const isTold = counts.length === families.length && counts.length <= 3;
  return isTold ? `${listWords(counts)} models` : null;
}

function commonWords(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.split(' '));
  const end = first.findIndex((word, at) => others.some((other) => other[at] !== word));
  return (end === -1 ? first : first.slice(0, end)).join(' ');
}
