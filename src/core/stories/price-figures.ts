import type { Evidence } from '../../domain/evidence.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { SubjectUpdate } from './subject-update.ts';

/**
 * The figures of a price, in their order, as numbers: `$5.00` and `5` are one. Counts of tokens are left out.
 */
export function figuresOf(value: string): readonly number[] {
  const text = value.replaceAll(/\b1[MK]\b|\b1,000(?:,000)?\b/gi, ' ');
  return [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => Number(figure));
}

/** The value of a price as its quote or claim gives it. */
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
  const values = new Map(
    verdicts.flatMap(({ claim }) =>
      claim.facet === 'priced' && claim.value !== null ? [[claim.key, claim.value] as const] : [],
    ),
  );
  const targets = new Set(decisive.flatMap((id) => evidence.get(id)?.target ?? []));
  const priced = new Set<string>(
    verdicts.filter(({ claim }) => claim.facet === 'priced').map(({ claim }) => claim.key),
  );
  const there = [...evidence.values()].filter(
    ({ claim, target }) => priced.has(claim) && targets.has(target),
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
