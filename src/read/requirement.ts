import { claimsMeant } from './status.ts';
import type { ClaimView, StatusView } from './views.ts';

/** The levels one can require, the lowest first. */
export const REQUIRED_LEVELS = ['unknown', 'rumor', 'secondary', 'confirmed'] as const;

export type Requirement = 'met' | 'not-met' | 'cannot-say';

/**
 * Whether a claim reaches a level; the headline where no facet is named. A level that is too low is a "no" only when
 * a channel that would have to state the claim was read recently and well, or where there is no such channel.
 */
export function requirementOf(
  view: StatusView,
  facet: string | null,
  level: (typeof REQUIRED_LEVELS)[number],
): Requirement {
  const claim = claimsMeant(view, facet ?? 'released')[0];
  if (rankOf(claim?.level ?? 'unknown') >= rankOf(level)) return 'met';
  return claim !== undefined && isTooOldToSay(claim) ? 'cannot-say' : 'not-met';
}

/** What the vendor itself took back or denied is an answer, however long ago it was read. */
function isTooOldToSay({ level, primary }: ClaimView): boolean {
  if (level === 'withdrawn' || level === 'contradicted') return false;
  return primary.mandatory > 0 && primary.checked === 0;
}

function rankOf(level: string): number {
  return (REQUIRED_LEVELS as readonly string[]).indexOf(level);
}
