import type { SourceChange } from '../../domain/alert.ts';
import { bareFacet, facetLabel } from '../../domain/claim.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { type EvidenceId, idOf } from '../../domain/ids.ts';
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

/** Whether a figure is another one; one that only the one or the other gives says nothing of what is paid. */
function isOtherPrice(a: string, b: string): boolean {
  const [one, other] = [a, b].map(termsOf);
  if (one === undefined || other === undefined) return false;
  const shared = [...one].filter(([term]) => other.has(term));
  if (shared.length > 0) return shared.some(([term, figure]) => other.get(term) !== figure);
  const [few = [], many = []] = [figuresOf(a), figuresOf(b)].sort((x, y) => x.length - y.length);
  return few.length > 0 && few.some((figure, at) => figure !== many[at]);
}

/** `input 2.50, output $15.00` as the figure of each term; a figure without a word goes by its place. */
function termsOf(value: string): ReadonlyMap<string, number> {
  const parts = value.split(/, (?=\D)| \| /);
  return new Map(
    parts.flatMap((part, at): readonly (readonly [string, number])[] => {
      const [figure] = figuresOf(part);
      const term =
        part
          .toLowerCase()
          .match(/[a-z]+/g)
          ?.join(' ') ?? `${at}`;
      return figure === undefined ? [] : [[term, figure]];
    }),
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
  const last = before.at(-1);
  const isOther = before.length > 0 && before.every((other) => isOtherPrice(value, other));
  return isOther && last !== undefined ? last : null;
}

/** Prices that a page gives again at this check, while their level stands as it did before the other price. */
export function movedPrices(update: SubjectUpdate): readonly StoryEvent[] {
  const { at, subject, transitions, verdicts, evidence } = update;
  const moved = new Set<string>(transitions.map(({ claim }) => claim));
  return verdicts
    .filter(
      ({ claim, level }) =>
        claim.facet === 'priced' && level === 'confirmed' && !moved.has(claim.key),
    )
    .flatMap((verdict): readonly StoryEvent[] => {
      const { claim, level, status } = verdict;
      const fresh = [...evidence.values()].filter(
        (piece) => piece.claim === claim.key && piece.observedAt >= at,
      );
      const ids = fresh.map(({ id }) => id);
      if (claim.value === null || priceBefore(claim.value, ids, update) === null) return [];
      const transition = idOf('tr', claim.key, at);
      const move = { transition, facet: facetLabel(claim), from: level, to: level, status };
      return [
        {
          ...{ ref: transition, subject: subject.id, name: subject.name, at, weight: 'opens' },
          ...{ rule: null, move, change: null, day: null, alert: null },
        },
      ];
    });
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
