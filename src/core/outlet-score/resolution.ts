import type { ClaimKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Transition, Verdict } from '../../domain/verdict.ts';

/** How a claim came out. */
export interface Resolution {
  claim: ClaimKey;
  /** From when it was proven to hold; null when it was shown not to. */
  heldFrom: Instant | null;
  /** When it was found to hold no longer; null while it holds. */
  heldUntil: Instant | null;
}

/**
 * Reads how claims came out from their verdicts: confirmed, withdrawn after that, contradicted, or expired because
 * their date passed. What merely grew old is open still. `history` tells when a withdrawn claim had been confirmed.
 */
export function resolutionsOf(
  verdicts: readonly Verdict[],
  history: readonly Transition[],
): readonly Resolution[] {
  const confirmedAt = new Map<ClaimKey, Instant>();
  for (const { claim, to, at } of history) {
    const known = confirmedAt.get(claim);
    if (to.level === 'confirmed' && (known === undefined || at < known)) confirmedAt.set(claim, at);
  }
  return verdicts.flatMap((verdict) => {
    const { key } = verdict.claim;
    const span = spanOf(verdict, confirmedAt.get(key) ?? null);
    return span === null ? [] : [{ claim: key, ...span }];
  });
}

function spanOf(
  { level, status, since, claim, primary }: Verdict,
  confirmedAt: Instant | null,
): Omit<Resolution, 'claim'> | null {
  if (level === 'confirmed') return { heldFrom: since, heldUntil: null };
  if (level === 'withdrawn') return { heldFrom: confirmedAt, heldUntil: since };
  if (level === 'contradicted') return { heldFrom: null, heldUntil: null };
  // Without a date a claim nobody speaks of any more may come true yet.
  const isOverdue = status === 'expired' && claim.value !== null && primary.state === 'silent';
  return isOverdue ? { heldFrom: null, heldUntil: null } : null;
}
