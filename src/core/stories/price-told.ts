import type { SourceChange } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { elapsed } from '../../domain/time.ts';
import { figuresOf } from './price-figures.ts';
import type { QuietRules } from './quiet-rules.ts';

/** Whether the price of a model that was told last holds these figures already: other pages give the same price later. */
export function isPriceAgain(
  event: StoryEvent,
  told: readonly StoryEvent[],
  { storyWindow }: QuietRules,
): boolean {
  const figures = pricedAt(event);
  if (figures.length === 0) return false;
  const last = told
    .filter(({ subject, at }) => subject === event.subject && elapsed(at, event.at) <= storyWindow)
    .map(pricedAt)
    .findLast((some) => some.length > 0);
  if (last === undefined) return false;
  const [few, many] = figures.length <= last.length ? [figures, last] : [last, figures];
  return few.every((figure) => many.includes(figure));
}

/** Whether an entry or a page gives a price that its story tells of. */
export function tellsOfPrice({ title, parts }: SourceChange, { events }: Story): boolean {
  const words = [title, ...parts.map(({ kind, text }) => (kind === 'removed' ? '' : text))].join(
    ' ',
  );
  const given = new Set(
    [...words.matchAll(/[$€£]\s?(\d+(?:\.\d+)?)/g)].map(([, figure]) => Number(figure)),
  );
  return events.some(({ move, weight }) => {
    if (move === null || weight === 'notes') return false;
    return pricedAt({ move }).some((figure) => given.has(figure));
  });
}

/** The figures of a price that a level is about. */
function pricedAt({ move }: Pick<StoryEvent, 'move'>): readonly number[] {
  if (move === null || bareFacet(move.facet) !== 'priced') return [];
  return figuresOf(/@([^:]*)/.exec(move.facet)?.[1] ?? '');
}
