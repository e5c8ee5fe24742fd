import type { SourceChange } from '../../domain/alert.ts';
import { bareFacet } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { Story, StoryEvent } from '../../domain/story.ts';
import { elapsed } from '../../domain/time.ts';
import type { SubjectUpdate } from './family.ts';
import type { QuietRules } from './quiet-rules.ts';

/**
 * The figures of a price, in their order, as numbers: `$5.00` and `5` are one. Counts of tokens are left out.
 * @public
 */
export function figuresOf(value: string): readonly number[] {
  const text = value.replaceAll(/\b1[MK]\b|\b1,000(?:,000)?\b/gi, ' ');
  return [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => Number(figure));
}

function isOtherPrice(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length > 0 && b.length > 0 && (a.length !== b.length || a.some((one, at) => one !== b[at]))
  );
}

/**
 * The price that the same page gave until now, where that was another one; null where the page gave none before, or the
 * same figures in another form.
 */
export function priceBefore(
  value: string,
  decisive: readonly EvidenceId[],
  { evidence, verdicts, at }: Pick<SubjectUpdate, 'evidence' | 'verdicts' | 'at'>,
): string | null {
  const priced = verdicts.filter(({ claim }) => claim.facet === 'priced');
  const values = new Map(priced.map(({ claim }) => [claim.key, claim.value]));
  const targets = new Set(decisive.flatMap((id) => evidence.get(id)?.target ?? []));
  const there = [...evidence.values()].filter(
    ({ claim, target }) => values.has(claim) && targets.has(target),
  );
  // A row beside those that stand is another price, and no change of one.
  const isRevised = there.some(({ supersededAt }) => supersededAt !== null && supersededAt >= at);
  if (!isRevised) return null;
  const isNow = ({ observedAt }: Evidence) => observedAt >= at;
  const stated = new Set(there.filter(isNow).flatMap(({ claim }) => values.get(claim) ?? []));
  const before = there
    .filter((piece) => !isNow(piece))
    .flatMap(({ claim }) => values.get(claim) ?? [])
    .filter((other) => other !== value && !stated.has(other));
  const figures = figuresOf(value);
  const last = before.at(-1);
  const isOther =
    before.length > 0 && before.every((other) => isOtherPrice(figures, figuresOf(other)));
  return isOther && last !== undefined ? last : null;
}

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
  return events.some(
    (event) => event.weight !== 'notes' && pricedAt(event).some((figure) => given.has(figure)),
  );
}

/** The figures of a price that a level is about. */
function pricedAt({ move }: StoryEvent): readonly number[] {
  if (move === null || bareFacet(move.facet) !== 'priced') return [];
  return figuresOf(/@([^:]*)/.exec(move.facet)?.[1] ?? '');
}
