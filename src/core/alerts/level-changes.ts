import type { Move } from '../../domain/alert.ts';
import { facetLabel } from '../../domain/claim.ts';
import { FACETS } from '../../domain/facet.ts';
import type { ClaimKey } from '../../domain/ids.ts';
import type { ClaimStatus, ConfirmationLevel, Transition, Verdict } from '../../domain/verdict.ts';

/** A status that is news of its own while the level stays. */
const TOLD_STATUSES: ReadonlySet<ClaimStatus> = new Set(['scheduled', 'due', 'in_effect']);

/** The level that people want to hear of first. */
const LEVEL_ORDER: readonly ConfirmationLevel[] = [
  'confirmed',
  'contradicted',
  'withdrawn',
  'secondary',
  'rumor',
  'unknown',
];

/**
 * The transitions somebody may be told of, as moves: the headline `released` first, then by level, then in the order of
 * the facets. Quiet ones and changes of status alone (but for what is scheduled, due or in effect) are left out, and so
 * is a claim with a value or a qualifier that only repeats its bare facet.
 */
export function movesOf(
  transitions: readonly Transition[],
  verdicts: readonly Verdict[],
): readonly Move[] {
  const claims = new Map<ClaimKey, Verdict>(
    verdicts.map((verdict) => [verdict.claim.key, verdict]),
  );
  const moves = transitions.filter(isTold).flatMap((transition): Move[] => {
    const claim = claims.get(transition.claim)?.claim;
    if (claim === undefined) return [];
    const { id, from, to } = transition;
    const facet = facetLabel(claim);
    return [{ transition: id, facet, from: from.level, to: to.level, status: to.status }];
  });
  const isRetired = verdicts.some(isInEffect);
  const own = moves.filter(
    (move) => !repeatsBare(move, moves) && !(isRetired && move.to === 'withdrawn'),
  );
  return own.sort((a, b) => orderOf(a) - orderOf(b));
}

/** A model whose retirement is in effect has ended: that it left lists and pages besides is no further news. */
function isInEffect({ claim, level, status }: Verdict): boolean {
  return claim.facet === 'retired' && level === 'confirmed' && status === 'in_effect';
}

function isTold({ quiet, from, to }: Transition): boolean {
  return !quiet && (from.level !== to.level || TOLD_STATUSES.has(to.status));
}

function repeatsBare(move: Move, moves: readonly Move[]): boolean {
  const bare = bareFacet(move.facet);
  if (bare === move.facet) return false;
  return moves.some(
    ({ facet, from, to }) => facet === bare && from === move.from && to === move.to,
  );
}

export function bareFacet(label: string): string {
  return label.replace(/[@:].*$/, '');
}

function orderOf({ facet, to }: Move): number {
  const bare = bareFacet(facet);
  const headline = bare === 'released' ? 0 : 1;
  const place = (FACETS as readonly string[]).indexOf(bare);
  const hasMore = bare === facet ? 0 : 1;
  return headline * 10_000 + LEVEL_ORDER.indexOf(to) * 1_000 + place * 10 + hasMore;
}
